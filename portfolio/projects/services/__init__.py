"""What can be done with projects, milestones and forecasts: one function per verb."""

from portfolio.projects.services.codes import next_code
from portfolio.projects.services.forecasts import (
    ForecastData,
    Progress,
    add_forecast,
    change_forecast,
    log_progress,
    remove_forecast,
)
from portfolio.projects.services.links import ServiceLinkData
from portfolio.projects.services.milestones import MilestoneData, add_milestone, change_milestone, remove_milestone
from portfolio.projects.services.projects import (
    ProjectData,
    change_project,
    create_project,
    decides_on_projects,
)
from portfolio.projects.services.reports import (
    ReportData,
    change_report,
    draft_report,
    release_report,
    remove_report,
)
from portfolio.projects.services.risks import RiskData, add_risk, change_risk, remove_risk
from portfolio.projects.services.technical_bases import (
    add_technical_basis,
    remove_technical_basis,
    rename_technical_basis,
)

__all__ = [
    "ForecastData",
    "MilestoneData",
    "Progress",
    "ProjectData",
    "ReportData",
    "RiskData",
    "ServiceLinkData",
    "add_forecast",
    "add_milestone",
    "add_risk",
    "add_technical_basis",
    "change_forecast",
    "change_milestone",
    "change_project",
    "change_report",
    "change_risk",
    "create_project",
    "decides_on_projects",
    "draft_report",
    "log_progress",
    "next_code",
    "release_report",
    "remove_forecast",
    "remove_milestone",
    "remove_report",
    "remove_risk",
    "remove_technical_basis",
    "rename_technical_basis",
]
