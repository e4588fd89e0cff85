"""The running projects somebody sees: milestones and slips, lights and reports, and who works there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.home.section import Section, Window, objects, rows_of
from portfolio.dashboard.projects import queries
from portfolio.dashboard.projects.queries import NextMilestone
from portfolio.planning.lights import Light
from portfolio.planning.weeks import Week
from portfolio.projects.models import Forecast, Milestone, Phase, Project
from portfolio.projects.queries import DECISIONS_NEEDED, LIGHT, REPORTED
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.visibility import projects_visible_to
from portfolio.web import settings

MILESTONES_DUE_WITHIN = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A running project with what moves next in it; `open_needs` is None for those who do not see needs."""

    project: Project
    light: Light | None
    milestone: NextMilestone | None
    open_needs: int | None


@dataclass(frozen=True, slots=True)
class RedProject:
    """A project out of reach without intervention, and what its report asks to be decided."""

    project: Project
    decisions_needed: str


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A running project and when it was last reported on, if ever."""

    project: Project
    reported: date | None


def milestones_due(actor: Actor, today: date, window: Window) -> Section:
    due = _ahead(actor).where(Milestone.planned_date <= today + MILESTONES_DUE_WITHIN)
    return objects("milestones_due", due.order_by(Milestone.planned_date, Milestone.id), window)


def slipping(actor: Actor, _today: date, window: Window) -> Section:
    """Milestones whose latest forecast lies behind their plan."""
    newest = (
        select(Forecast.date)
        .where(Forecast.milestone_id == Milestone.id)
        .order_by(Forecast.reporting_date.desc())
        .limit(1)
        .correlate(Milestone)
        .scalar_subquery()
    )
    late = _ahead(actor).where(newest > Milestone.planned_date)
    return objects("slipping", late.order_by(Milestone.planned_date, Milestone.id), window)


def red_projects(actor: Actor, _today: date, window: Window) -> Section:
    red = queries.running(projects_visible_to(actor)).where(LIGHT == Light.RED)
    named = red.options(joinedload(Project.organisation)).order_by(Project.sort_key, Project.id)
    found, total = rows_of(named.add_columns(DECISIONS_NEEDED), window)
    return Section("red_projects", [RedProject(project, words) for project, words, _total in found], total)


def reports_due(actor: Actor, today: date, window: Window) -> Section:
    """Running projects that have begun and were not reported on for as long as the settings allow."""
    last = today - timedelta(weeks=settings.current().report_weeks)
    due = queries.running(projects_visible_to(actor, Action.CHANGE_REPORTS)).where(
        func.coalesce(REPORTED, Project.start) < last, Project.phase != Phase.DEFERRED
    )
    ordered = due.add_columns(REPORTED).order_by(REPORTED.asc().nulls_first(), Project.id)
    found, total = rows_of(ordered, window)
    return Section("reports_due", [ReportDue(project, reported) for project, reported, _total in found], total)


def own_projects(actor: Actor, _today: date, window: Window) -> Section:
    running = queries.running(projects_visible_to(actor)).options(
        joinedload(Project.lead), joinedload(Project.coordinator)
    )
    found, total = rows_of(running.add_columns(LIGHT).order_by(Project.end, Project.id), window)
    ids = [project.id for project, _light, _total in found]
    milestones = queries.next_milestones(ids)
    needs = queries.needs_counted(actor, ids) if ids and allowed(actor, Action.READ_NEEDS) else None
    lines = [
        ProjectLine(project, light, milestones.get(project.id), _lacking(needs, project))
        for project, light, _total in found
    ]
    return Section("own_projects", lines, total)


def _lacking(needs: Mapping[int, queries.NeedCount] | None, project: Project) -> int | None:
    if needs is None:
        return None
    return needs[project.id].lacking if project.id in needs else 0


def own_team(actor: Actor, today: date, window: Window) -> Section:
    """Who works on the projects the actor leads, now and from later on; who leaves first stands first."""
    led = queries.running(select(Project).where(Project.lead_id == (actor.person_id or 0)))
    team = (
        select(Assignment)
        .where(
            Assignment.project_id.in_(queries.ids(led)),
            Assignment.state.not_in((AssignmentState.DECLINED, AssignmentState.ENDED)),
            Assignment.to_week >= Week.containing(today),
        )
        .options(joinedload(Assignment.person), joinedload(Assignment.project))
    )
    return objects("own_team", team.order_by(Assignment.to_week, Assignment.id), window)


def _ahead(actor: Actor) -> Select[Milestone]:
    """The milestones still to be reached of the running projects."""
    running = queries.ids(queries.running(projects_visible_to(actor)))
    return (
        select(Milestone)
        .where(Milestone.project_id.in_(running), Milestone.reached_on.is_(None))
        .options(joinedload(Milestone.project), selectinload(Milestone.forecasts))
    )
