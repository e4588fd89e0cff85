"""The fewest persons for tasks: columns of whole shifts, a bound from their prices, and dives to plans.

The best shift of a person at given prices is a longest path, found exactly and for all persons at once. So the linear
programme over shifts is soon solved, it lies within a person of the best plan nearly always, and a dive seldom fails.
The first dives begin with nothing, each more careful than the one before; later ones every other time with what the
best plan settled first, since it is mostly the last few shifts that fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import inf
from random import Random
from typing import Final

from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.linear import Seed
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.shifts.chains import first_plan
from portfolio.planning.optimiser.shifts.columns import Columns
from portfolio.planning.optimiser.shifts.dive import Dive
from portfolio.planning.optimiser.shifts.tasks import Shift, tasks_of

STEPS: Final = (0.3, 0.15, 0.05)
"""The part of the persons left whom a dive settles at a time: quick ones first, all after these like the last."""
KEPT: Final = (0.2, 0.8)
"""The part of the best plan that a later dive begins with, at least and at most: what was settled first."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan so far, and the persons whom one for all tasks takes at least."""

    places: tuple[int, ...]
    coverage: int
    most_coverage: int
    used: int
    least: int


class Search:
    """One run; the same seed gives the same plans."""

    def __init__(self, options: Options, budget: Budget, start: Sequence[int]) -> None:
        self._tasks, self._budget = tasks_of(options), budget
        self._columns = Columns(self._tasks, budget)
        self._chance = Random(Seed.value)  # noqa: S311 - no secret
        self._most_coverage = int(self._tasks.coverage.sum())
        self._best = first_plan(self._tasks, self._tasks.shifts(start), self._columns.least, Seed.value)

    def run(self) -> Iterator[Found]:
        """Better and better plans, until the best is proven or the budget is spent."""
        yield self._found
        if self._most > self._columns.least:
            self._columns.find_least()
            yield self._found
        dive = Dive(self._columns, self._chance)
        for number in count():
            if self._most <= self._columns.least or not self._budget.goes_on():
                return
            anew = number < len(STEPS) or number % 2 or self._most == inf
            part = 0.0 if anew else self._chance.uniform(*KEPT)
            kept = self._best[: int(part * len(self._best))]
            if self._better(dive.plan(kept, self._most, STEPS[min(number, len(STEPS) - 1)])):
                yield self._found

    @property
    def _found(self) -> Found:
        coverage, less = self._rank(self._best)
        return Found(self._tasks.places(self._best), coverage, self._most_coverage, -less, self._columns.least)

    @property
    def _most(self) -> float:
        """The persons of the best plan that covers all, without end as long as there is none."""
        coverage, less = self._rank(self._best)
        return -less if coverage == self._most_coverage else inf

    def _rank(self, shifts: Sequence[Shift]) -> tuple[int, int]:
        """What is covered and then how few persons it takes: the more, the better."""
        covered = [task for _, tasks in shifts for task in tasks]
        return int(self._tasks.coverage[covered].sum()), -self._tasks.used(shifts)

    def _better(self, shifts: tuple[Shift, ...]) -> bool:
        if self._rank(shifts) <= self._rank(self._best):
            return False
        self._best = shifts
        return True
