"""Needs of projects: create, change, remove."""

from dataclasses import dataclass

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Skill
from portfolio.projects.models import Project
from portfolio.staffing import ledger, queries
from portfolio.staffing.checks import known, sensible_share, sensible_weeks
from portfolio.staffing.models import Need
from portfolio.staffing.problems import (
    LevelOutOfRange,
    NeedStaffed,
    NeedStaysWithProject,
    PersonDaysMissing,
    PriorityOutOfRange,
    ProjectClosed,
    UnknownProject,
    UnknownSkill,
)
from portfolio.web.problems import Stale

HIGHEST_LEVEL = 4
LOWEST_PRIORITY = 4
MOST_PERSON_DAYS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedData:
    """A skill at a level wanted by a project: a share in every week, or person-days at most at a share a week."""

    project_id: int
    skill_id: int
    level: int
    kind: NeedKind = NeedKind.STEADY
    share: int
    person_days: int | None = None
    from_week: Week
    to_week: Week
    priority: int = 3
    mandatory: bool = False


def create_need(data: NeedData) -> Need:
    """A new need; a closed project takes none."""
    _check(data)
    if known(Project, data.project_id, UnknownProject).is_closed:
        raise ProjectClosed
    need = Need(project_id=data.project_id)
    _fill(need, data)
    db.session.add(need)
    db.session.flush()
    return need


def change_need(need: Need, data: NeedData, actor: Actor | None = None) -> None:
    """Change a need. Given the `actor`, a project lead is refused once somebody is assigned to it."""
    _check(data)
    if data.project_id != need.project_id:
        raise NeedStaysWithProject
    _refuse_if_staffed(need, actor)
    _fill(need, data)
    db.session.flush()


def remove_need(need: Need, actor: Actor | None = None) -> None:
    """Remove a need; its assignments stay on the project. For the `actor` see `change_need`."""
    # Whoever is assigning to it comes first, or finds it gone; as may happen to us.
    if db.session.get(Need, need.id, with_for_update=True, populate_existing=True) is None:
        raise Stale
    _refuse_if_staffed(need, actor)
    ledger.lock(queries.persons_on(need))
    db.session.delete(need)
    db.session.flush()


def only_until_staffed(need: Need, actor: Actor) -> bool:
    """Whether `actor` may change the need for no other reason than leading its project."""
    reached = scopes(actor, Action.CHANGE_NEEDS)
    if Scope.ALL in reached:
        return False
    coordinates = need.project.organisation_id in actor.coordinated
    named = actor.person_id is not None and need.project.coordinator_id == actor.person_id
    return not (Scope.COORDINATED in reached and (coordinates or named))


def _refuse_if_staffed(need: Need, actor: Actor | None) -> None:
    if actor is not None and only_until_staffed(need, actor) and queries.is_staffed(need):
        raise NeedStaffed


def _check(data: NeedData) -> None:
    sensible_weeks(data.from_week, data.to_week)
    sensible_share(data.share)
    if not 0 <= data.level <= HIGHEST_LEVEL:
        raise LevelOutOfRange
    if not 1 <= data.priority <= LOWEST_PRIORITY:
        raise PriorityOutOfRange
    if data.kind is NeedKind.VOLUME and not 1 <= (data.person_days or 0) <= MOST_PERSON_DAYS:
        raise PersonDaysMissing
    known(Skill, data.skill_id, UnknownSkill)


def _fill(need: Need, data: NeedData) -> None:
    need.skill_id = data.skill_id
    need.level = data.level
    need.kind = data.kind
    need.share = data.share
    need.person_days = data.person_days if data.kind is NeedKind.VOLUME else None
    need.from_week = data.from_week
    need.to_week = data.to_week
    need.priority = data.priority
    need.mandatory = data.mandatory
