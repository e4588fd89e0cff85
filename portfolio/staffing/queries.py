"""Reading needs and assignments: statements with their loads stated, and small look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, PersonSkill, PersonWeek, PoolShare, Skill
from portfolio.pool.problems import Excess
from portfolio.projects.models import Project
from portfolio.staffing.models import Assignment, AssignmentState, Need, Override
from portfolio.web.text import like, pieces


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """Which open needs to list; None leaves a side open."""

    from_week: Week
    """Needs that end before are past."""
    starts_until: Week | None = None
    text: str = ""
    skill_id: int | None = None
    organisation_id: int | None = None


NEED_ORDERS = {
    "start": (Need.from_week, Need.priority, Need.id),
    "priority": (Need.priority, Need.from_week, Need.id),
    "project": (Project.sort_key, Need.from_week, Need.id),
}


def open_needs(visible: Select[Need], chosen: NeedFilter, sort: str = "") -> Select[Need]:
    """Open needs among `visible` with project and skill; `sort` is a name in NEED_ORDERS, "-" before it reverses."""
    statement = (
        visible.where(Need.open, Need.to_week >= chosen.from_week)
        .join(Need.project)
        .options(
            contains_eager(Need.project).joinedload(Project.organisation),
            joinedload(Need.skill),
        )
    )
    if chosen.starts_until is not None:
        statement = statement.where(Need.from_week <= chosen.starts_until)
    if chosen.skill_id is not None:
        statement = statement.where(Need.skill_id == chosen.skill_id)
    if chosen.organisation_id is not None:
        statement = statement.where(Project.organisation_id == chosen.organisation_id)
    for piece in pieces(chosen.text):
        named = or_(Project.sort_key.like(like(piece), escape="/"), Project.code.ilike(like(piece), escape="/"))
        statement = statement.where(named)
    first, *others = NEED_ORDERS.get(sort.removeprefix("-"), NEED_ORDERS["start"])
    return statement.order_by(first.desc() if sort.startswith("-") else first, *others)


def assignments_of(person_id: int) -> Select[Assignment]:
    """All assignments of a person with their projects, in order of time."""
    mine = select(Assignment).where(Assignment.person_id == person_id).options(joinedload(Assignment.project))
    return mine.order_by(Assignment.from_week, Assignment.id)


def open_excess(person_id: int, first: Week) -> list[Excess]:
    """The weeks from `first` on that a smaller pool share has left booked beyond it, in order."""
    row = PersonWeek
    statement = select(row.week, row.pool_share + row.override_share, row.booked).where(
        row.person_id == person_id, row.week >= first, row.conflict_share > 0
    )
    return [Excess(*values, 0) for values in db.session.execute(statement.order_by(row.week))]


def work_of(person_id: int, first: Week, last: Week | None = None) -> Select[Assignment]:
    """What is booked of a person from a week on, or between two weeks, with the names of it all, in order of time."""
    booked = bookings().where(Assignment.person_id == person_id, Assignment.to_week >= first)
    if last is not None:
        booked = booked.where(Assignment.from_week <= last)
    return with_names(booked.order_by(Assignment.from_week, Assignment.id))


def need_with_team(visible: Select[Need]) -> Select[Need]:
    """Needs with project, organisation, skill, assignments and their persons."""
    return visible.options(
        joinedload(Need.project).joinedload(Project.organisation),
        joinedload(Need.skill),
        selectinload(Need.assignments).joinedload(Assignment.person),
    )


def needs_of(project_id: int) -> Select[Need]:
    """The needs of a project with their skills, by start."""
    return (
        select(Need)
        .where(Need.project_id == project_id)
        .options(joinedload(Need.skill))
        .order_by(Need.from_week, Need.id)
    )


def with_names(statement: Select[Assignment]) -> Select[Assignment]:
    """Assignments with what their pages and their warnings name: person, project, need, skill."""
    return statement.options(
        joinedload(Assignment.person).joinedload(Person.home_organisation),
        joinedload(Assignment.project),
        joinedload(Assignment.need).joinedload(Need.skill),
    )


def bookings() -> Select[Assignment]:
    """Assignments that book capacity: all but the declined."""
    return select(Assignment).where(Assignment.state != AssignmentState.DECLINED)


def bookings_for(need_ids: Iterable[int]) -> Select[Assignment]:
    """What is booked for these needs."""
    return bookings().where(Assignment.need_id.in_(list(need_ids))).order_by(Assignment.id)


def is_staffed(need: Need) -> bool:
    """Whether anybody is assigned to the need."""
    statement = bookings().with_only_columns(Assignment.id).where(Assignment.need_id == need.id)
    return db.session.scalar(statement.limit(1)) is not None


def persons_on(need: Need) -> list[int]:
    """The ids of those assigned to the need, or declined for it."""
    return list(db.session.scalars(select(Assignment.person_id).where(Assignment.need_id == need.id)))


def overrides_of(assignment: Assignment) -> list[Override]:
    """What was allowed beyond the pool share for this assignment, in the order it was allowed."""
    statement = select(Override).where(Override.assignment_id == assignment.id).order_by(Override.id)
    return list(db.session.scalars(statement))


def active_persons(visible: Select[Person]) -> Select[Person]:
    """Who can be assigned, with their home authority, by name."""
    return (
        visible.where(Person.active).options(joinedload(Person.home_organisation)).order_by(Person.sort_key, Person.id)
    )


def persons_by_id(visible: Select[Person], ids: Iterable[int]) -> dict[int, Person]:
    """Those of `visible` with these ids, with their home authority."""
    rows = db.session.scalars(visible.where(Person.id.in_(list(ids))).options(joinedload(Person.home_organisation)))
    return {person.id: person for person in rows}


def pool_members(
    visible: Select[Person], first: Week, last: Week, skill_id: int | None = None, authority_id: int | None = None
) -> Select[Person]:
    """Those of `visible` who are in the pool or booked in these weeks, by name; of a skill, of a home authority.

    Nobody plans who is inactive any more: of these only who is booked.
    """
    share = exists().where(
        PoolShare.person_id == Person.id,
        PoolShare.from_week <= last,
        or_(PoolShare.to_week.is_(None), PoolShare.to_week >= first),
    )
    in_weeks = PersonWeek.week.between(first, last)
    booked = exists().where(PersonWeek.person_id == Person.id, in_weeks, PersonWeek.booked > 0)
    statement = visible.where(or_(and_(Person.active, share), booked)).order_by(Person.sort_key, Person.id)
    if skill_id is not None:
        skilled = select(PersonSkill.person_id).where(PersonSkill.skill_id == skill_id, *_held_in(first, last))
        statement = statement.where(Person.id.in_(skilled))
    if authority_id is not None:
        statement = statement.where(Person.home_organisation_id == authority_id)
    return statement


def _held_in(first: Week, last: Week) -> tuple[ColumnElement[bool], ...]:
    """Whether somebody can use the skill in any of these weeks."""
    row = PersonSkill
    begun = or_(row.valid_from_week.is_(None), row.valid_from_week <= last)
    lasting = or_(row.valid_to_week.is_(None), row.valid_to_week >= first)
    return row.level > 0, begun, lasting


def skill_choices() -> list[tuple[int, str]]:
    """Id and name of the skills in the catalogue, by name."""
    rows = db.session.execute(select(Skill.id, Skill.name).order_by(Skill.sort_key, Skill.id))
    return [(row.id, row.name) for row in rows]


def organisation_choices() -> list[tuple[int, str]]:
    """Id and name of the organisations, by name."""
    row = Organisation
    rows = db.session.execute(select(row.id, row.name).order_by(row.sort_key, row.id))
    return [(row.id, row.name) for row in rows]


def parents() -> dict[int, int | None]:
    """Of every organisation the one above it."""
    return {row.id: row.parent_id for row in db.session.execute(select(Organisation.id, Organisation.parent_id))}
