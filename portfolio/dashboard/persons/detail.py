"""One person as their reader may see them: what must not be shown is not read into the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor, may
from portfolio.dashboard.persons.sight import Field, fields_of, visible_to
from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.capacity import PersonCapacity, capacity
from portfolio.planning.weeks import Week, WeekRange, working_days
from portfolio.pool import calendar
from portfolio.pool import queries as pool
from portfolio.pool.models import Absence, Person, PersonSkill, PoolShare
from portfolio.staffing import queries
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.snapshot import load_assignments
from portfolio.staffing.visibility import assignments_visible_to, share_visible_to
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page offers to its reader."""

    change: bool
    change_skills: bool
    confirm: bool
    """Evidence of skills is for others to see."""
    change_absences: bool
    activate: bool


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment now or later; `whole` where share, weeks and state may be seen."""

    assignment: Assignment
    whole: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """What is shown of a person; empty or None where it may not be seen."""

    seen: frozenset[Field]
    rights: Rights
    skills: Sequence[PersonSkill]
    pool_shares: Sequence[PoolShare]
    absences: Sequence[Absence]
    work: Sequence[Work]
    weeks: PersonCapacity | None
    working_days: tuple[int, ...]


def persons(actor: Actor) -> Select[Person]:
    """The persons that `actor` sees, with their home authority."""
    return visible_to(actor).options(joinedload(Person.home_organisation))


def detail_of(person: Person, actor: Actor, span: WeekRange, this_week: Week) -> Detail:
    """With the weeks of `span`, and what else matters from `this_week` on. Seven queries at most."""
    seen = fields_of(actor, [person.id])[person.id]
    days_off = calendar.days_off(span.first, span.last)
    shares = _pool_shares(person) if seen & {Field.WEEKS, Field.POOL_SHARES} else ()
    absences = _absences(person, min(span.first, this_week)) if seen & {Field.WEEKS, Field.ABSENCES} else ()
    return Detail(
        seen=seen,
        rights=_rights(person, actor),
        skills=_skills(person) if Field.SKILLS in seen else (),
        pool_shares=shares if Field.POOL_SHARES in seen else (),
        absences=_lasting(absences, this_week) if Field.ABSENCES in seen else (),
        work=_work(person, actor, this_week),
        weeks=_weeks(person.id, shares, absences, span, days_off) if Field.WEEKS in seen else None,
        working_days=tuple(working_days(week, days_off) for week in span),
    )


def _rights(person: Person, actor: Actor) -> Rights:
    return Rights(
        change=may(actor, Action.CHANGE_PERSONS, person),
        change_skills=may(actor, Action.CHANGE_SKILL_LEVELS, person),
        confirm=may(actor, Action.CHANGE_PERSONS, person) and actor.person_id != person.id,
        change_absences=may(actor, Action.CHANGE_ABSENCES, person),
        activate=may(actor, Action.CREATE_PERSONS, person),
    )


def _skills(person: Person) -> Sequence[PersonSkill]:
    held = pool.named_skills_of(person.id).order_by(None)
    return db.session.scalars(held.order_by(PersonSkill.level.desc(), PersonSkill.id)).all()


def _pool_shares(person: Person) -> Sequence[PoolShare]:
    statement = select(PoolShare).where(PoolShare.person_id == person.id)
    return db.session.scalars(statement.order_by(PoolShare.from_week)).all()


def _absences(person: Person, first: Week) -> Sequence[Absence]:
    """Those that reach into the week, or lie after it."""
    statement = select(Absence).where(Absence.person_id == person.id, Absence.to_date >= first.monday)
    return db.session.scalars(statement.order_by(Absence.from_date)).all()


def _lasting(absences: Sequence[Absence], this_week: Week) -> list[Absence]:
    return [absence for absence in absences if absence.to_date >= this_week.monday]


def _work(person: Person, actor: Actor, this_week: Week) -> list[Work]:
    """What the person works on from this week on, as far as `actor` may read it."""
    mine = (
        assignments_visible_to(actor)
        .where(Assignment.person_id == person.id, Assignment.to_week >= this_week)
        .where(Assignment.state != AssignmentState.DECLINED)
        .order_by(Assignment.from_week, Assignment.id)
    )
    assignments = db.session.scalars(queries.with_names(mine)).all()
    return [Work(assignment, share_visible_to(actor, assignment)) for assignment in assignments]


def _weeks(
    person_id: int, shares: Sequence[PoolShare], absences: Sequence[Absence], span: WeekRange, days_off: frozenset[date]
) -> PersonCapacity:
    known = planning.Person(
        id=person_id,
        pool_shares=tuple(planning.PoolShare(row.from_week, row.to_week, row.share) for row in shares),
        absences=tuple(planning.Absence(row.from_date, row.to_date) for row in absences),
        full_time_hours=settings.full_time_hours(),
    )
    return capacity(known, load_assignments(span, [person_id]), span, days_off)
