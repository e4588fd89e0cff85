"""What the pool could give a request, need by need and all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select

from portfolio.extensions import db
from portfolio.planning.candidates import Roster
from portfolio.planning.choices import Ask, bookable_together, weekly_demand
from portfolio.planning.coverage import demanded_work
from portfolio.planning.problem import Need, hours, tenths
from portfolio.planning.shortage import Shortage, shortage
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange
from portfolio.pool import calendar
from portfolio.pool.models import Person, PersonSkill
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.staffing import models as staffing
from portfolio.staffing import snapshot
from portfolio.support.models import SupportRequest
from portfolio.web import settings

NO_PROJECT_YET = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Weeks in a row with as much free and as much asked for, in percent of full time."""

    first: Week
    last: Week
    free: int
    wanted: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.free)


@dataclass(frozen=True, slots=True)
class Supply:
    """The people who have a need's skill at its level throughout its weeks, and what is free of them together."""

    ask: Ask
    free: tuple[int, ...]
    """Percent of full time free in each week, of all of them together."""
    wanted: tuple[int, ...]
    """Percent of full time asked for in each week, that of a volume spread evenly."""
    work: int
    """What the need demands, as work."""
    bookable: int
    """What of it can be booked at most when the other needs are served too."""
    shortage: Shortage | None
    """Why none of them can take it whole."""

    @property
    def need(self) -> Need:
        return self.ask.need

    @property
    def skilled(self) -> int:
        return len(self.ask.skilled)

    @property
    def wholly_free(self) -> int:
        """How many of them could take the need whole."""
        return self.ask.wholly_free

    @property
    def mean_free(self) -> int:
        return round(sum(self.free) / len(self.free))

    @property
    def least_free(self) -> int:
        return min(self.free)

    @property
    def short_weeks(self) -> int:
        """Weeks in which all of them together have less free than is asked for."""
        return sum(free < wanted for free, wanted in zip(self.free, self.wanted, strict=True))

    @property
    def runs(self) -> tuple[Run, ...]:
        """The weeks, those alike together."""
        found: list[Run] = []
        for week, free, wanted in zip(self.need.weeks, self.free, self.wanted, strict=True):
            if found and (found[-1].free, found[-1].wanted) == (free, wanted):
                found[-1] = replace(found[-1], last=week)
            else:
                found.append(Run(week, week, free, wanted))
        return tuple(found)

    @property
    def work_hours(self) -> float:
        return hours(self.work)

    @property
    def missing_hours(self) -> float:
        return hours(self.work - self.bookable)


def supply_for(request: SupportRequest) -> dict[int, Supply]:
    """For every need asked for, by its id, what the pool has; as many queries for one need as for twenty."""
    asked = [snapshot.as_need_of(need, NO_PROJECT_YET) for need in request.needs]
    return {supply.need.id: supply for supply in supplies(asked)}


def supplies(needs: Sequence[Need]) -> tuple[Supply, ...]:
    """What the pool has for each of these needs, in their order, if all are served at once. Five queries."""
    if not needs:
        return ()
    weeks = WeekRange(min(need.first for need in needs), max(need.last for need in needs))
    considered = _considered(needs)
    pool = snapshot.load_persons(weeks, considered)
    booked = snapshot.load_assignments(weeks, considered)
    roster = Roster(pool, booked, weeks, calendar.days_off(weeks.first, weeks.last))
    full_time = settings.full_time_hours()
    found = [_ranked(need, roster, full_time) for need in needs]
    together = bookable_together([ask for ask, _shortage in found], full_time)
    return tuple(_supply(*each, bookable, full_time) for each, bookable in zip(found, together, strict=True))


def _considered(needs: Sequence[Need]) -> Select[int]:
    """Active persons with any of the skills, or all where a need asks for no level."""
    statement = select(Person.id).where(Person.active)
    if any(need.level == 0 for need in needs):
        return statement
    versed = select(PersonSkill.person_id).where(PersonSkill.skill_id.in_({need.skill_id for need in needs}))
    return statement.where(Person.id.in_(versed))


def _ranked(need: Need, roster: Roster, full_time: float) -> tuple[Ask, Shortage | None]:
    candidates = roster.rank_versed(need)
    return Ask.of(need, candidates), shortage(need, candidates, full_time)


def _supply(ask: Ask, lacking: Shortage | None, bookable: int, full_time_hours: float) -> Supply:
    by_week = zip(*(candidate.free for candidate in ask.skilled), strict=True)
    percent = tenths(full_time_hours) * WORKING_DAYS_PER_WEEK
    return Supply(
        ask=ask,
        free=tuple(sum(shares) for shares in by_week) or (0,) * len(ask.need.weeks),
        wanted=tuple(-(-work // percent) for work in weekly_demand(ask.need, full_time_hours)),
        work=demanded_work(ask.need, full_time_hours),
        bookable=bookable,
        shortage=lacking,
    )


def promised(needs: Sequence[Need]) -> dict[int, int]:
    """By skill, how many needs of running projects nobody is assigned to yet in the weeks of these needs. One query."""
    if not needs:
        return {}
    row = staffing.Need
    first, last = min(need.first for need in needs), max(need.last for need in needs)
    statement = (
        select(row.skill_id, func.count())
        .join(row.project)
        .where(row.open, row.skill_id.in_({need.skill_id for need in needs}))
        .where(row.from_week <= last, row.to_week >= first, Project.phase.not_in(CLOSED_PHASES))
        .group_by(row.skill_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
