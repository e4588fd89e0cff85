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
from portfolio.projects.services.milestones import MilestoneData, add_milestone, change_milestone, remove_milestone
from portfolio.projects.services.projects import (
    ProjectData,
    ServiceLinkData,
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

__all__ = [
    "ForecastData",
    "MilestoneData",
    "Progress",
    "ProjectData",
    "ReportData",
    "ServiceLinkData",
    "add_forecast",
    "add_milestone",
    "change_forecast",
    "change_milestone",
    "change_project",
    "change_report",
    "create_project",
    "decides_on_projects",
    "draft_report",
    "log_progress",
    "next_code",
    "release_report",
    "remove_forecast",
    "remove_milestone",
    "remove_report",
]
