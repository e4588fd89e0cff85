"""Which fields of a person somebody sees.

Rights are the union over a user's roles, taken person by person: who leads one project and stands for the ministry of
another sees of each team what the role that reaches it may see. What is not seen is not filtered by either.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from portfolio.access.policy import TABLE, Action, Actor, Role, Scope
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.staffing.visibility import persons_visible_to


class Field(StrEnum):
    EMAIL = "email"
    MASTER = "master"  # home authority, location, whether active
    CONTRACT = "contract"  # contract share, most projects at once
    SKILLS = "skills"  # with their levels, and whether they are confirmed
    EVIDENCE = "evidence"
    WEEKS = "weeks"  # pool share, what is booked and delivered, days present a week
    POOL_SHARES = "pool_shares"  # the periods themselves
    ABSENCES = "absences"  # the days themselves


_ALL_BUT_DAYS = frozenset(Field) - {Field.ABSENCES}

SEEN: Mapping[Role, frozenset[Field]] = {
    Role.CIO_OFFICE: _ALL_BUT_DAYS,
    Role.COORDINATOR: _ALL_BUT_DAYS,
    Role.PROJECT_LEAD: frozenset({Field.SKILLS, Field.WEEKS}),
    Role.POOL_MEMBER: frozenset(Field),
    Role.MINISTRY: frozenset({Field.EMAIL}),
    Role.ADMIN: frozenset({Field.EMAIL, Field.MASTER}),
}

Condition = ColumnElement[bool]


def visible_to(actor: Actor) -> Select[Person]:
    """Persons that `actor` may read by any of their roles."""
    return select(Person).where(_reached(actor, actor.roles & SEEN.keys()))


def seeing(actor: Actor, field: Field) -> Condition:
    """Persons of whom `actor` may see `field`."""
    return _reached(actor, {role for role in actor.roles & SEEN.keys() if field in SEEN[role]})


def columns_for(actor: Actor) -> frozenset[Field]:
    """The fields that `actor` may see of others: the columns of their list."""
    roles = actor.roles & SEEN.keys() - {Role.POOL_MEMBER}
    return frozenset().union(*(SEEN[role] for role in roles))


def fields_of(actor: Actor, person_ids: Collection[int]) -> Mapping[int, frozenset[Field]]:
    """Of each of these persons, whom `actor` sees, which fields. One query for each role, none for a single one."""
    roles = actor.roles & SEEN.keys()
    if len(roles) == 1:
        return dict.fromkeys(person_ids, SEEN[next(iter(roles))])
    found: dict[int, frozenset[Field]] = dict.fromkeys(person_ids, frozenset())
    for role in roles:
        for identity in _among(actor, role, person_ids):
            found[identity] |= SEEN[role]
    return found


def _among(actor: Actor, role: Role, person_ids: Collection[int]) -> Collection[int]:
    """Which of the persons this role alone reaches."""
    if TABLE[Action.READ_PERSONS][role] is Scope.ALL:
        return person_ids
    reached = persons_visible_to(_as(actor, role)).where(Person.id.in_(person_ids))
    return db.session.scalars(reached.with_only_columns(Person.id)).all()


def _reached(actor: Actor, roles: Collection[Role]) -> Condition:
    if any(TABLE[Action.READ_PERSONS][role] is Scope.ALL for role in roles):
        return true()
    reached = (persons_visible_to(_as(actor, role)).with_only_columns(Person.id) for role in roles)
    return or_(false(), *(Person.id.in_(ids) for ids in reached))


def _as(actor: Actor, role: Role) -> Actor:
    """The actor with this role alone: ministries reach the teams of their projects, leads those of the projects led."""
    ministry = role is Role.MINISTRY
    return replace(
        actor,
        roles=frozenset({role}),
        organisation_id=actor.organisation_id if ministry else None,
        person_id=None if ministry else actor.person_id,
    )
