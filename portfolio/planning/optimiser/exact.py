"""The integer programme over single options, level after level: branch and cut does the rest.

It wins where schedules are long (many small needs in one week) or hardly weigh against each other (fewest persons);
on large instances it is left to column generation, see `search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import Final

import highspy
import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser import fewest
from portfolio.planning.optimiser.budget import Budget, Limits
from portfolio.planning.optimiser.fewest import cover_all, use_rows
from portfolio.planning.optimiser.least_served import add_service
from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import add_needs, week_rows
from portfolio.planning.optimiser.room import Floats
from portfolio.planning.optimiser.shares import RATIO, Shares
from portfolio.planning.optimiser.shifts import tasks as shifts

LINEAR: Final = frozenset(
    {Level.COVERAGE, Level.COST, Level.PERSONS, Level.FIT, Level.CHANGES, Level.PERSONS_USED, Level.FAIRNESS}
)
"""The levels the programme can say: sums over options and persons, and what the least served organisation gets."""
RELAXING: Final = 0.5
"""How much of what is left after that may go into a bound by a linear programme."""
MOST_ENTRIES: Final = 300_000
JUMPING: Final = 0.35
"""How much of its time the solver may take to come to a first plan of few persons."""


@dataclass(frozen=True, slots=True)
class LevelResult:
    """What a level came to, locks not counted, in the sense "more is better"."""

    level: Level
    value: float
    bound: float
    places: tuple[int, ...]


def suits(options: Options) -> bool:
    """Whether the programme can say what the levels ask, and is small enough."""
    return set(options.instance.goals.levels) <= LINEAR and len(options) > 0


class Exact:
    """The programme: a binary for each option, one for each person where the fewest are asked for, and a ratio last."""

    def __init__(self, options: Options) -> None:
        self._options = options
        levels = options.instance.goals.levels
        self._persons = len(options.instance.persons) if Level.PERSONS_USED in levels else 0
        self._shares = Shares(options) if Level.FAIRNESS in levels else None
        self._columns = len(options) + self._persons + int(self._shares is not None)
        rows = Rows()
        add_needs(rows, options)
        fitting = self._add_use(rows) if self._persons else {}
        for row in week_rows(options):
            together = fitting.get(tuple(row.options.tolist()))
            if together is None or np.sort(row.amounts)[-together:].sum() > row.limit:  # else their use says as much
                rows.add(row.options, row.amounts, row.limit)
        if self._shares is not None:
            add_service(rows, self._shares, self._columns - 1)
        self._model = solver()
        rows.into(self._model, columns=self._columns, upper=1.0)
        self._whoever = fewest.suits(options)
        self._begun = shifts.suits(options)
        most = np.zeros(len(options.instance.needs))
        np.maximum.at(most, options.need, options.coverage.astype(np.float64))
        self._most_coverage = float(most.sum())
        columns = np.arange(len(options) + self._persons, dtype=np.int32)
        kind = np.full(len(columns), highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(len(columns), columns, kind)
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._model.setOptionValue("mip_rel_gap", 0.0)

    @property
    def entries(self) -> int:
        return int(self._model.getNumNz())

    def run(self, budget: Budget, start: Iterable[int]) -> Iterator[LevelResult]:
        """Take the levels in their order; each is held, but for the tolerance, while the next one is raised.

        A level may be told several times, each time as good as before or better.
        """
        goals = self._options.instance.goals
        places = tuple(start)
        for number, level in enumerate(goals.levels):
            with budget.part(len(goals.levels) - number):
                most = inf
                if number == 1 and self._whoever and not self._begun:  # else there is a good plan with its bound
                    for result in self._fewer(level, budget, places):
                        yield result
                        places, most = result.places, result.bound
                result = self._level(level, budget.limits(), places, most)
            yield result
            places = result.places
            self._hold(level, result.value, goals.tolerance)

    def _fewer(self, level: Level, budget: Budget, places: tuple[int, ...]) -> Iterator[LevelResult]:
        """A plan of few persons and a bound, told on the way: whatever comes last may not come in time."""
        most = 0.0  # whoever works anyhow is not counted
        places = self._jumped(level, budget.limits(JUMPING), places)
        yield self._so_far(level, places, most)
        yield self._so_far(level, places, min(self._relaxed(level, budget.limits(RELAXING)), most))

    def _so_far(self, level: Level, places: tuple[int, ...], most: float) -> LevelResult:
        value = float(self._worth(level) @ self._of(places))
        return LevelResult(level, value, max(most, value), places)

    def _jumped(self, level: Level, limits: Limits, start: tuple[int, ...]) -> tuple[int, ...]:
        """The first plan the solver comes to by itself, where that is the better one: its feasibility jump is quick."""
        worth = self._aim_at(level)
        limits.set_on(self._model)
        self._model.clearSolver()
        self._model.setOptionValue("mip_max_improving_sols", 1)
        self._model.run()
        self._model.setOptionValue("mip_max_improving_sols", highspy.kHighsIInf)
        found = self._found()
        return start if found is None or worth @ self._of(found) <= worth @ self._of(start) else found

    def _relaxed(self, level: Level, limits: Limits) -> float:
        """What a linear programme allows at most; without end when it is not solved in time."""
        self._aim_at(level)
        limits.set_on(self._model)
        self._model.setOptionValue("solve_relaxation", True)
        self._model.setOptionValue("solver", "ipm")  # ten times as quick here as the simplex method
        self._model.run()
        solved = self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = self._model.getObjectiveValue()
        self._model.setOptionValue("solve_relaxation", False)
        self._model.setOptionValue("solver", "choose")
        return floor(value + 1e-6) if solved else inf

    def _aim_at(self, level: Level) -> Floats:
        worth = self._worth(level)
        self._model.changeColsCost(len(worth), np.arange(len(worth), dtype=np.int32), worth)
        return worth

    def _found(self) -> tuple[int, ...] | None:
        """What the solver took, None where it came to nothing."""
        if self._model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(self._model.getSolution().col_value)
        return tuple(np.flatnonzero(values[: len(self._options)] > 0.5).tolist())

    def _worth(self, level: Level) -> Floats:
        measure = measure_of(level, self._options)
        worth = np.zeros(self._columns)
        worth[: len(self._options)] = measure.option
        worth[len(self._options) : len(self._options) + self._persons] = -measure.person[: self._persons]
        if level is Level.FAIRNESS:
            worth[-1] = RATIO
        return worth

    def _level(self, level: Level, limits: Limits, start: Sequence[int], most: float = inf) -> LevelResult:
        """Raise a level from the plan at `start`; nothing above `most` is possible."""
        worth = self._aim_at(level)
        limits.set_on(self._model)
        self._begin_with(start)
        values = self._of(start)
        places, value = tuple(start), float(worth @ values)
        if level is Level.COVERAGE:
            most = min(most, self._most_coverage)
        if value >= most - 1e-6:
            return LevelResult(level, value, value, places)
        self._model.run()
        info = self._model.getInfo()
        taken = self._found()
        if taken is not None and float(worth @ self._of(taken)) >= value - 1e-6:
            places, value = taken, float(worth @ self._of(taken))
        proven = self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        bound = value if proven else max(min(float(info.mip_dual_bound), most), value)
        return LevelResult(level, value, bound, places)

    def _of(self, places: Sequence[int]) -> Floats:
        values = np.zeros(self._columns)
        values[list(places)] = 1.0
        if self._persons:
            values[len(self._options) + self._options.person[list(places)]] = 1.0
        if self._shares is not None:
            values[-1] = self._shares.least_served(places)
        return values

    def _begin_with(self, places: Sequence[int]) -> None:
        solution = highspy.HighsSolution()
        solution.col_value = self._of(places).tolist()
        solution.value_valid = True
        self._model.setSolution(solution)

    def _hold(self, level: Level, value: float, tolerance: float) -> None:
        if level is Level.COVERAGE and self._whoever and value >= self._most_coverage - 1e-6:
            cover_all(self._model, self._options)  # whoever is named for a need is named to cover it
            return
        floor = value - abs(value) * tolerance
        worth = self._worth(level)
        columns = np.flatnonzero(worth).astype(np.int32)
        self._model.addRow(floor - 1e-6, highspy.kHighsInf, len(columns), columns, worth[columns])

    def _add_use(self, rows: Rows) -> dict[tuple[int, ...], int]:
        """Whoever works is used: all their options of a week against their one use, and how many fit together."""
        fitting = {}
        for person, running, limit in use_rows(self._options):
            use = np.append(np.ones(len(running)), -float(limit))
            rows.add(np.append(running, len(self._options) + person), use, 0.0)
            fitting[tuple(running.tolist())] = limit
        return fitting
