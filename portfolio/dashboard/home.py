"""What each role comes for, in one page: short lists, each item one click from where it is dealt with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor, Role, Scope, allowed, scopes
from portfolio.extensions import db
from portfolio.jobs.models import Job, JobState
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.projects.models import CLOSED_PHASES, Milestone, Project
from portfolio.staffing import ledger
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.visibility import assignments_visible_to, needs_visible_to, projects_visible_to
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.queries import requests_visible_to

SHOWN = 6
NEEDS_STARTING_WITHIN = 8  # weeks
MILESTONES_DUE_WITHIN = timedelta(weeks=8)
OPEN_STATES = (RequestState.DRAFT, RequestState.QUESTION, RequestState.SUBMITTED, RequestState.COUNTER_OFFERED)


@dataclass(frozen=True, slots=True)
class Section:
    """A list on the home page: `kind` names the block of the template that shows its rows."""

    kind: str
    rows: list[object]
    total: int


def sections(actor: Actor, today: date) -> list[Section]:
    """The sections for all roles of `actor`, each once, in the order of urgency."""
    wanted = {kind: None for role in Role if role in actor.roles for kind in SECTIONS_OF[role]}
    return [READERS[kind](actor, today) for kind in wanted]


def _first(kind: str, statement: Select[object]) -> Section:
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    rows = list(db.session.scalars(statement.limit(SHOWN)).unique()) if total else []
    return Section(kind, rows, total)


def _requests_to_decide(actor: Actor, _today: date) -> Section:
    waiting = requests_visible_to(actor).where(SupportRequest.state == RequestState.SUBMITTED)
    named = waiting.options(joinedload(SupportRequest.organisation))
    return _first("requests_to_decide", named.order_by(SupportRequest.submitted_at, SupportRequest.id))


def _own_requests(actor: Actor, _today: date) -> Section:
    # An answer is owed where the office asked or offered something: these stand first.
    owed = SupportRequest.state.in_((RequestState.QUESTION, RequestState.COUNTER_OFFERED))
    open_ones = requests_visible_to(actor).where(SupportRequest.state.in_(OPEN_STATES))
    return _first("own_requests", open_ones.order_by(owed.desc(), SupportRequest.id.desc()))


def _needs_without_person(actor: Actor, today: date) -> Section:
    this_week = Week.containing(today)
    staffed = select(Assignment.need_id).where(
        Assignment.need_id.is_not(None), Assignment.state != AssignmentState.DECLINED
    )
    urgent = (
        needs_visible_to(actor)
        .join(Need.project)
        .where(
            Need.id.not_in(staffed),
            Need.from_week <= this_week + NEEDS_STARTING_WITHIN,
            Need.to_week >= this_week,
            Project.phase.not_in(CLOSED_PHASES),
        )
        .options(joinedload(Need.project), joinedload(Need.skill))
    )
    return _first("needs_without_person", urgent.order_by(Need.from_week, Need.priority, Need.id))


def _conflicts(_actor: Actor, _today: date) -> Section:
    found = ledger.open_conflicts()
    return Section("conflicts", list(found[:SHOWN]), len(found))


def _agreements(actor: Actor, _today: date) -> Section:
    outstanding = assignments_visible_to(actor).where(Assignment.state == AssignmentState.REQUESTED)
    if Scope.ALL not in scopes(actor, Action.GIVE_AGREEMENT):
        at_home = Person.home_organisation_id == (actor.organisation_id or 0)
        outstanding = outstanding.where(Assignment.person_id.in_(select(Person.id).where(at_home)))
    named = outstanding.options(joinedload(Assignment.person), joinedload(Assignment.project))
    return _first("agreements", named.order_by(Assignment.from_week, Assignment.id))


def _milestones_due(actor: Actor, today: date) -> Section:
    projects = projects_visible_to(actor).where(Project.phase.not_in(CLOSED_PHASES)).with_only_columns(Project.id)
    due = (
        select(Milestone)
        .where(
            Milestone.project_id.in_(projects),
            Milestone.reached_on.is_(None),
            Milestone.planned_date <= today + MILESTONES_DUE_WITHIN,
        )
        .options(joinedload(Milestone.project), selectinload(Milestone.forecasts))
    )
    return _first("milestones_due", due.order_by(Milestone.planned_date, Milestone.id))


def _own_projects(actor: Actor, _today: date) -> Section:
    running = projects_visible_to(actor).where(Project.phase.not_in(CLOSED_PHASES))
    return _first("own_projects", running.options(joinedload(Project.organisation)).order_by(Project.end, Project.id))


def _own_assignments(actor: Actor, today: date) -> Section:
    mine = select(Assignment).where(
        Assignment.person_id == (actor.person_id or 0),
        Assignment.to_week >= Week.containing(today),
        Assignment.state != AssignmentState.DECLINED,
    )
    return _first("own_assignments", mine.options(joinedload(Assignment.project)).order_by(Assignment.from_week))


def _failed_jobs(_actor: Actor, _today: date) -> Section:
    failed = select(Job).where(Job.state == JobState.FAILED)
    return _first("failed_jobs", failed.order_by(Job.finished_at.desc()))


Reader = Callable[[Actor, date], Section]

READERS: dict[str, Reader] = {
    "requests_to_decide": _requests_to_decide,
    "own_requests": _own_requests,
    "needs_without_person": _needs_without_person,
    "conflicts": _conflicts,
    "agreements": _agreements,
    "milestones_due": _milestones_due,
    "own_projects": _own_projects,
    "own_assignments": _own_assignments,
    "failed_jobs": _failed_jobs,
}

SECTIONS_OF: dict[Role, tuple[str, ...]] = {
    Role.CIO_OFFICE: ("requests_to_decide", "needs_without_person", "conflicts", "agreements"),
    Role.COORDINATOR: ("milestones_due", "needs_without_person", "own_projects"),
    Role.PROJECT_LEAD: ("milestones_due", "own_projects", "needs_without_person"),
    Role.POOL_MEMBER: ("own_assignments",),
    Role.MINISTRY: ("own_requests", "own_projects", "agreements"),
    Role.AUDITOR: (),
    Role.ADMIN: ("failed_jobs",),
}


def may_file_requests(actor: Actor) -> bool:
    return allowed(actor, Action.FILE_REQUESTS)
