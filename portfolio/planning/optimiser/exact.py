"""The integer programme over single options, level after level: branch and cut does the rest.

It wins where schedules are long (many small needs in one week) or hardly weigh against each other (fewest persons);
on large instances it is left to column generation, see `search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.budget import Budget, Limits
from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import add_needs, week_rows
from portfolio.planning.optimiser.room import Floats, Ints
from portfolio.planning.optimiser.shares import RATIO, Shares

LINEAR: Final = frozenset(
    {Level.COVERAGE, Level.COST, Level.PERSONS, Level.FIT, Level.CHANGES, Level.PERSONS_USED, Level.FAIRNESS}
)
"""The levels the programme can say: sums over options and persons, and what the least served organisation gets."""
MOST_ENTRIES: Final = 300_000


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
        for row in week_rows(options):
            rows.add(row.options, row.amounts, row.limit)
        if self._persons:
            self._add_use(rows)
        if self._shares is not None:
            self._add_service(rows, self._shares)
        self._model = solver()
        rows.into(self._model, columns=self._columns, upper=1.0)
        columns = np.arange(len(options) + self._persons, dtype=np.int32)
        kind = np.full(len(columns), highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(len(columns), columns, kind)
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._model.setOptionValue("mip_rel_gap", 0.0)

    @property
    def entries(self) -> int:
        return int(self._model.getNumNz())

    def run(self, budget: Budget, start: Iterable[int]) -> Iterator[LevelResult]:
        """Take the levels in their order; each is held, but for the tolerance, while the next one is raised."""
        goals = self._options.instance.goals
        places = tuple(start)
        for number, level in enumerate(goals.levels):
            with budget.part(len(goals.levels) - number):
                result = self._level(level, budget.limits(), places)
            yield result
            places = result.places
            self._hold(level, result.value - abs(result.value) * goals.tolerance)

    def _worth(self, level: Level) -> Floats:
        measure = measure_of(level, self._options)
        worth = np.zeros(self._columns)
        worth[: len(self._options)] = measure.option
        worth[len(self._options) : len(self._options) + self._persons] = -measure.person[: self._persons]
        if level is Level.FAIRNESS:
            worth[-1] = RATIO
        return worth

    def _level(self, level: Level, limits: Limits, start: Sequence[int]) -> LevelResult:
        worth = self._worth(level)
        columns = np.arange(len(worth), dtype=np.int32)
        self._model.changeColsCost(len(worth), columns, worth)
        limits.set_on(self._model)
        self._begin_with(start)
        self._model.run()
        info = self._model.getInfo()
        values = self._of(start)
        places, value = tuple(start), float(worth @ values)
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            taken = np.flatnonzero(np.array(self._model.getSolution().col_value)[: len(self._options)] > 0.5)
            found = float(worth @ self._of(taken.tolist()))
            if found >= value - 1e-6:
                places, value = tuple(taken.tolist()), found
        proven = self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        bound = value if proven else max(float(info.mip_dual_bound), value)
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

    def _hold(self, level: Level, floor: float) -> None:
        worth = self._worth(level)
        columns = np.flatnonzero(worth).astype(np.int32)
        self._model.addRow(floor - 1e-6, highspy.kHighsInf, len(columns), columns, worth[columns])

    def _add_service(self, rows: Rows, shares: Shares) -> None:
        """No organisation gets less than the ratio of what it asks for."""
        for organisation, demand in enumerate(shares.demand.tolist()):
            own = np.flatnonzero(shares.organisation == organisation)
            amounts = np.append(-shares.served[own], demand)
            rows.add(np.append(own, self._columns - 1), amounts, float(shares.locked_served[organisation]))

    def _add_use(self, rows: Rows) -> None:
        """Whoever works is used: in the weeks that tell most, all their options there against their one use."""
        options = self._options
        for person in range(self._persons):
            own = np.arange(options.begins[person], options.begins[person + 1])
            seen: set[tuple[int, ...]] = set()
            for week in np.unique(options.first[own]).tolist():
                running = own[(options.first[own] <= week) & (week <= options.last[own])]
                limit = self._at_once(person, week, running)
                if tuple(running.tolist()) not in seen:
                    seen.add(tuple(running.tolist()))
                    use = np.append(np.ones(len(running)), -float(limit))
                    rows.add(np.append(running, len(options) + person), use, 0.0)

    def _at_once(self, person: int, week: int, running: Ints) -> int:
        """How many of the running options the person can take together at most."""
        room = self._options.room
        by_share = np.sort(self._options.share[running]).cumsum()
        fitting = int((by_share <= room.free[person, week]).sum())
        return max(1, min(fitting, int(room.parallel[person, week])))
