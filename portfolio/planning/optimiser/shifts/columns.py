"""The columns found so far, the prices they lead to, and the bound that follows from any prices.

What the prices of all tasks sum up to, less what the best shift of each person would gain at them, is Lagrange's bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Final

import numpy as np

from portfolio.planning.optimiser.budget import Budget, Limits
from portfolio.planning.optimiser.linear import Seed
from portfolio.planning.optimiser.room import Bools, Floats, Ints
from portfolio.planning.optimiser.shifts.master import Master, Solved
from portfolio.planning.optimiser.shifts.paths import best_shifts
from portfolio.planning.optimiser.shifts.tasks import Shift, Tasks

EPSILON: Final = 1e-4
"""What interior points may be off."""
GROUPS: Final = 16
"""In how many groups persons find shifts that go together."""


@dataclass
class Rest:
    """The tasks that are open and the persons who are free beside the shifts settled."""

    open: Bools
    free: Bools
    shifts: list[Shift] = field(default_factory=list)

    @classmethod
    def all_of(cls, tasks: Tasks) -> Rest:
        return cls(np.ones(len(tasks.need), dtype=np.bool_), np.ones(len(tasks.price), dtype=np.bool_))

    def settle(self, shifts: Sequence[Shift]) -> None:
        for person, tasks in shifts:
            self.open[list(tasks)] = False
            self.free[person] = False
        self.shifts.extend(shifts)


class Columns:
    """The master programme of `tasks` and the search for its columns, within a budget."""

    def __init__(self, tasks: Tasks, budget: Budget) -> None:
        self.tasks, self._budget = tasks, budget
        self._master = Master(tasks)
        self._chance = np.random.default_rng(Seed.value)
        self.least = max(int(tasks.at_once.sum() - (tasks.price == 0).sum()), 0)
        """The persons whom any plan for all tasks takes at least."""

    @property
    def shifts(self) -> tuple[Shift, ...]:
        return self._master.shifts

    def find_least(self) -> None:
        """Prices and columns, round after round, until whole persons cannot be told more exactly."""
        everything = Rest.all_of(self.tasks)
        while solved := self.solve():
            if not self.extend(solved, everything) or self.least >= solved.value - EPSILON:
                return

    def solve(self) -> Solved | None:
        """The linear programme as it is; None when time is up."""
        left = self._budget.left
        return self._master.solve(Limits(None if left == inf else left)) if left > 0 else None

    def extend(self, solved: Solved, rest: Rest) -> int:
        """Add good shifts of the free persons for what is open; how many are new, none when the prices are the best."""
        persons, prices = np.flatnonzero(rest.free), np.where(rest.open, solved.task, 0.0)
        worth, shifts = best_shifts(self.tasks, prices, persons)
        gains = worth - self.tasks.price[persons]
        if not rest.shifts:
            bound = float(solved.task.sum() - np.maximum(gains, 0.0).sum())
            self.least = max(self.least, ceil(bound - 1e-6))
        useful = np.flatnonzero(gains > solved.person[persons] + EPSILON)
        if not len(useful):
            return 0
        return self._master.add([*(shifts[place] for place in useful.tolist()), *self._apart(solved, prices, persons)])

    def _apart(self, solved: Solved, prices: Floats, persons: Ints) -> Iterator[Shift]:
        """Shifts that go together: a few persons at a time, what others have taken already at half the price."""
        left = prices.copy()
        for some in np.array_split(self._chance.permutation(persons), min(GROUPS, len(persons))):
            for person, tasks in best_shifts(self.tasks, left, some)[1]:
                places = list(tasks)
                if prices[places].sum() > self.tasks.price[person] + solved.person[person] + EPSILON:
                    yield person, tasks
                left[places] /= 2

    def settle(self, shifts: Sequence[Shift], rest: Rest) -> None:
        """Fix some shifts more."""
        if shifts:
            rest.settle(shifts)
            self._master.fix(shifts, ~rest.open)

    def free(self) -> None:
        """Nothing is fixed any more."""
        self._master.free()
