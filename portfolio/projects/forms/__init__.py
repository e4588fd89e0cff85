"""What people type about projects, milestones and reports."""

from portfolio.projects.forms.milestones import ForecastForm, MilestoneForm
from portfolio.projects.forms.progress import ProgressForm
from portfolio.projects.forms.project import ProjectForm
from portfolio.projects.forms.reports import ReportForm, stored_report
from portfolio.projects.forms.risks import RiskForm
from portfolio.projects.forms.technical_bases import TechnicalBasisForm

__all__ = [
    "ForecastForm",
    "MilestoneForm",
    "ProgressForm",
    "ProjectForm",
    "ReportForm",
    "RiskForm",
    "TechnicalBasisForm",
    "stored_report",
]
