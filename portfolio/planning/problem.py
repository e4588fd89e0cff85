"""The values planning works on: persons, needs and assignments.

Units: a share is a whole percentage of a full-time post; weeks run from a first to a last one, both
included; absences are in days. Skill levels are 0 (none) to 4 (expert).

Work, the product of a share, full-time hours and days present, is counted in whole numbers so that
sums and comparisons are exact: share (%) x full-time hours (in tenths) x days present, of which
WORK_PER_HOUR make an hour. It is rounded once, where `hours` divides it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week, WeekRange

FULL_TIME_HOURS: Final = 40.0
HOURS_PER_PERSON_DAY: Final = 8
WORK_PER_HOUR: Final = 100 * 10 * WORKING_DAYS_PER_WEEK
MAX_PARALLEL: Final = 2
MIN_SHARE: Final = 20


class NeedKind(StrEnum):
    STEADY = "steady"
    """A share in every week of the window."""
    VOLUME = "volume"
    """So many person-days anywhere in the window, at most a given share a week."""


@dataclass(frozen=True, slots=True)
class PoolShare:
    """What a person may be planned for in each week from `first` on; without a `last`, for good."""

    first: Week
    last: Week | None
    share: int


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a person is not available, both included. There is no reason, on purpose."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """A level held from `first` to `last`, both included; None leaves that side open."""

    skill_id: int
    level: int
    first: Week | None = None
    last: Week | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A pool member. `max_parallel` limits the projects at once, None does not limit them."""

    id: int
    pool_shares: tuple[PoolShare, ...]
    absences: tuple[Absence, ...] = ()
    skills: tuple[SkillLevel, ...] = ()
    max_parallel: int | None = MAX_PARALLEL
    full_time_hours: float = FULL_TIME_HOURS


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody is wanted with a skill at a level or above.

    `share` is the share in every week of a steady need, and the most a week of a volume, which asks
    for `person_days` of 8 hours. `priority` is 1 (urgent) to 4.
    """

    id: int
    project_id: int
    skill_id: int
    level: int
    first: Week
    last: Week
    share: int
    kind: NeedKind = NeedKind.STEADY
    person_days: int = 0
    priority: int = 3

    @property
    def weeks(self) -> WeekRange:
        """The window; ValueError when it ends before it begins."""
        return WeekRange(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person works on a project with a share in every week; a tentative one counts like any."""

    person_id: int
    project_id: int
    first: Week
    last: Week
    share: int
    need_id: int | None = None

    @property
    def weeks(self) -> WeekRange:
        """The weeks; ValueError when they end before they begin."""
        return WeekRange(self.first, self.last)


class PoolSharesOverlap(ValueError):
    """Two pool shares of one person claim the same week."""

    def __init__(self, earlier: PoolShare, later: PoolShare) -> None:
        super().__init__(f"pool shares overlap in {later.first}")
        self.earlier = earlier
        self.later = later


def check(pool_shares: Iterable[PoolShare]) -> None:
    """Refuse pool shares of one person that contradict each other.

    ValueError when one ends before it begins or lies outside 0 to 100; PoolSharesOverlap, which is
    a ValueError too, when two claim the same week.
    """
    ordered = sorted(pool_shares, key=lambda row: row.first)
    for row in ordered:
        if not 0 <= row.share <= 100:
            raise ValueError(f"not a share: {row.share}")
        if row.last is not None and row.last < row.first:
            raise ValueError(f"the pool share ends in {row.last}, before it begins in {row.first}")
    for earlier, later in pairwise(ordered):
        if earlier.last is None or later.first <= earlier.last:
            raise PoolSharesOverlap(earlier, later)


def tenths(full_time_hours: float) -> int:
    """Full-time hours in tenths of an hour, the precision contracts have."""
    return round(full_time_hours * 10)


def hours(work: int) -> float:
    """Work in hours: the nearest float to the exact figure, which has at most four decimals."""
    return work / WORK_PER_HOUR
