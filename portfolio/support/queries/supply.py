"""What the pool could give a request, and how much of those who may lead it is booked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, select

from portfolio.extensions import db
from portfolio.planning.candidates import rank
from portfolio.planning.problem import Assignment, Need
from portfolio.planning.problem import Person as PoolMember
from portfolio.planning.shortage import Shortage, shortage
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool import calendar
from portfolio.pool.models import Person, PersonSkill, PersonWeek
from portfolio.staffing import snapshot
from portfolio.support.models import SupportRequest

NO_PROJECT_YET = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """The people who have a need's skill at its level throughout its weeks, and what is free of them together."""

    need: Need
    skilled: int
    wholly_free: int
    """How many of them could take the need whole."""
    free: tuple[int, ...]
    """Percent of full time free in each week, of all of them together."""
    shortage: Shortage | None
    """Why none of them can take it whole."""

    @property
    def mean_free(self) -> int:
        return round(sum(self.free) / len(self.free))

    @property
    def least_free(self) -> int:
        return min(self.free)


@dataclass(frozen=True, slots=True)
class Load:
    """How much of an active person is booked, on average over some weeks, in percent of full time."""

    person_id: int
    name: str
    booked: int


def supply_for(request: SupportRequest) -> dict[int, Supply]:
    """For every need asked for, by its id, what the pool has; as many queries for one need as for twenty."""
    if not request.needs:
        return {}
    first = min(need.from_week for need in request.needs)
    last = max(need.to_week for need in request.needs)
    weeks = WeekRange(first, last)
    versed = _versed({need.skill_id for need in request.needs})
    pool = snapshot.load_persons(weeks, versed)
    booked = snapshot.load_assignments(weeks, versed)
    days_off = calendar.days_off(first, last)
    asked = (snapshot.as_need_of(need, NO_PROJECT_YET) for need in request.needs)
    return {need.id: _supply(need, pool, booked, days_off) for need in asked}


def _versed(skill_ids: Collection[int]) -> list[int]:
    """Active persons with any of these skills."""
    statement = select(PersonSkill.person_id).join(PersonSkill.person).where(Person.active)
    return list(db.session.scalars(statement.where(PersonSkill.skill_id.in_(skill_ids)).distinct()))


def _supply(need: Need, pool: Sequence[PoolMember], booked: Sequence[Assignment], days_off: frozenset[date]) -> Supply:
    versed = [person for person in pool if any(skill.skill_id == need.skill_id for skill in person.skills)]
    candidates = rank(need, versed, booked, days_off)
    skilled = [candidate for candidate in candidates if candidate.fit.suffices]
    by_week = zip(*(candidate.free for candidate in skilled), strict=True)
    return Supply(
        need=need,
        skilled=len(skilled),
        wholly_free=sum(candidate.fully_free and candidate.suitable for candidate in skilled),
        free=tuple(sum(shares) for shares in by_week) or (0,) * len(need.weeks),
        shortage=shortage(need, candidates),
    )


def quarter_around(day: date) -> WeekRange:
    """The weeks of the calendar quarter that holds `day`."""
    begin = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    next_quarter = (begin + timedelta(days=100)).replace(day=1)
    return WeekRange(Week.containing(begin), Week.containing(next_quarter - timedelta(days=1)))


def loads(weeks: WeekRange) -> list[Load]:
    """All active persons by name with what is booked of them in these weeks."""
    within = and_(PersonWeek.person_id == Person.id, PersonWeek.week.between(weeks.first, weeks.last))
    statement = (
        select(Person.id, Person.name, func.coalesce(func.sum(PersonWeek.booked), 0))
        .outerjoin(PersonWeek, within)
        .where(Person.active)
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(Person.sort_key, Person.id)
    )
    rows = db.session.execute(statement)
    return [Load(identity, name, round(booked / len(weeks))) for identity, name, booked in rows]
