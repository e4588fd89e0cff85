"""From the linear programme to a plan: the shifts used most are settled, a few at a time, new ones found for the rest.

Where what is left takes too many persons, the later half of what was settled is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

import numpy as np

from portfolio.planning.optimiser.room import Floats
from portfolio.planning.optimiser.shifts.columns import EPSILON, Columns, Rest
from portfolio.planning.optimiser.shifts.master import Solved
from portfolio.planning.optimiser.shifts.tasks import Shift

ROUNDS: Final = 4
"""Times the programme is solved, with new columns in between, until the next shifts are settled."""
SURE: Final = 0.99
"""The use from which on a shift is settled beyond that."""
CHANCE: Final = (0.1, 2.0)
"""How many times its use a shift may be thought to have beyond, at least and at most, another number in each dive."""
TURNS: Final = 3
"""Times a dive is taken back."""
LEFT: Final = 0.6
"""The part of what it has settled that is left then."""


class Dive:
    """Dives with the same columns; the same chance leads to the same plans."""

    def __init__(self, columns: Columns, chance: Random) -> None:
        self._columns, self._chance = columns, chance
        self._luck = 0.0

    def plan(self, kept: Sequence[Shift], most: float, step: float) -> tuple[Shift, ...]:
        """A plan of fewer than `most` persons with the shifts kept; where it fails, or time is up, some tasks of it.

        The part `step` of the persons who are left is settled at a time: the smaller, the better and the longer.
        """
        rest, turns = self._from(kept), 0
        self._luck = self._chance.uniform(*CHANCE)
        while rest.open.any() and (solved := self._solved(rest, most)):
            if solved.value > most - 1 + EPSILON:
                settled = len(rest.shifts) - len(kept)
                if not settled or turns == TURNS:
                    break
                turns += 1
                rest = self._from(rest.shifts[: len(kept) + int(LEFT * settled)])
            elif chosen := self._chosen(solved.use, rest, max(1, int(step * rest.free.sum()))):
                self._columns.settle(chosen, rest)
            else:
                break
        return tuple(rest.shifts)

    def _from(self, shifts: Sequence[Shift]) -> Rest:
        rest = Rest.all_of(self._columns.tasks)
        self._columns.free()
        self._columns.settle(shifts, rest)
        return rest

    def _solved(self, rest: Rest, most: float) -> Solved | None:
        """Solved with columns for the rest: as good as they can be where it seems to take too many persons."""
        rounds = 0
        while solved := self._columns.solve():
            rounds += 1
            enough = rounds == ROUNDS and solved.value <= most - 1 + EPSILON
            if enough or not self._columns.extend(solved, rest):
                break
        return solved

    def _chosen(self, use: Floats, rest: Rest, number: int) -> list[Shift]:
        """The shifts used most, as far as they do not take from each other, with whatever of them is still open."""
        shifts = self._columns.shifts
        liked = use * [1 + self._luck * self._chance.random() for _ in shifts]
        free, still = rest.free.copy(), rest.open.copy()
        chosen: list[Shift] = []
        for place in np.argsort(-liked, kind="stable").tolist():
            if use[place] < EPSILON or (len(chosen) >= number and use[place] < SURE):
                break
            person, tasks = shifts[place]
            left = tuple(task for task in tasks if rest.open[task])
            if free[person] and left and (not chosen or still[list(left)].all()):
                still[list(left)] = False
                free[person] = False
                chosen.append((person, left))
        return chosen
