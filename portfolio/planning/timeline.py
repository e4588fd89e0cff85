"""What is asked for over the weeks: where each need lies, and what all of them take together in a week.

A volume may be done anywhere inside its window. Until it is planned nobody knows the weeks, so it counts
evenly over all of them; it is the mean of what may come, never the most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from portfolio.planning.problem import FULL_TIME_HOURS, HOURS_PER_PERSON_DAY, Need, NeedKind, tenths
from portfolio.planning.weeks import Week, WeekRange

REACH: Final = 26
"""Weeks by which a deadline may stretch the timeline; one further off would leave no room for the needs."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weeks in a row, both included, that take the same share: percent of full time, exact."""

    weeks: WeekRange
    share: Fraction

    @property
    def posts(self) -> float:
        """Full-time posts (VZÄ)."""
        return float(self.share / 100)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Needs over the weeks they and what frames them reach; `stretches` fill these weeks without a gap."""

    weeks: WeekRange
    needs: tuple[Need, ...]
    stretches: tuple[Stretch, ...]
    deadline: Week | None
    """The week of the deadline, where it lies in `weeks`."""

    @property
    def peak(self) -> Stretch:
        """The first of the stretches that take the most."""
        return max(self.stretches, key=lambda stretch: stretch.share)

    def at(self, week: Week) -> float:
        """Where the week begins, in percent of the width of the timeline."""
        return 100 * (week - self.weeks.first) / len(self.weeks)

    def ticks(self, most: int) -> tuple[Week, ...]:
        """Up to `most` weeks to label, evenly spaced from the first one on."""
        step = -(-len(self.weeks) // most)
        return tuple(self.weeks)[::step]


def timeline(
    needs: Sequence[Need],
    frame: WeekRange | None = None,
    deadline: Week | None = None,
    full_time_hours: float = FULL_TIME_HOURS,
) -> Timeline | None:
    """The needs in their order, over all their weeks and those of `frame`; None without needs.

    ValueError when a window ends before it begins.
    """
    if not needs:
        return None
    weeks = _reached([need.weeks for need in needs] + ([frame] if frame else []), deadline)
    return Timeline(
        weeks=weeks,
        needs=tuple(needs),
        stretches=_stretches(needs, weeks, full_time_hours),
        deadline=deadline if deadline in weeks else None,
    )


def mean_share(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> Fraction:
    """Percent of full time the need takes in each week of its window; of a volume the mean, if it is done there."""
    if need.kind is NeedKind.STEADY:
        return Fraction(need.share)
    return Fraction(need.person_days * HOURS_PER_PERSON_DAY * 10 * 100, len(need.weeks) * tenths(full_time_hours))


def person_days(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> Fraction:
    """The work the need asks for, in person-days of 8 hours."""
    if need.kind is NeedKind.VOLUME:
        return Fraction(need.person_days)
    return most_person_days(need, full_time_hours)


def most_person_days(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> Fraction:
    """The work that the need's share leaves room for in its window, holidays aside."""
    return Fraction(need.share * tenths(full_time_hours) * len(need.weeks), 100 * 10 * HOURS_PER_PERSON_DAY)


def overfull(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> bool:
    """Whether a volume has more days than its share leaves room for in its window."""
    return need.kind is NeedKind.VOLUME and need.person_days > most_person_days(need, full_time_hours)


def _reached(ranges: Iterable[WeekRange], deadline: Week | None) -> WeekRange:
    listed = list(ranges)
    first, last = min(each.first for each in listed), max(each.last for each in listed)
    if deadline is not None and first - REACH <= deadline <= last + REACH:
        first, last = min(first, deadline), max(last, deadline)
    return WeekRange(first, last)


def _stretches(needs: Iterable[Need], weeks: WeekRange, full_time_hours: float) -> tuple[Stretch, ...]:
    """Grows with the needs, not with the weeks: the sum only changes where a need begins or ends."""
    steps: defaultdict[Week, Fraction] = defaultdict(Fraction)
    for need in needs:
        share = mean_share(need, full_time_hours)
        steps[need.first] += share
        steps[need.last + 1] -= share
    changes = sorted(week for week, step in steps.items() if step and week > weeks.first)
    starts = [weeks.first, *(week for week in changes if week <= weeks.last)]
    ends = [*(week - 1 for week in starts[1:]), weeks.last]
    found, share = [], Fraction()
    for first, last in zip(starts, ends, strict=True):
        share += steps[first]
        found.append(Stretch(WeekRange(first, last), share))
    return tuple(found)
