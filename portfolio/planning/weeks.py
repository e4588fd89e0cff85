"""ISO weeks: the unit in which everything is planned.

A week belongs to the year its Thursday lies in (ISO 8601): 2027-01-01 is in 2026-W53. Years with
53 weeks exist (2026, 2032, 2037), so weeks are never counted as year * 52; they are one running
number, and year and number are derived from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, overload

WORKING_DAYS_PER_WEEK: Final = 5

_YEAR_FIRST = re.compile(r"([0-9]{4}) ?-? ?(?:W|KW) ?([0-9]{1,2})", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(?:KW ?)?([0-9]{1,2})(?: ?/ ?| )([0-9]{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week, Monday to Sunday.

    `index` counts weeks from the one of 0001-01-01, which was a Monday: a difference of weeks is a
    difference of integers.
    """

    index: int

    @classmethod
    def of(cls, year: int, number: int) -> Week:
        """Week `number` of the ISO year; ValueError when the year has no such week."""
        return cls.containing(date.fromisocalendar(year, number, 1))

    @classmethod
    def from_index(cls, index: int) -> Week:
        return cls(index)

    @classmethod
    def containing(cls, day: date) -> Week:
        return cls((day.toordinal() - 1) // 7)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read "2026-W49", "KW 49/2026", "KW49 2026" or "49/2026", in any case and spacing.

        ValueError when the text is none of these, the year has no such week, or the week lies
        outside MIN_WEEK to MAX_WEEK.
        """
        plain = " ".join(text.split())
        if found := _YEAR_FIRST.fullmatch(plain):
            year, number = found.groups()
        elif found := _NUMBER_FIRST.fullmatch(plain):
            number, year = found.groups()
        else:
            raise ValueError(f"not a week: {text!r}")
        if not MIN_WEEK.year <= int(year) <= MAX_WEEK.year:
            raise ValueError(f"week outside {MIN_WEEK} to {MAX_WEEK}: {text!r}")
        return cls.of(int(year), int(number))

    @property
    def year(self) -> int:
        """The ISO year, which at the turn of the year may differ from the year of some of the week's days."""
        return self.monday.isocalendar().year

    @property
    def number(self) -> int:
        """1 to 52 or 53."""
        return self.monday.isocalendar().week

    @property
    def monday(self) -> date:
        return date.fromordinal(self.index * 7 + 1)

    @property
    def sunday(self) -> date:
        return date.fromordinal(self.index * 7 + 7)

    @property
    def days(self) -> tuple[date, ...]:
        """The five days from Monday to Friday, public holidays included."""
        return tuple(self.monday + timedelta(days=offset) for offset in range(WORKING_DAYS_PER_WEEK))

    def __add__(self, weeks: int) -> Week:
        return Week(self.index + weeks)

    @overload
    def __sub__(self, other: int) -> Week: ...
    @overload
    def __sub__(self, other: Week) -> int: ...
    def __sub__(self, other: int | Week) -> Week | int:
        if isinstance(other, Week):
            return self.index - other.index
        return Week(self.index - other)

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year:04d}-W{number:02d}"


MIN_WEEK: Final = Week.of(2000, 1)
MAX_WEEK: Final = Week.of(2099, 53)


@dataclass(frozen=True, slots=True)
class WeekRange:
    """The weeks from `first` to `last`, both included; ValueError when it would be empty."""

    first: Week
    last: Week

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the last week {self.last} lies before the first {self.first}")

    def __iter__(self) -> Iterator[Week]:
        return map(Week, range(self.first.index, self.last.index + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, week: object) -> bool:
        return isinstance(week, Week) and self.first <= week <= self.last

    @property
    def dates(self) -> tuple[date, date]:
        """The Monday of the first and the Sunday of the last week."""
        return self.first.monday, self.last.sunday

    def overlap(self, other: WeekRange) -> WeekRange | None:
        """The weeks in both ranges, None when they share none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return WeekRange(first, last) if first <= last else None


def weeks_from(first: Week, count: int) -> tuple[Week, ...]:
    """`count` weeks in a row, beginning with `first`; empty when `count` is 0."""
    return tuple(map(Week, range(first.index, first.index + count)))


def working_days(week: Week, days_off: AbstractSet[date]) -> int:
    """Days from Monday to Friday that are not in `days_off`: 0 to 5."""
    return sum(day not in days_off for day in week.days)


def presence(week: Week, days_off: AbstractSet[date], absences: Iterable[tuple[date, date]]) -> int:
    """Working days of the week outside every absence (first and last day, both included): 0 to 5.

    Absences may overlap each other and days off; no day is taken away twice.
    """
    away = [(first, last) for first, last in absences if first <= week.sunday and last >= week.monday]
    return sum(day not in days_off and not any(first <= day <= last for first, last in away) for day in week.days)
