"""Days on which nobody works besides the public holidays: of every year, or of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

_ANY_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class DayOff:
    """A named day; ValueError where the calendar has no such day. 29 February of every year holds in leap years."""

    name: str
    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        date(_ANY_LEAP_YEAR if self.year is None else self.year, self.month, self.day)

    @classmethod
    def parse(cls, text: str, name: str) -> DayOff:
        """From 12-24, of every year, or from 2027-06-18."""
        *years, month, day = (int(piece) for piece in text.split("-"))
        if len(years) > 1:
            raise ValueError(text)
        return cls(name, month, day, years[0] if years else None)

    def __str__(self) -> str:
        return f"{self.iso} {self.name}"

    @property
    def iso(self) -> str:
        """As `parse` takes it."""
        in_year = f"{self.month:02d}-{self.day:02d}"
        return in_year if self.year is None else f"{self.year:04d}-{in_year}"

    def in_year(self, year: int) -> date | None:
        """The day in this year, None when it has none."""
        if self.year not in (None, year):
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:  # 29 February
            return None
