"""Traffic lights: what they say, and what the data of a project suggests for them.

A suggestion is only shown, with its calculation; a person sets the light.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Light(StrEnum):
    GREEN = "green"
    """On plan."""
    YELLOW = "yellow"
    """A deviation that is handled within the project."""
    RED = "red"
    """Out of reach without intervention from outside."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which values on a light turns: delays in weeks, coverage as a ratio from 0 to 1."""

    late_yellow: int = 2
    late_red: int = 6
    covered_yellow: float = 0.9
    covered_red: float = 0.7


_ORDER: Final = tuple(Light)


def worst(*lights: Light) -> Light:
    """The worst of one or more lights; ValueError without any."""
    return max(lights, key=_ORDER.index)


def is_better(light: Light, than: Light) -> bool:
    return _ORDER.index(light) < _ORDER.index(than)


def days_late(planned: date, expected: date, today: date) -> int:
    """How many days an unreached milestone is late: by what is expected, or by now if that has passed."""
    return max((max(expected, today) - planned).days, 0)


def light_of_delay(days: int, thresholds: Thresholds) -> Light:
    """The light of the latest milestone, `days` behind its plan."""
    if days >= 7 * thresholds.late_red:
        return Light.RED
    return Light.YELLOW if days >= 7 * thresholds.late_yellow else Light.GREEN


def light_of_coverage(ratio: float, thresholds: Thresholds) -> Light:
    """The light of all needs together, covered to `ratio` (0 to 1)."""
    if ratio < thresholds.covered_red:
        return Light.RED
    return Light.YELLOW if ratio < thresholds.covered_yellow else Light.GREEN
