"""What the master programme is asked for and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.measures import Measure
from portfolio.planning.optimiser.room import Floats, Ints
from portfolio.planning.optimiser.schedules import EPSILON
from portfolio.planning.optimiser.shares import RATIO


@dataclass(frozen=True)
class Target:
    """What the master is after: the most of `aim`, with each `held` measure (locks not counted) at its floor or more.

    `least_served` and `most_used` are bounds on what FAIRNESS and BALANCE measure, as ratios of 1.
    """

    aim: Measure
    held: tuple[tuple[Measure, float], ...] = ()
    least_served: float = 0.0
    most_used: float = 1.0

    def hold(self, measure: Measure, floor: float) -> Target:
        """The same with one goal more that must not fall below `floor`."""
        if measure.level is Level.FAIRNESS:
            return replace(self, least_served=floor / RATIO)
        if measure.level is Level.BALANCE:
            return replace(self, most_used=-floor / RATIO)
        return replace(self, held=(*self.held, (measure, floor)))


@dataclass(frozen=True, slots=True)
class Whole:
    """A plan from the columns of a master, and whether it is the best they allow."""

    schedules: tuple[Schedule, ...]
    value: float
    best: bool


@dataclass(frozen=True)
class RowPrices:
    """A price for each row of the master, none below 0."""

    need: Floats
    held: Floats
    organisation: Floats
    use: Floats

    def mixed(self, other: RowPrices, weight: float) -> RowPrices:
        """Between these and the other ones, which count for `weight`."""
        pairs = zip(self._all, other._all, strict=True)
        return RowPrices(*((1 - weight) * mine + weight * theirs for mine, theirs in pairs))

    @property
    def _all(self) -> tuple[Floats, ...]:
        return self.need, self.held, self.organisation, self.use


@dataclass(frozen=True, slots=True)
class Part:
    """What may change of a plan: the persons of the schedules at these places of a master take one of them instead.

    Where the least served organisation counts, what others get beyond it counts a little, up to a ratio of `beyond`.
    """

    allowed: Ints
    beyond: float


@dataclass
class Result:
    """What a level came to: its value and bound, locks not counted, ratios in millionths; the best plan's schedules."""

    level: Level
    value: float
    bound: float
    plan: tuple[Schedule, ...]
    known: tuple[Schedule, ...]
    """The schedules worth beginning the next level with."""

    def held_in(self, target: Target, aim: Measure, tolerance: float) -> Target:
        """The next aim after `target`, with what this level reached held but for the tolerance.

        A share is held at the bound less the tolerance, where it got there: so far it may lie below what is possible.
        """
        floor = self.value - abs(self.value) * tolerance
        if self.level is Level.FAIRNESS and self.bound < inf:
            floor = max(floor, min(self.value, self.bound * (1 - tolerance) + 1.0))
        held = target.hold(target.aim, floor - EPSILON)
        return Target(aim, held.held, held.least_served, held.most_used)
