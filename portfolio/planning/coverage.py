"""How far needs are covered, and what remains of them.

A need is covered as far as hours are delivered in its window. What is demanded takes no account of
absences and holidays: whoever is away leaves a part uncovered. A steady need counts at most what it
demands in each week, so a busy week does not make up for an empty one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from portfolio.planning.capacity import PersonCapacity, capacities
from portfolio.planning.problem import (
    FULL_TIME_HOURS,
    HOURS_PER_PERSON_DAY,
    WORK_PER_HOUR,
    Assignment,
    Need,
    NeedKind,
    Person,
    hours,
    tenths,
)
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, WeekRange

WORK_PER_PERSON_DAY = HOURS_PER_PERSON_DAY * WORK_PER_HOUR


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a need, or several together, demand and get, as work (see `problem`)."""

    demanded: int
    counted: int
    """Delivered work, at most what is demanded."""

    @property
    def ratio(self) -> float:
        """0 to 1; exactly 1 only when nothing is lacking, and when nothing is demanded."""
        return self.counted / self.demanded if self.demanded else 1.0

    @property
    def demanded_hours(self) -> float:
        return hours(self.demanded)

    @property
    def counted_hours(self) -> float:
        return hours(self.counted)


def coverage(
    need: Need,
    assignments: Iterable[Assignment],
    persons: Mapping[int, Person],
    days_off: AbstractSet[date] = frozenset(),
    full_time_hours: float = FULL_TIME_HOURS,
) -> Coverage:
    """How far the assignments made for the need cover it; see `coverages`."""
    return coverages((need,), assignments, persons, days_off, full_time_hours)[0]


def coverages(
    needs: Sequence[Need],
    assignments: Iterable[Assignment],
    persons: Mapping[int, Person],
    days_off: AbstractSet[date] = frozenset(),
    full_time_hours: float = FULL_TIME_HOURS,
) -> tuple[Coverage, ...]:
    """How far the assignments cover the needs they name in `need_id`, in the order of the needs.

    `persons` holds by id whoever is assigned (KeyError otherwise); `full_time_hours` are those of
    the post the needs' shares are a part of.
    """
    if not needs:
        return ()
    of_need: defaultdict[int | None, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        of_need[assignment.need_id].append(assignment)
    span = WeekRange(min(need.first for need in needs), max(need.last for need in needs))
    involved = {a.person_id: persons[a.person_id] for need in needs for a in of_need.get(need.id, ())}
    workers = {figures.person_id: figures for figures in capacities(involved.values(), (), span, days_off)}
    full_time = tenths(full_time_hours)
    return tuple(_coverage(need, of_need.get(need.id, ()), workers, full_time) for need in needs)


def together(coverages: Iterable[Coverage]) -> Coverage:
    """Several needs as one, for instance all of a project."""
    demanded = counted = 0
    for part in coverages:
        demanded += part.demanded
        counted += part.counted
    return Coverage(demanded, counted)


def open_shares(need: Need, assignments: Iterable[Assignment]) -> tuple[int, ...]:
    """For every week of the window, the share for which nobody is assigned to the need yet."""
    window = need.weeks
    shares = [need.share] * len(window)
    for assignment in assignments:
        taken = window.overlap(assignment.weeks) if assignment.need_id == need.id else None
        if taken is not None:
            for week in taken:
                shares[week - window.first] -= assignment.share
    return tuple(max(0, share) for share in shares)


def remaining(need: Need, assignments: Iterable[Assignment], covered: Coverage) -> Need | None:
    """The need narrowed to what is still to be staffed, None when nothing is.

    A steady need keeps the weeks from the first to the last that lacks a share, and the largest
    share lacking; a volume keeps the person-days not delivered, rounded up to whole ones.
    """
    if need.kind is NeedKind.VOLUME:
        person_days = -(-(covered.demanded - covered.counted) // WORK_PER_PERSON_DAY)
        return replace(need, person_days=person_days) if person_days else None
    open_weeks = [
        (week, share) for week, share in zip(need.weeks, open_shares(need, assignments), strict=True) if share
    ]
    if not open_weeks:
        return None
    largest = max(share for _, share in open_weeks)
    return replace(need, first=open_weeks[0][0], last=open_weeks[-1][0], share=largest)


def delivered_work(
    window: WeekRange,
    assignments: Iterable[Assignment],
    persons: Mapping[int, Person],
    days_off: AbstractSet[date] = frozenset(),
) -> tuple[int, ...]:
    """What all of the assignments deliver in each week of the window, as work; `persons` as in `coverages`."""
    listed = tuple(assignments)
    involved = {assignment.person_id: persons[assignment.person_id] for assignment in listed}
    workers = {figures.person_id: figures for figures in capacities(involved.values(), (), window, days_off)}
    return tuple(_delivered(window, listed, workers))


def demanded_work(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> int:
    """What the need demands over its window, as work."""
    if need.kind is NeedKind.VOLUME:
        return need.person_days * WORK_PER_PERSON_DAY
    return len(need.weeks) * _weekly_work(need, tenths(full_time_hours))


def spread(work: int, weeks: int) -> tuple[int, ...]:
    """Work evenly over so many weeks, as a volume is taken to be until it is planned; nothing of it is lost."""
    each, rest = divmod(work, weeks)
    return tuple(each + (place < rest) for place in range(weeks))


def _weekly_work(need: Need, full_time: int) -> int:
    return need.share * full_time * WORKING_DAYS_PER_WEEK


def _coverage(
    need: Need, assignments: Iterable[Assignment], workers: Mapping[int, PersonCapacity], full_time: int
) -> Coverage:
    delivered = _delivered(need.weeks, assignments, workers)
    if need.kind is NeedKind.VOLUME:
        demanded = need.person_days * WORK_PER_PERSON_DAY
        return Coverage(demanded, min(sum(delivered), demanded))
    weekly = _weekly_work(need, full_time)
    return Coverage(weekly * len(delivered), sum(min(work, weekly) for work in delivered))


def _delivered(
    window: WeekRange, assignments: Iterable[Assignment], workers: Mapping[int, PersonCapacity]
) -> list[int]:
    """Work per week of the window."""
    delivered = [0] * len(window)
    for assignment in assignments:
        worked = window.overlap(assignment.weeks)
        if worked is None:
            continue
        worker = workers[assignment.person_id]
        rate = assignment.share * tenths(worker.full_time_hours)
        skipped = worked.first - worker.weeks.first
        days_present = worker.presence[skipped : skipped + len(worked)]
        for place, days in enumerate(days_present, start=worked.first - window.first):
            delivered[place] += rate * days
    return delivered
