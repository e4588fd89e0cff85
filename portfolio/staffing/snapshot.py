"""Rows into the values planning works on, with a number of queries that does not depend on how many rows there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from sqlalchemy import Executable, Select, or_, select

from portfolio.extensions import db
from portfolio.planning.problem import Absence, Assignment, Need, Person, PoolShare, SkillLevel
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool import calendar
from portfolio.pool import models as pool
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing import models
from portfolio.web import settings

Value = TypeVar("Value")
PersonIds: TypeAlias = Collection[int] | Select[int]
"""Ids, or the statement that finds them."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What planning knows of some weeks. Assignments are whole, also where they only reach into the weeks."""

    weeks: WeekRange
    persons: tuple[Person, ...]
    needs: tuple[Need, ...]
    assignments: tuple[Assignment, ...]
    days_off: frozenset[date]


def load(first: Week, last: Week, person_ids: PersonIds | None = None) -> Snapshot:
    """The weeks from `first` to `last`: of these persons, or of everybody active or booked then.

    With `person_ids` the assignments are those of these persons; needs are those of all projects that are not closed.
    """
    weeks = WeekRange(first, last)
    return Snapshot(
        weeks=weeks,
        persons=load_persons(weeks, person_ids),
        needs=_needs(weeks),
        assignments=load_assignments(weeks, person_ids),
        days_off=calendar.days_off(first, last),
    )


def load_persons(weeks: WeekRange, person_ids: PersonIds | None = None) -> tuple[Person, ...]:
    """Persons by id, with the pool shares, absences and skills that matter in `weeks`. Four queries."""
    full_time_hours = settings.full_time_hours()
    wanted = _wanted(weeks, person_ids)
    shares = _by_person(_pool_shares(weeks, wanted), PoolShare)
    absences = _by_person(absences_in(weeks, wanted), Absence)
    skills = _by_person(_skills(wanted), SkillLevel)
    row = pool.Person
    persons = select(row.id, row.max_parallel).where(row.id.in_(wanted)).order_by(row.id)
    return tuple(
        Person(
            id=identity,
            pool_shares=tuple(shares[identity]),
            absences=tuple(absences[identity]),
            skills=tuple(skills[identity]),
            max_parallel=max_parallel,
            full_time_hours=full_time_hours,
        )
        for identity, max_parallel in db.session.execute(persons)
    )


def load_assignments(weeks: WeekRange, person_ids: PersonIds | None = None) -> tuple[Assignment, ...]:
    """The bookings that reach into `weeks`. One query."""
    row = models.Assignment
    statement = select(row.person_id, row.project_id, row.from_week, row.to_week, row.share, row.need_id).where(
        row.state != models.AssignmentState.DECLINED, row.from_week <= weeks.last, row.to_week >= weeks.first
    )
    if person_ids is not None:
        statement = statement.where(row.person_id.in_(person_ids))
    return tuple(Assignment(*values) for values in db.session.execute(statement.order_by(row.id)))


def load_workers(person_ids: Collection[int], weeks: WeekRange) -> dict[int, Person]:
    """These persons, with the absences in `weeks` alone: pool share and skills play no part in what is delivered."""
    absences = _by_person(absences_in(weeks, person_ids), Absence)
    full_time = settings.full_time_hours()
    return {
        identity: Person(identity, (), tuple(absences[identity]), full_time_hours=full_time) for identity in person_ids
    }


def skills_of(person_ids: PersonIds) -> Mapping[int, Iterable[SkillLevel]]:
    """The skill levels of these persons. One query."""
    return _by_person(_skills(person_ids), SkillLevel)


def as_need(need: models.Need) -> Need:
    """A need as planning knows it."""
    return as_need_of(need, need.project_id)


def as_need_of(row: models.NeedColumns, project_id: int) -> Need:
    """What is asked for, as a need of a project: also before there is one."""
    return Need(
        id=row.id,
        project_id=project_id,
        skill_id=row.skill_id,
        level=row.level,
        first=row.from_week,
        last=row.to_week,
        share=row.share,
        kind=row.kind,
        person_days=row.person_days or 0,
        priority=row.priority,
    )


def as_assignment(assignment: models.Assignment) -> Assignment:
    """An assignment as planning knows it."""
    return Assignment(
        person_id=assignment.person_id,
        project_id=assignment.project_id,
        first=assignment.from_week,
        last=assignment.to_week,
        share=assignment.share,
        need_id=assignment.need_id,
    )


def _needs(weeks: WeekRange) -> tuple[Need, ...]:
    statement = (
        select(models.Need)
        .join(Project, Project.id == models.Need.project_id)
        .where(models.Need.from_week <= weeks.last, models.Need.to_week >= weeks.first)
        .where(Project.phase.not_in(CLOSED_PHASES))
        .order_by(models.Need.id)
    )
    return tuple(as_need(need) for need in db.session.scalars(statement))


def _wanted(weeks: WeekRange, person_ids: PersonIds | None) -> PersonIds:
    """What the ids of the wanted persons are looked up in."""
    if person_ids is not None:
        return person_ids
    booked = select(models.Assignment.person_id).where(
        models.Assignment.from_week <= weeks.last, models.Assignment.to_week >= weeks.first
    )
    return select(pool.Person.id).where(or_(pool.Person.active, pool.Person.id.in_(booked)))


def _pool_shares(weeks: WeekRange, wanted: PersonIds) -> Executable:
    row = pool.PoolShare
    statement = select(row.person_id, row.from_week, row.to_week, row.share).where(
        row.person_id.in_(wanted),
        row.from_week <= weeks.last,
        or_(row.to_week.is_(None), row.to_week >= weeks.first),
    )
    return statement.order_by(row.id)


def absences_in(weeks: WeekRange, wanted: PersonIds) -> Executable:
    """Person id, first and last day of the absences that reach into `weeks`."""
    row = pool.Absence
    monday, sunday = weeks.dates
    statement = select(row.person_id, row.from_date, row.to_date).where(
        row.person_id.in_(wanted), row.from_date <= sunday, row.to_date >= monday
    )
    return statement.order_by(row.id)


def _skills(wanted: PersonIds) -> Executable:
    row = pool.PersonSkill
    columns = (row.person_id, row.skill_id, row.level, row.valid_from_week, row.valid_to_week)
    return select(*columns).where(row.person_id.in_(wanted)).order_by(row.id)


def _by_person(statement: Executable, value: type[Value]) -> Mapping[int, Iterable[Value]]:
    """The rows of `statement` as values, under the person id that is their first column."""
    found: defaultdict[int, list[Value]] = defaultdict(list)
    for person_id, *columns in db.session.execute(statement):
        found[person_id].append(value(*columns))
    return found
