"""Milestone trend: how the expected date of a milestone moved from one reporting date to the next.

Source: the milestone trend analysis of project control, with reporting dates along one axis and
milestone dates along the other. The line of a milestone starts at its plan and ends on the diagonal
"date = reporting date" when it is reached; nothing can lie below the diagonal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class TrendWord(StrEnum):
    LEVEL = "level"
    """Expected on the planned date."""
    RISING = "rising"
    """Expected later than planned."""
    FALLING = "falling"
    """Expected earlier than planned."""
    REACHED = "reached"


class ForecastInPast(ValueError):
    """A milestone not yet reached cannot be expected before the day on which that is said."""

    def __init__(self, reported: date, expected: date) -> None:
        super().__init__(f"expected on {expected}, before it was reported on {reported}")
        self.reported = reported
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Forecast:
    """On `reported` (the reporting date) the milestone is expected for `expected`.

    ForecastInPast, a ValueError, when that day had passed.
    """

    reported: date
    expected: date

    def __post_init__(self) -> None:
        if self.expected < self.reported:
            raise ForecastInPast(self.reported, self.expected)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    reported: date
    expected: date
    deviation: int
    """Days later than planned; negative when earlier."""


@dataclass(frozen=True, slots=True)
class Trend:
    points: tuple[TrendPoint, ...]
    """By reporting date, beginning with the plan."""
    word: TrendWord

    @property
    def deviation(self) -> int:
        """Days later than planned as of the last point; negative when earlier."""
        return self.points[-1].deviation

    @property
    def last_slip(self) -> int:
        """Days by which the last reporting date moved the milestone; negative when brought forward."""
        return self.deviation - self.points[-2].deviation if len(self.points) > 1 else 0


def trend(planned: date, planned_on: date, forecasts: Iterable[Forecast], reached: date | None = None) -> Trend:
    """The trend of a milestone planned on `planned_on` for `planned`.

    Forecasts may come in any order. Once the milestone is reached the line ends on that day; what
    was forecast for later reporting dates is left out. The plan stays the first point even when it
    was entered after a forecast. ValueError when two forecasts share a reporting date.
    """
    ordered = sorted(forecasts, key=lambda forecast: forecast.reported)
    for earlier, later in pairwise(ordered):
        if earlier.reported == later.reported:
            raise ValueError(f"two forecasts for the reporting date {later.reported}")
    told = [(forecast.reported, forecast.expected) for forecast in ordered]
    if reached is not None:
        told = [(on, expected) for on, expected in told if on < reached] + [(reached, reached)]
    start = min(planned_on, told[0][0]) if told else planned_on
    points = tuple(TrendPoint(on, day, (day - planned).days) for on, day in [(start, planned), *told])
    return Trend(points, _word(points))


def _word(points: tuple[TrendPoint, ...]) -> TrendWord:
    last = points[-1]
    if len(points) > 1 and last.reported == last.expected:
        return TrendWord.REACHED
    if last.deviation == 0:
        return TrendWord.LEVEL
    return TrendWord.RISING if last.deviation > 0 else TrendWord.FALLING
