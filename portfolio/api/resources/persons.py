"""Persons with their pool shares and skills; which fields somebody sees or changes depends on the role."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from portfolio.access.policy import Action, Actor, Role, allowed, may
from portfolio.api.concealment import concealing
from portfolio.api.fields import Email, Flag, Id, Share, Text, WeekOf, Whole
from portfolio.api.lists import Rows
from portfolio.api.resource import Change, Creation, Names, Resource, Values, merged
from portfolio.api.schema import ApiSchema, StoredSchema
from portfolio.api.search import SearchQuery, searching
from portfolio.pool import services
from portfolio.pool.models import Person
from portfolio.pool.services import PersonData, PoolShareData, SkillLevelData
from portfolio.staffing import services as staffing
from portfolio.staffing.visibility import persons_visible_to


class PoolShareSchema(ApiSchema):
    from_week = WeekOf(required=True)
    to_week = WeekOf(load_default=None)
    share = Share(low=0, required=True)


class SkillLevelSchema(ApiSchema):
    skill_id = Id(required=True)
    level = Whole(high=4, required=True)
    valid_from_week = WeekOf(load_default=None)
    valid_to_week = WeekOf(load_default=None)


class PersonSchema(StoredSchema):
    name = Text(200, required=True)
    email = Email(load_default=None)
    home_organisation_id = Id(load_default=None)
    location = Text(200, load_default=None)
    contract_share = Share(load_default=100)
    max_parallel = Whole(low=1, high=20, load_default=2)
    active = Flag(load_default=True)
    pool_shares = Rows(PoolShareSchema())
    skills = Rows(SkillLevelSchema())
    accept_conflict = Flag(load_only=True)

    concealed = frozenset(
        {
            "email",
            "home_organisation_id",
            "location",
            "contract_share",
            "max_parallel",
            "active",
            "pool_shares",
            "skills",
        }
    )
    example = {
        "name": "Paula Beispiel",
        "email": "paula.beispiel@example.org",
        "contract_share": 100,
        "pool_shares": [{"from_week": "2026-W49", "to_week": None, "share": 60}],
        "skills": [{"skill_id": 1, "level": 3}],
    }


_MASTER_DATA = frozenset({"name", "email", "home_organisation_id", "location", "active"})
_SEEN: Mapping[Role, frozenset[str]] = {
    Role.CIO_OFFICE: PersonSchema.concealed,
    Role.COORDINATOR: PersonSchema.concealed,
    Role.POOL_MEMBER: PersonSchema.concealed,  # reaches but the own person
    Role.PROJECT_LEAD: frozenset({"skills"}),
    Role.MINISTRY: frozenset({"email"}),
    Role.ADMIN: _MASTER_DATA,
}
_ALL_FIELDS = frozenset(PersonSchema().fields)


def _rows(actor: Actor) -> Select[Person]:
    return persons_visible_to(actor).options(selectinload(Person.pool_shares), selectinload(Person.skills))


def _may_create(actor: Actor, _parent: Any, names: Names) -> bool:
    if allowed(actor, Action.CHANGE_PERSONS):
        return True
    return allowed(actor, Action.CREATE_PERSONS) and not names & (_ALL_FIELDS - _MASTER_DATA)


def _may_change(actor: Actor, person: Person, names: Names) -> bool:
    """All of it, or the own skills, or whether somebody is active."""
    if may(actor, Action.CHANGE_PERSONS, person):
        return True
    own = set()
    if may(actor, Action.CHANGE_SKILL_LEVELS, person):
        own.add("skills")
    if may(actor, Action.CREATE_PERSONS, person):
        own.add("active")
    return bool(own) and not names & (_ALL_FIELDS - own)


def _create(values: Values, _actor: Actor, _parent: Any) -> Person:
    person = services.create_person(PersonData(**{name: values[name] for name in PersonData.__dataclass_fields__}))
    _replace_lists(person, values)
    return person


def _change(person: Person, values: Values, _actor: Actor) -> None:
    was_active = person.active
    # Pool shares must fit into the contract at every moment, so a shrinking contract comes last.
    if values.get("contract_share", person.contract_share) < person.contract_share:
        _replace_lists(person, values)
        services.change_person(person, merged(PersonData, person, values))
    else:
        services.change_person(person, merged(PersonData, person, values))
        _replace_lists(person, values)
    if was_active and not person.active:
        staffing.tell_of_leaving(person)


def _replace_lists(person: Person, values: Values) -> None:
    if "pool_shares" in values:
        shares = [PoolShareData(**row) for row in values["pool_shares"]]
        services.replace_pool_shares(person, shares, values.get("accept_conflict", False))
    if "skills" in values:
        services.replace_skills(person, [SkillLevelData(**row) for row in values["skills"]])


PERSONS = Resource(
    address="persons",
    title=_l("Personen"),
    schema=PersonSchema(),
    model=Person,
    read=Action.READ_PERSONS,
    rows=_rows,
    query=SearchQuery(),
    narrow=searching(Person.sort_key),
    amend=concealing(PersonSchema.concealed, _SEEN, persons_visible_to),
    creation=Creation(permits=_may_create, do=_create),
    change=Change(permits=_may_change, do=_change),
)
