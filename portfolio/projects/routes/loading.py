"""What the routes load: 404 for what the user cannot see, 403 for what they may only read."""

from portfolio.access.guard import current_actor, get_or_404, require
from portfolio.access.policy import Action
from portfolio.projects import queries
from portfolio.projects.models import Forecast, Milestone, Project, Risk


def project_for(action: Action, project_id: int) -> Project:
    project = get_or_404(queries.projects_changeable_by(current_actor(), Action.READ_PROJECTS), project_id)
    require(action, project)
    return project


def milestone_to_change(milestone_id: int) -> Milestone:
    readable = queries.milestones_changeable_by(current_actor(), Action.READ_PROJECTS)
    milestone = get_or_404(readable, milestone_id)
    require(Action.CHANGE_MILESTONES, milestone.project)
    return milestone


def forecast_to_change(forecast_id: int) -> Forecast:
    readable = queries.forecasts_changeable_by(current_actor(), Action.READ_PROJECTS)
    forecast = get_or_404(readable, forecast_id)
    require(Action.CHANGE_MILESTONES, forecast.milestone.project)
    return forecast


def risk_to_change(risk_id: int) -> Risk:
    """Who may not change risks does not see them either."""
    return get_or_404(queries.risks_changeable_by(current_actor()), risk_id)
