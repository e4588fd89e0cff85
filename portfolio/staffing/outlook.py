"""How a need stands: what covers it, what is still open, and who could take that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from portfolio.extensions import db
from portfolio.planning.candidates import Candidate, rank
from portfolio.planning.coverage import Coverage, coverages, open_shares, remaining
from portfolio.planning.problem import Need as PlannedNeed
from portfolio.planning.shortage import Shortage, shortage
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool import calendar, models
from portfolio.staffing import queries, snapshot
from portfolio.staffing.models import Assignment, Need
from portfolio.staffing.snapshot import as_assignment, as_need
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class WeekOfNeed:
    """A week of a need's window, in percent of full time."""

    week: Week
    wanted: int
    assigned: int
    open: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who could take what is still open of a need. Without a `rest` nothing is open."""

    rest: PlannedNeed | None
    candidates: tuple[Candidate, ...] = ()
    shortage: Shortage | None = None

    @property
    def suitable(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if candidate.suitable)

    @property
    def others(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if not candidate.suitable)


def coverage_of(needs: Sequence[Need]) -> dict[int, Coverage]:
    """How far each need is covered, by its id. Two queries, however many needs."""
    if not needs:
        return {}
    planned = [as_need(need) for need in needs]
    booked = [as_assignment(row) for row in db.session.scalars(queries.bookings_for(need.id for need in needs))]
    span = WeekRange(min(need.first for need in planned), max(need.last for need in planned))
    days_off = calendar.days_off(span.first, span.last)
    workers = snapshot.load_workers({assignment.person_id for assignment in booked}, span)
    found = coverages(planned, booked, workers, days_off, settings.full_time_hours())
    return {need.id: coverage for need, coverage in zip(needs, found, strict=True)}


def weeks_of(need: Need) -> tuple[WeekOfNeed, ...]:
    """Week by week what is wanted and what is assigned; the assignments of the need are loaded."""
    planned = as_need(need)
    booked = [as_assignment(row) for row in need.assignments if row.books]
    lacking = open_shares(planned, booked)
    return tuple(
        WeekOfNeed(week, need.share, sum(each.share for each in booked if week in each.weeks), missing)
        for week, missing in zip(planned.weeks, lacking, strict=True)
    )


def outlook(need: Need, coverage: Coverage, visible: Select[models.Person], this_week: Week) -> Outlook:
    """Rank the active persons among `visible` for what is open of the need from this week on. Five queries.

    Where a level is asked for, only those who have the skill at all are looked at.
    """
    booked = [as_assignment(row) for row in need.assignments if row.books]
    rest = remaining(as_need(need), booked, coverage)
    if rest is None or rest.last < this_week:
        return Outlook(None)
    return _ranked(replace(rest, first=max(rest.first, this_week)), visible)


def successors(assignment: Assignment, first: Week, visible: Select[models.Person]) -> Outlook:
    """Rank the others among `visible` for what is left of an assignment from `first` on. Five queries."""
    wanted = assignment.need
    rest = PlannedNeed(
        id=wanted.id if wanted else 0,
        project_id=assignment.project_id,
        skill_id=wanted.skill_id if wanted else 0,
        level=wanted.level if wanted else 0,
        first=first,
        last=assignment.to_week,
        share=assignment.share,
    )
    return _ranked(rest, visible.where(models.Person.id != assignment.person_id))


def _ranked(rest: PlannedNeed, visible: Select[models.Person]) -> Outlook:
    considered = _considered(rest, visible)
    persons = snapshot.load_persons(rest.weeks, considered)
    elsewhere = snapshot.load_assignments(rest.weeks, considered)
    ranked = rank(rest, persons, elsewhere, calendar.days_off(rest.first, rest.last))
    return Outlook(rest, ranked, shortage(rest, ranked, settings.full_time_hours()))


def _considered(need: PlannedNeed, visible: Select[models.Person]) -> Select[int]:
    statement = visible.with_only_columns(models.Person.id).where(models.Person.active)
    if need.level == 0:
        return statement
    skilled = select(models.PersonSkill.person_id).where(models.PersonSkill.skill_id == need.skill_id)
    return statement.where(models.Person.id.in_(skilled))
