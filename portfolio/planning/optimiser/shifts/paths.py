"""The shift worth most for each person at given prices of tasks: a longest path, since its tasks do not overlap."""

from __future__ import annotations

import numpy as np

from portfolio.planning.optimiser.room import Floats, Ints
from portfolio.planning.optimiser.shifts.tasks import Shift, Tasks

EPSILON = 1e-9


def best_shifts(tasks: Tasks, prices: Floats, persons: Ints) -> tuple[Floats, list[Shift]]:
    """For each of the persons the most that the tasks of a shift sum up to, and that shift.

    Tasks are taken in or not in the order of their ends, for all persons side by side.
    """
    priced = np.flatnonzero(prices > EPSILON)
    before = np.searchsorted(tasks.last[priced], tasks.first[priced])  # how many of them end before each begins
    worth = np.where(tasks.able[np.ix_(priced, persons)], prices[priced, None], -np.inf)
    most = np.zeros((len(priced) + 1, len(persons)))
    latest = np.zeros(most.shape, dtype=np.int64)
    """The last task taken of the first so many, counted from 1."""
    for number, earlier in enumerate(before.tolist()):
        taking = most[earlier] + worth[number]
        np.maximum(taking, most[number], out=most[number + 1])
        latest[number + 1] = np.where(taking > most[number], number + 1, latest[number])
    return most[-1], [(int(person), _path(latest[:, place], before, priced)) for place, person in enumerate(persons)]


def _path(latest: Ints, before: Ints, priced: Ints) -> tuple[int, ...]:
    path: list[int] = []
    at = int(latest[-1])
    while at:
        path.append(int(priced[at - 1]))
        at = int(latest[before[at - 1]])
    return tuple(reversed(path))
