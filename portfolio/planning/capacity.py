"""What persons may be planned for, what they are planned for, and what that delivers, per week.

All figures of one person come from `capacities`, which is made for a whole pool at once: bookings
are entered as differences at the weeks in which they begin and end and then added up, so the time
taken grows with persons x weeks + assignments, not with their product.

An absence or public holiday never makes an over-booking: it lowers what is delivered, nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

from portfolio.planning.problem import Absence, Assignment, Person, hours, tenths
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange

_FULL_WEEK = (1 << WORKING_DAYS_PER_WEEK) - 1


class CellState(StrEnum):
    OUTSIDE = "outside"
    """Neither in the pool nor booked that week."""
    FREE = "free"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Cell:
    """A person in a week: how much is free, or how much too much is booked.

    `share` is that amount in percent of full time and never negative, `hours` the same in hours of
    a week without absences; both are 0 when full or outside.
    """

    state: CellState
    share: int
    hours: float


@dataclass(frozen=True, slots=True)
class PersonCapacity:
    """The figures of one person, each a tuple with one value for every week of `weeks`."""

    person_id: int
    weeks: WeekRange
    full_time_hours: float
    pool_share: tuple[int, ...]
    """Percent of full time the person may be planned for."""
    booked: tuple[int, ...]
    """Percent of full time the person is planned for."""
    presence: tuple[int, ...]
    """Working days outside absences, 0 to 5."""
    projects: tuple[int, ...]
    """Projects at once; two assignments on one project are one."""

    @property
    def free(self) -> tuple[int, ...]:
        """Percent of full time left; negative by as much as is booked too much."""
        return tuple(limit - taken for limit, taken in zip(self.pool_share, self.booked, strict=True))

    @property
    def delivered_hours(self) -> tuple[float, ...]:
        """Booked share x full-time hours x days present / 5."""
        full_time = tenths(self.full_time_hours)
        return tuple(hours(share * full_time * days) for share, days in zip(self.booked, self.presence, strict=True))

    @property
    def overbooked(self) -> tuple[Week, ...]:
        """The weeks with more booked than the pool share."""
        return tuple(week for week, left in zip(self.weeks, self.free, strict=True) if left < 0)

    @property
    def cells(self) -> tuple[Cell, ...]:
        pairs = zip(self.pool_share, self.booked, strict=True)
        return tuple(cell(limit, taken, self.full_time_hours) for limit, taken in pairs)

    def within(self, weeks: WeekRange) -> PersonCapacity:
        """The same figures of fewer weeks."""
        if weeks == self.weeks:
            return self
        part = slice(weeks.first - self.weeks.first, weeks.last - self.weeks.first + 1)
        return PersonCapacity(
            person_id=self.person_id,
            weeks=weeks,
            full_time_hours=self.full_time_hours,
            pool_share=self.pool_share[part],
            booked=self.booked[part],
            presence=self.presence[part],
            projects=self.projects[part],
        )

    @property
    def most_projects(self) -> int:
        """The most projects at once in any of the weeks."""
        return max(self.projects)


def cell(pool_share: int, booked: int, full_time_hours: float) -> Cell:
    """The state of a person-week from what may be and what is booked, in percent of full time."""
    left = pool_share - booked
    amount = abs(left)
    in_hours = hours(amount * tenths(full_time_hours) * WORKING_DAYS_PER_WEEK)
    if left > 0:
        return Cell(CellState.FREE, amount, in_hours)
    if left < 0:
        return Cell(CellState.OVER, amount, in_hours)
    return Cell(CellState.FULL if booked else CellState.OUTSIDE, 0, 0.0)


def pool_share(person: Person, week: Week) -> int:
    """What the person may be planned for in the week, 0 outside the pool.

    The person's pool shares must not overlap (see `problem.check`).
    """
    return _added_up(_pool_spans(person), WeekRange(week, week))[0]


def capacity(
    person: Person,
    assignments: Iterable[Assignment],
    weeks: WeekRange,
    days_off: AbstractSet[date] = frozenset(),
) -> PersonCapacity:
    """The figures of one person; assignments of others are left out."""
    return capacities((person,), assignments, weeks, days_off)[0]


def capacities(
    persons: Iterable[Person],
    assignments: Iterable[Assignment],
    weeks: WeekRange,
    days_off: AbstractSet[date] = frozenset(),
) -> tuple[PersonCapacity, ...]:
    """The figures of all persons in their order, for the same weeks.

    Every assignment given counts, whatever its state: leave out what no longer holds. `days_off`
    are public holidays and other days on which nobody works.
    """
    of_person: defaultdict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        of_person[assignment.person_id].append(assignment)
    working = _working_days(weeks, days_off)
    return tuple(_figures(person, of_person.get(person.id, ()), weeks, working) for person in persons)


def overbooked(person: Person, assignments: Iterable[Assignment]) -> tuple[Week, ...]:
    """Weeks in which the shares of `assignments` exceed the person's pool share."""
    own = [assignment for assignment in assignments if assignment.person_id == person.id]
    if not own:
        return ()
    span = WeekRange(min(a.first for a in own), max(a.last for a in own))
    return capacity(person, own, span).overbooked


def _figures(
    person: Person, assignments: Sequence[Assignment], weeks: WeekRange, working: Sequence[int]
) -> PersonCapacity:
    return PersonCapacity(
        person_id=person.id,
        weeks=weeks,
        full_time_hours=person.full_time_hours,
        pool_share=_added_up(_pool_spans(person), weeks),
        booked=_added_up(((a.first.index, a.last.index, a.share) for a in assignments), weeks),
        presence=_present(working, person.absences, weeks),
        projects=_added_up(_project_spans(assignments), weeks),
    )


def _added_up(spans: Iterable[tuple[int, int | None, int]], weeks: WeekRange) -> tuple[int, ...]:
    """Per week the sum of the amounts whose span (first and last week index, amount) holds it."""
    origin, count = weeks.first.index, len(weeks)
    steps = [0] * (count + 1)
    for first, last, amount in spans:
        start = max(first - origin, 0)
        stop = count if last is None else min(last - origin + 1, count)
        if start < stop:
            steps[start] += amount
            steps[stop] -= amount
    steps.pop()
    return tuple(accumulate(steps))


def _pool_spans(person: Person) -> Iterator[tuple[int, int | None, int]]:
    for row in person.pool_shares:
        yield row.first.index, None if row.last is None else row.last.index, row.share


def _project_spans(assignments: Iterable[Assignment]) -> Iterator[tuple[int, int, int]]:
    """One span for every run of weeks on a project, overlapping and adjoining assignments merged."""
    of_project: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for assignment in assignments:
        of_project[assignment.project_id].append((assignment.first.index, assignment.last.index))
    for runs in of_project.values():
        runs.sort()
        start, end = runs[0]
        for first, last in runs[1:]:
            if first > end + 1:
                yield start, end, 1
                start = first
            end = max(end, last)
        yield start, end, 1


def _working_days(weeks: WeekRange, days_off: AbstractSet[date]) -> list[int]:
    """Per week a set of bits, Monday the lowest, one for each day that is worked."""
    working = [_FULL_WEEK] * len(weeks)
    monday, sunday = weeks.dates
    for day in days_off:
        if monday <= day <= sunday:
            week, weekday = divmod((day - monday).days, 7)
            working[week] &= ~(1 << weekday)
    return working


def _present(working: Sequence[int], absences: Iterable[Absence], weeks: WeekRange) -> tuple[int, ...]:
    """Days present per week: bits are cleared, so that no day is taken away twice."""
    present = list(working)
    monday, sunday = weeks.dates
    for absence in absences:
        first, last = max(absence.first, monday), min(absence.last, sunday)
        if first > last:
            continue
        (first_week, first_day), (last_week, last_day) = (divmod((day - monday).days, 7) for day in (first, last))
        for week in range(first_week, last_week + 1):
            begin = first_day if week == first_week else 0
            end = last_day if week == last_week else 6
            present[week] &= ~((1 << (end + 1)) - (1 << begin))
    return tuple(days.bit_count() for days in present)
