"""A first plan in a moment: whoever has no person pushes others out, who look for another one in turn.

Ejection chains with a list of what is forbidden for a while, as PartialCol colours graphs (Blöchliger and Zufferey
2008): here the colours are persons, and tasks that overlap must differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from portfolio.planning.optimiser.room import Ints
from portfolio.planning.optimiser.shifts.tasks import Shift, Tasks

STEPS: Final = 20
"""Times a task is given to somebody, for each task, until a chain is given up."""
FORBIDDEN: Final = (1, 10)
"""For how many steps a person does not get a task back, at least and at most; longer, the more wait."""


def first_plan(tasks: Tasks, start: Sequence[Shift], least: int, seed: int) -> tuple[Shift, ...]:
    """A plan for all tasks from one for some, then with fewer persons, `least` at least; the start where that fails."""
    chains, best = Chains(tasks, start, seed), tuple(start)
    while chains.cover():
        best = chains.shifts
        if tasks.used(best) <= least:
            break
        chains.spare()
    return best


class Chains:
    """A plan and the tasks it leaves to nobody; never two of a person at the same time."""

    def __init__(self, tasks: Tasks, start: Sequence[Shift], seed: int) -> None:
        self._tasks, self._chance = tasks, np.random.default_rng(seed)
        self._together = (tasks.first <= tasks.last[:, None]) & (tasks.first[:, None] <= tasks.last)
        self._owner = np.full(len(tasks.need), -1)
        self._pushed = np.where(tasks.able, 0.0, np.inf)
        """How many tasks would have to leave if a person took one; without end where they may not."""
        self._forbidden = np.zeros(tasks.able.shape, dtype=np.int64)
        for person, own in start:
            self._give(list(own), person)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        persons = np.unique(self._owner[self._owner >= 0]).tolist()
        return tuple((person, tuple(np.flatnonzero(self._owner == person).tolist())) for person in persons)

    def cover(self) -> bool:
        """Give tasks to persons until all have one; False when that takes too many steps."""
        waiting = np.flatnonzero(self._owner < 0)
        self._forbidden[:] = 0
        for step in range(STEPS * len(self._owner)):
            if not len(waiting):
                return True
            cost = self._pushed[waiting] + self._chance.random((len(waiting), len(self._tasks.price)))
            cost[self._forbidden[waiting] > step] += len(self._owner)
            place, person = np.unravel_index(cost.argmin(), cost.shape)
            if cost[place, person] == np.inf:
                return False
            out = self._push(int(waiting[place]), int(person))
            self._forbidden[out, person] = step + len(waiting) + self._chance.integers(*FORBIDDEN, len(out))
            waiting = np.append(np.delete(waiting, place), out)
        return False

    def spare(self) -> None:
        """Whoever does nothing, and whoever does least of the others, is given nothing from now on."""
        loads = np.bincount(self._owner, minlength=len(self._tasks.price)) * self._tasks.price
        self._pushed[:, (loads == 0) & (self._tasks.price > 0)] = np.inf
        least = int(np.where(loads > 0, loads, np.inf).argmin())
        self._take(np.flatnonzero(self._owner == least), least)
        self._pushed[:, least] = np.inf

    def _push(self, task: int, person: int) -> Ints:
        """Give it to the person, whose tasks at that time have to leave: these."""
        out = np.flatnonzero((self._owner == person) & self._together[task])
        self._take(out, person)
        self._give([task], person)
        return out

    def _give(self, tasks: list[int], person: int) -> None:
        self._owner[tasks] = person
        self._pushed[:, person] += self._together[tasks].sum(axis=0)

    def _take(self, tasks: Ints, person: int) -> None:
        self._owner[tasks] = -1
        self._pushed[:, person] -= self._together[tasks].sum(axis=0)
