"""What the goals measure, always in the sense "more is better"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Floats
from portfolio.planning.optimiser.schedules import Scheduler


@dataclass(frozen=True)
class Measure:
    """A level as a sum over schedules.

    A schedule counts the sum of its options, less `parallel` for each parallel week, less `person` of whoever works.
    """

    level: Level
    option: Floats
    person: Floats
    parallel: float = 0.0

    def of(self, schedules: Sequence[Schedule], options: Options, scheduler: Scheduler) -> Floats:
        """The measure of each schedule."""
        if not schedules:
            return np.zeros(0)
        lengths = np.array([len(schedule) for schedule in schedules])
        begins = np.concatenate([[0], lengths.cumsum()[:-1]])
        places = np.concatenate([np.array(schedule) for schedule in schedules])
        sums = np.add.reduceat(self.option[places], begins) - self.person[options.person[places[begins]]]
        if not self.parallel:
            return np.asarray(sums)
        weeks = np.array([scheduler.parallel_weeks(schedule) for schedule in schedules])
        return np.asarray(sums - self.parallel * weeks)


def measure_of(level: Level, options: Options) -> Measure:
    """How a level is measured. FAIRNESS and BALANCE are no sums: the master measures them, here they are nothing."""
    zeros, persons = np.zeros(len(options)), np.zeros(len(options.instance.persons))
    match level:
        case Level.COVERAGE:
            return Measure(level, options.coverage.astype(np.float64), persons)
        case Level.COST:
            return Measure(level, -options.cost.astype(np.float64), persons)
        case Level.PERSONS:
            return Measure(level, zeros - 1, persons)
        case Level.FIT:
            return Measure(level, -(options.surplus * options.share * options.weeks).astype(np.float64), persons)
        case Level.CHANGES:
            return Measure(level, options.kept.astype(np.float64), persons)
        case Level.FOCUS:
            return Measure(level, zeros, persons, parallel=1.0)
        case Level.PERSONS_USED:
            busy = {lock.person for lock in options.instance.locked}
            idle = [float(person.id not in busy) for person in options.instance.persons]
            return Measure(level, zeros, np.array(idle))
        case _:
            return Measure(level, zeros, persons)
