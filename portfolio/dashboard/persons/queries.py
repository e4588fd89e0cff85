"""Reading persons for the list: only what a row shows, with a number of queries that rows do not change."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from portfolio.access.models import Organisation
from portfolio.access.policy import Actor
from portfolio.dashboard.persons.sight import Field, seeing, visible_to
from portfolio.extensions import db
from portfolio.planning.problem import MIN_SHARE
from portfolio.planning.weeks import Week, weeks_from
from portfolio.pool.models import Person, PersonSkill, PersonWeek, PoolShare, Skill
from portfolio.web.text import like, pieces

FREE_WEEKS = 4
"""Somebody is free from a week on who has the smallest useful share free in this many weeks."""

SORTS: Mapping[str, Any] = {"name": Person.sort_key, "home": Organisation.sort_key}

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is narrowed to; None and empty narrow nothing."""

    text: str = ""
    skill_id: int | None = None
    level: int = 1
    free_from: Week | None = None
    home_id: int | None = None
    active: bool = False
    in_pool: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A skill that somebody holds, as a row shows it."""

    code: str
    name: str
    level: int
    confirmed: bool


def matching(actor: Actor, filters: Filters, this_week: Week) -> Select[Person]:
    """The persons `actor` sees, narrowed by what `actor` may see of them."""
    statement = visible_to(actor).where(
        *(Person.sort_key.like(like(piece), escape="/") for piece in pieces(filters.text))
    )
    narrowed: list[tuple[Field, Condition]] = []
    if filters.active:
        narrowed.append((Field.MASTER, Person.active.is_(True)))
    if filters.home_id is not None:
        narrowed.append((Field.MASTER, Person.home_organisation_id == filters.home_id))
    if filters.skill_id is not None:
        holds = _holds(filters.skill_id, filters.level, filters.free_from or this_week)
        narrowed.append((Field.SKILLS, holds))
    if filters.in_pool:
        narrowed.append((Field.WEEKS, _in_pool(this_week)))
    if filters.free_from is not None:
        narrowed.append((Field.WEEKS, _free(filters.free_from)))
    for field, condition in narrowed:
        statement = statement.where(seeing(actor, field), condition)
    return statement


def rows(statement: Select[Person], sort: str) -> Select[*tuple[Any, ...]]:
    """A row for each person of `statement`: by the named column, "-" for downwards, else by name."""
    column = SORTS.get(sort.removeprefix("-"), Person.sort_key)
    direction = column.desc() if sort.startswith("-") else column.asc()
    return (
        statement.outerjoin(Organisation, Organisation.id == Person.home_organisation_id)
        .with_only_columns(
            Person.id,
            Person.name,
            Person.email,
            Person.location,
            Person.contract_share,
            Person.active,
            Organisation.code.label("home"),
            Organisation.name.label("home_name"),
        )
        .order_by(direction.nulls_last(), Person.sort_key, Person.id)
    )


def all_rows(statement: Select[Person], sort: str) -> Sequence[Row[Any]]:
    return db.session.execute(rows(statement, sort)).all()


def levels(
    person_ids: Collection[int] | Select[Any], week: Week, asked: int | None = None
) -> Mapping[int, list[Level]]:
    """By person id the skills held in this week, the one asked for and the highest first. One query."""
    seen = PersonSkill.confirmed_on.is_not(None)
    statement = (
        select(PersonSkill.person_id, Skill.code, Skill.name, PersonSkill.level, seen)
        .join(Skill, Skill.id == PersonSkill.skill_id)
        .where(PersonSkill.person_id.in_(person_ids), PersonSkill.level > 0, _valid(week))
        .order_by((Skill.id == asked).desc(), PersonSkill.level.desc(), Skill.sort_key, Skill.id)
    )
    found: defaultdict[int, list[Level]] = defaultdict(list)
    for person_id, code, name, level, confirmed in db.session.execute(statement):
        found[person_id].append(Level(code, name, level, confirmed))
    return found


def pool_shares_in(person_ids: Collection[int] | Select[Any], week: Week) -> Mapping[int, int]:
    """By person id the pool share in this week; those without are left out. One query."""
    statement = select(PoolShare.person_id, PoolShare.share).where(PoolShare.person_id.in_(person_ids), _covers(week))
    shares = db.session.execute(statement)
    return {person_id: share for person_id, share in shares}  # noqa: C416  (rows are no pairs to mypy)


def homes() -> list[tuple[int, str]]:
    """The authorities that somebody calls home, to filter by: id and code with name."""
    used = select(Person.home_organisation_id)
    columns = (Organisation.id, Organisation.code, Organisation.name)
    statement = select(*columns).where(Organisation.id.in_(used)).order_by(Organisation.code, Organisation.id)
    return [(identity, f"{code} – {name}") for identity, code, name in db.session.execute(statement)]


def skills() -> list[tuple[int, str]]:
    """The skill catalogue, to filter by: id and name."""
    statement = select(Skill.id, Skill.name).order_by(Skill.sort_key, Skill.id)
    return [(identity, name) for identity, name in db.session.execute(statement)]


def _holds(skill_id: int, level: int, week: Week) -> Condition:
    holders = select(PersonSkill.person_id).where(
        PersonSkill.skill_id == skill_id, PersonSkill.level >= level, _valid(week)
    )
    return Person.id.in_(holders)


def _valid(week: Week) -> Condition:
    return and_(
        or_(PersonSkill.valid_from_week.is_(None), PersonSkill.valid_from_week <= week),
        or_(PersonSkill.valid_to_week.is_(None), PersonSkill.valid_to_week >= week),
    )


def _in_pool(this_week: Week) -> Condition:
    """With a pool share now or later."""
    still = or_(PoolShare.to_week.is_(None), PoolShare.to_week >= this_week)
    return Person.id.in_(select(PoolShare.person_id).where(still, PoolShare.share > 0))


def _free(first: Week) -> Condition:
    return and_(*(_left(week) >= MIN_SHARE for week in weeks_from(first, FREE_WEEKS)))


def _left(week: Week) -> ColumnElement[int]:
    """What is left of a person in this week: the pool share less what the ledger has booked."""
    share = select(PoolShare.share).where(PoolShare.person_id == Person.id, _covers(week)).scalar_subquery()
    booked = select(PersonWeek.booked).where(PersonWeek.person_id == Person.id, PersonWeek.week == week)
    return func.coalesce(share, 0) - func.coalesce(booked.scalar_subquery(), 0)


def _covers(week: Week) -> Condition:
    return and_(PoolShare.from_week <= week, or_(PoolShare.to_week.is_(None), PoolShare.to_week >= week))
