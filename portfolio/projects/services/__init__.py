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

__all__ = [
    "ForecastData",
    "MilestoneData",
    "Progress",
    "ProjectData",
    "ServiceLinkData",
    "add_forecast",
    "add_milestone",
    "change_forecast",
    "change_milestone",
    "change_project",
    "create_project",
    "decides_on_projects",
    "log_progress",
    "next_code",
    "remove_forecast",
    "remove_milestone",
]
