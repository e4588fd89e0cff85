"""Milestones of a project, and the forecasts that make their trend."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Day, Id, Text
from portfolio.api.resource import Change, Creation, Parent, Removal, Resource, Values, merged, reached
from portfolio.api.resources.projects import PROJECTS
from portfolio.api.schema import StoredSchema
from portfolio.projects import services
from portfolio.projects.models import Forecast, Milestone, Project
from portfolio.projects.services import ForecastData, MilestoneData
from portfolio.staffing.visibility import projects_visible_to


class MilestoneSchema(StoredSchema):
    project_id = Id(dump_only=True)
    title = Text(300, required=True)
    planned_date = Day(required=True)
    reached_on = Day(load_default=None)
    forecast_date = Day(dump_only=True, allow_none=True)

    example = {"title": "Go-live", "planned_date": "2027-06-30"}
    answered = {"project_id": 1, "forecast_date": None}


class ForecastSchema(StoredSchema):
    milestone_id = Id(dump_only=True)
    reporting_date = Day(required=True)
    date = Day(required=True)
    cause = Text(500, blank=True, load_default=None)
    comment = Text(2000, blank=True, load_default=None)

    example = {"reporting_date": "2026-12-31", "date": "2027-07-31", "cause": "Vergabe verzögert"}
    answered = {"milestone_id": 1}


def _milestones(actor: Actor) -> Select[Milestone]:
    visible = projects_visible_to(actor).with_only_columns(Project.id)
    loads = (joinedload(Milestone.project), selectinload(Milestone.forecasts))
    return select(Milestone).where(Milestone.project_id.in_(visible)).options(*loads)


def _add_milestone(values: Values, _actor: Actor, project: Any) -> Milestone:
    return services.add_milestone(project, MilestoneData(**values))


def _change_milestone(milestone: Milestone, values: Values, _actor: Actor) -> None:
    services.change_milestone(milestone, merged(MilestoneData, milestone, values))


def _remove_milestone(milestone: Milestone, _actor: Actor) -> None:
    services.remove_milestone(milestone)


def _forecasts(actor: Actor) -> Select[Forecast]:
    visible = projects_visible_to(actor).with_only_columns(Project.id)
    of_visible = select(Milestone.id).where(Milestone.project_id.in_(visible))
    project = joinedload(Forecast.milestone).joinedload(Milestone.project)
    return select(Forecast).where(Forecast.milestone_id.in_(of_visible)).options(project)


def _add_forecast(values: Values, _actor: Actor, milestone: Any) -> Forecast:
    return services.add_forecast(milestone, ForecastData(**values))


def _change_forecast(forecast: Forecast, values: Values, _actor: Actor) -> None:
    services.change_forecast(forecast, merged(ForecastData, forecast, values))


def _remove_forecast(forecast: Forecast, _actor: Actor) -> None:
    services.remove_forecast(forecast)


_of_milestone = reached(Action.CHANGE_MILESTONES, lambda milestone: milestone.project)
_of_forecast = reached(Action.CHANGE_MILESTONES, lambda forecast: forecast.milestone.project)

MILESTONES = Resource(
    address="milestones",
    title=_l("Meilensteine"),
    schema=MilestoneSchema(),
    model=Milestone,
    read=Action.READ_PROJECTS,
    rows=_milestones,
    parent=Parent(resource=PROJECTS, parameter="project_id", key=Milestone.project_id),
    also_at="milestones",
    creation=Creation(permits=reached(Action.CHANGE_MILESTONES), do=_add_milestone),
    change=Change(permits=_of_milestone, do=_change_milestone),
    removal=Removal(permits=_of_milestone, do=_remove_milestone),
)
FORECASTS = Resource(
    address="forecasts",
    title=_l("Prognosen"),
    schema=ForecastSchema(),
    model=Forecast,
    read=Action.READ_PROJECTS,
    rows=_forecasts,
    parent=Parent(resource=MILESTONES, parameter="milestone_id", key=Forecast.milestone_id),
    creation=Creation(permits=_of_milestone, do=_add_forecast),
    change=Change(permits=_of_forecast, do=_change_forecast),
    removal=Removal(permits=_of_forecast, do=_remove_forecast),
)
