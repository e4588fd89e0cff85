"""What people type about projects and milestones."""

from portfolio.projects.forms.milestones import ForecastForm, MilestoneForm
from portfolio.projects.forms.progress import ProgressForm
from portfolio.projects.forms.project import ProjectForm

__all__ = ["ForecastForm", "MilestoneForm", "ProgressForm", "ProjectForm"]
