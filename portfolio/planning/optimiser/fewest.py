"""The fewest persons, as an integer programme over options says it: who works is used, and all needs are covered."""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Ints


def suits(options: Options) -> bool:
    """Whether any way to cover all needs is as good as any other but for the persons it takes."""
    named = all(need.candidates is not None for need in options.instance.needs)
    return named and options.instance.goals.levels[:2] == (Level.COVERAGE, Level.PERSONS_USED)


def use_rows(options: Options) -> Iterator[tuple[int, Ints, int]]:
    """For each person and each week that tells most: the options running then, and how many fit together at most."""
    for person in range(len(options.instance.persons)):
        own = np.arange(options.begins[person], options.begins[person + 1])
        weeks = np.unique(options.first[own])
        if not len(weeks):
            continue
        running = (options.first[own] <= weeks[:, None]) & (weeks[:, None] <= options.last[own])
        implied = ~(running[:-1] & ~running[1:]).any(axis=1)  # all of them still run at the next beginning
        for place in np.flatnonzero(~np.append(implied, False)).tolist():
            together = own[running[place]]
            yield person, together, _at_once(options, person, int(weeks[place]), together)


def _at_once(options: Options, person: int, week: int, running: Ints) -> int:
    """How many of the running options the person can take together at most."""
    by_share = np.sort(options.share[running]).cumsum()
    fitting = int((by_share <= options.room.free[person, week]).sum())
    return max(1, min(fitting, int(options.room.parallel[person, week])))


def cover_all(model: highspy.Highs, options: Options) -> None:
    """Every need of the options is taken exactly once; the rows of needs come first in the model."""
    number = len(options.instance.needs)
    lower = np.full(number, -highspy.kHighsInf)
    lower[np.unique(options.need)] = 1.0
    model.changeRowsBounds(number, np.arange(number, dtype=np.int32), lower, np.ones(number))  # type: ignore[attr-defined]
