"""The change log, as far as somebody may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, column, false, or_, select, table, true
from sqlalchemy.orm import joinedload

from portfolio.access.models import User
from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.audit import subjects
from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from portfolio.web.clock import BERLIN

# Projects belong to a domain above this one: known here by their table alone, to tell whose they are.
_PROJECT = table("project", column("id"), column("organisation_id"), column("lead_id"), column("coordinator_id"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeFilter:
    """What to look for in the log; days in Berlin time, both included."""

    object_type: str | None = None
    object_id: int | None = None
    actor_id: int | None = None
    first: date | None = None
    last: date | None = None


def changes_visible_to(actor: Actor, wanted: ChangeFilter | None = None) -> Select[AuditEntry]:
    """Entries that `actor` may read, the newest first. What of their values, `readable_entries` says."""
    reached = _any(_reached(actor, scope) for scope in scopes(actor, Action.READ_AUDIT_LOG))
    statement = select(AuditEntry).options(joinedload(AuditEntry.detail)).where(reached)
    return statement.where(*_conditions(wanted or ChangeFilter())).order_by(AuditEntry.id.desc())


def readable_entries(actor: Actor, ids: Collection[int]) -> set[int]:
    """Those of the visible entries `ids` of which `actor` may read the values about persons too."""
    reaches = scopes(actor, Action.READ_AUDIT_LOG)
    if Scope.MASKED not in reaches:
        return set(ids)
    plainly = _any(_reached(actor, scope) for scope in reaches - {Scope.MASKED})
    return set(db.session.scalars(select(AuditEntry.id).where(AuditEntry.id.in_(ids), plainly)))


def changes_about(user: User) -> Select[AuditEntry]:
    """What the log holds about a user: what they did, and what was done to their account and their person."""
    own_account = and_(AuditEntry.object_type == "user", AuditEntry.object_id == user.id)
    about = or_(AuditEntry.actor_id == user.id, own_account, _is_person(user.person_id))
    return select(AuditEntry).options(joinedload(AuditEntry.detail)).where(about).order_by(AuditEntry.id.desc())


def changers(actor: Actor) -> list[tuple[int, str]]:
    """Id and name of the accounts that made a change which `actor` may read, by name."""
    visible = changes_visible_to(actor).with_only_columns(AuditEntry.id).order_by(None)
    made_one = visible.where(AuditEntry.actor_id == User.id).correlate(User).exists()
    statement = select(User.id, User.name).where(made_one).order_by(User.sort_key, User.id)
    return [(row.id, row.name) for row in db.session.execute(statement)]


def user_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of accounts."""
    wanted = set(ids)
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}


def _conditions(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.object_type is not None:
        conditions.append(AuditEntry.object_type == wanted.object_type)
    if wanted.object_id is not None:
        conditions.append(AuditEntry.object_id == wanted.object_id)
    if wanted.actor_id is not None:
        conditions.append(AuditEntry.actor_id == wanted.actor_id)
    if wanted.first is not None:
        conditions.append(AuditEntry.at >= _midnight(wanted.first))
    if wanted.last is not None:
        conditions.append(AuditEntry.at < _midnight(wanted.last + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN)


def _reached(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    match scope:
        case Scope.MASKED:
            return true()
        case Scope.PLANNING:
            return or_(AuditEntry.object_type.in_(subjects.PLANNING), AuditEntry.verb == Verb.EXPORTED)
        case Scope.TECHNICAL:
            return AuditEntry.object_type.in_(subjects.TECHNICAL)
        case Scope.COORDINATED:
            named = false() if actor.person_id is None else _PROJECT.c.coordinator_id == actor.person_id
            own = or_(named, _PROJECT.c.organisation_id.in_(actor.coordinated))
            return _of_projects(own, subjects.PROJECTS | subjects.REQUESTS)
        case Scope.LED:
            led = false() if actor.person_id is None else _PROJECT.c.lead_id == actor.person_id
            return _of_projects(led, subjects.PROJECTS)
        case Scope.SELF:
            return _is_person(actor.person_id)
        case _:
            return false()


def _of_projects(which: ColumnElement[bool], types: Collection[str]) -> ColumnElement[bool]:
    projects = select(_PROJECT.c.id).where(which)
    return and_(AuditEntry.object_type.in_(types), AuditEntry.project_id.in_(projects))


def _is_person(person_id: int | None) -> ColumnElement[bool]:
    return false() if person_id is None else AuditEntry.person_id == person_id


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *conditions)
