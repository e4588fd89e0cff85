"""What assignments deliver week by week, beside what their shares promise: absences and days off lower it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.planning import problem as planning
from portfolio.planning.coverage import Coverage, coverage, delivered_work
from portfolio.planning.effects import Delivery
from portfolio.planning.weeks import WeekRange
from portfolio.pool import calendar
from portfolio.staffing import snapshot
from portfolio.staffing.models import Assignment, Need
from portfolio.staffing.snapshot import as_assignment, as_need
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Standing:
    """How a need stands: how far it is covered, and what was promised and is delivered in each week of its window."""

    coverage: Coverage
    delivery: Delivery


def of_assignment(assignment: Assignment) -> Delivery:
    """Promised and delivered in each week of the assignment. One query."""
    weeks = WeekRange(assignment.from_week, assignment.to_week)
    booked = _booked([assignment])
    return _delivery(weeks, booked, _workers(weeks, booked))


def of_need(need: Need) -> Standing:
    """How the need stands, whose assignments are loaded. One query."""
    planned, booked = as_need(need), _booked(need.assignments)
    workers = _workers(planned.weeks, booked)
    days_off = calendar.days_off(planned.first, planned.last)
    covered = coverage(planned, booked, workers, days_off, settings.full_time_hours())
    return Standing(covered, _delivery(planned.weeks, booked, workers))


def _booked(rows: Iterable[Assignment]) -> list[planning.Assignment]:
    return [as_assignment(row) for row in rows if row.books]


def _workers(weeks: WeekRange, booked: Sequence[planning.Assignment]) -> dict[int, planning.Person]:
    return snapshot.load_workers({each.person_id for each in booked}, weeks)


def _delivery(weeks: WeekRange, booked: Sequence[planning.Assignment], workers: dict[int, planning.Person]) -> Delivery:
    full_time = settings.full_time_hours()
    always_there = {identity: planning.Person(identity, (), full_time_hours=full_time) for identity in workers}
    return Delivery(
        weeks,
        before=delivered_work(weeks, booked, always_there),
        after=delivered_work(weeks, booked, workers, calendar.days_off(weeks.first, weeks.last)),
    )
