"""What a rebuilt part of a plan is after, for every level, as a sum over parts beside what is kept.

For some levels that is the level itself, for the others the nearest sum: what counts in the end is the score.
"""

from __future__ import annotations

import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.handover.parts import Field
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Floats, before
from portfolio.planning.score import score

SUMS = frozenset({Level.COVERAGE, Level.COST, Level.PERSONS, Level.FIT, Level.CHANGES})
"""Levels that are sums over parts."""


def aim_of(level: Level, work: Field, parts: Options) -> Floats:
    """The worth of parts for a level, more is better, in the units of the level where it is a sum."""
    match level:
        case Level.FOCUS:
            return -_beside(work, parts)
        case Level.BALANCE:
            return -(parts.share * parts.weeks * _use(work)[parts.person])
        case Level.FAIRNESS:
            return np.asarray(parts.work * _least_served(work)[parts.need])
        case Level.PERSONS_USED:
            busy = np.array([person.id in {part.person for part in work.fixed} for person in work.instance.persons])
            return np.where(busy[parts.person], 0.0, -1.0)
        case _:
            return measure_of(level, parts).option


def _beside(work: Field, parts: Options) -> Floats:
    """Weeks of each part in which its person works on something that is kept."""
    weeks = before(work.load > 0)
    return np.asarray(weeks[parts.person, parts.last + 1] - weeks[parts.person, parts.first], dtype=np.float64)


def _use(work: Field) -> Floats:
    """The ratio of each person's free share that is kept for something."""
    total = np.array([max(sum(person.free), 1) for person in work.instance.persons], dtype=np.float64)
    return np.asarray(1.0 - work.room.free.sum(axis=1) / total)


def _least_served(work: Field) -> Floats:
    """1 for the needs of the organisation that gets least of what it asks for, little for the others."""
    served = score(work.instance, work.fixed).served
    least = min(served, key=lambda name: served[name], default=None)
    return np.array([1.0 if need.organisation == least else 0.01 for need in work.instance.needs])
