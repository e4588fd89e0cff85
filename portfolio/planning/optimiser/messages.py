"""What the solving processes are told and what they tell: pickled values over their pipes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.instance import Assignment, Duals, Instance, Level


class Engine(StrEnum):
    COLUMNS = "columns"
    """Column generation over schedules of persons."""
    EXACT = "exact"
    """Branch and cut over single options."""
    SHIFTS = "shifts"
    """Column generation over shifts, for the fewest persons who do one task at a time."""
    PRICES = "prices"
    """The bound of mode handover."""
    REBUILD = "rebuild"
    """Better and better plans of mode handover."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process does: engines one after the other, each with an equal part of the time or with so many rounds."""

    instance: Instance
    engines: tuple[Engine, ...]
    until: float
    """When to have ended, by the monotonic clock, which processes share."""
    rounds: int | None
    seed: int


@dataclass(frozen=True, slots=True)
class Better:
    """A better plan or a better bound for the weighted work done; locks count."""

    value: int
    bound: float
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan with one person a need that a plan of mode handover began with."""

    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """The bound of the linear relaxation over single options, and the prices it follows from."""

    bound: float
    duals: Duals


@dataclass(frozen=True, slots=True)
class Reached:
    """What a level came to, locks counted, in the sense "more is better"."""

    level: Level
    value: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An engine is through with one level more: what all levels so far came to, and the plan."""

    levels: tuple[Reached, ...]
    assignments: tuple[Assignment, ...]


Message = Better | Whole | Certificate | Done


def proven(levels: Sequence[Reached], instance: Instance) -> bool:
    """Whether all levels of the instance were reached, each with a proof."""
    return len(levels) == len(instance.goals.levels) and all(level.proven for level in levels)
