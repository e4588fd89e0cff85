"""The running projects somebody sees: their milestones, which of them slip, their gaps, who works on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.home.section import SHOWN, Section, first
from portfolio.dashboard.projects import queries
from portfolio.dashboard.projects.queries import NextMilestone
from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.planning.weeks import Week
from portfolio.projects.models import Forecast, Milestone, Phase, Project
from portfolio.projects.queries import LIGHT, REPORTED
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.visibility import projects_visible_to
from portfolio.web import settings

MILESTONES_DUE_WITHIN = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A running project with what moves next in it; `open_needs` is None for those who do not see needs."""

    project: Project
    milestone: NextMilestone | None
    open_needs: int | None


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A running project and when it was last reported on, if ever."""

    project: Project
    reported: date | None


def milestones_due(actor: Actor, today: date) -> Section:
    due = _ahead(actor).where(Milestone.planned_date <= today + MILESTONES_DUE_WITHIN)
    return first("milestones_due", due.order_by(Milestone.planned_date, Milestone.id))


def slipping(actor: Actor, _today: date) -> Section:
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
    return first("slipping", late.order_by(Milestone.planned_date, Milestone.id))


def red_projects(actor: Actor, _today: date) -> Section:
    red = queries.running(projects_visible_to(actor)).where(LIGHT == Light.RED)
    return first("red_projects", red.options(joinedload(Project.organisation)).order_by(Project.sort_key, Project.id))


def reports_due(actor: Actor, today: date) -> Section:
    """Running projects that have begun and were not reported on for as long as the settings allow."""
    last = today - timedelta(weeks=settings.current().report_weeks)
    due = queries.running(projects_visible_to(actor, Action.CHANGE_REPORTS)).where(
        func.coalesce(REPORTED, Project.start) < last, Project.phase != Phase.DEFERRED
    )
    rows = due.add_columns(REPORTED, func.count().over()).order_by(REPORTED.asc().nulls_first(), Project.id)
    found = db.session.execute(rows.limit(SHOWN)).all()
    lines = [ReportDue(project, reported) for project, reported, _total in found]
    return Section("reports_due", lines, found[0][-1] if found else 0)


def own_projects(actor: Actor, _today: date) -> Section:
    running = queries.running(projects_visible_to(actor)).options(
        joinedload(Project.organisation), joinedload(Project.lead)
    )
    found = first("own_projects", running.order_by(Project.end, Project.id))
    ids = [project.id for project in found.rows]
    milestones = queries.next_milestones(ids)
    needs = queries.needs_counted(actor, ids) if ids and allowed(actor, Action.READ_NEEDS) else None
    lines = [ProjectLine(project, milestones.get(project.id), _lacking(needs, project)) for project in found.rows]
    return Section(found.kind, lines, found.total)


def _lacking(needs: Mapping[int, queries.NeedCount] | None, project: Project) -> int | None:
    if needs is None:
        return None
    return needs[project.id].lacking if project.id in needs else 0


def own_team(actor: Actor, today: date) -> Section:
    """Who works on the projects the actor leads, now and from later on."""
    led = queries.running(select(Project).where(Project.lead_id == (actor.person_id or 0)))
    team = (
        select(Assignment)
        .where(
            Assignment.project_id.in_(queries.ids(led)),
            Assignment.state != AssignmentState.DECLINED,
            Assignment.to_week >= Week.containing(today),
        )
        .options(joinedload(Assignment.person), joinedload(Assignment.project))
    )
    return first("own_team", team.order_by(Assignment.to_week, Assignment.id))


def _ahead(actor: Actor) -> Select[Milestone]:
    """The milestones still to be reached of the running projects."""
    running = queries.ids(queries.running(projects_visible_to(actor)))
    return (
        select(Milestone)
        .where(Milestone.project_id.in_(running), Milestone.reached_on.is_(None))
        .options(joinedload(Milestone.project), selectinload(Milestone.forecasts))
    )
