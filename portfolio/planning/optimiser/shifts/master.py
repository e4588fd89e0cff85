"""The master programme: shifts that cover each task, one a person at most, at the least price.

Solved by interior points without going to a vertex: the many solutions that are equally good make the simplex method
slow, and the prices in their middle lead to good columns from the first round on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.linear import solver
from portfolio.planning.optimiser.room import Bools, Floats
from portfolio.planning.optimiser.shifts.tasks import Shift, Tasks

HELP = 2.0
"""What it costs to leave a task to nobody, in persons: more than most are worth, so that in the end none is."""
_INFINITE = highspy.kHighsInf


@dataclass(frozen=True, slots=True)
class Solved:
    """The linear programme: `value` in persons, a price for each task and each person, how much of each shift."""

    value: float
    task: Floats
    person: Floats
    use: Floats


class Master:
    """Columns are added as they are found, and fixed on a dive."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._helps, self._persons = tasks.able.shape
        self._number: dict[Shift, int] = {}
        self._model = solver()
        for option, value in (("solver", "ipm"), ("run_crossover", "off")):
            self._model.setOptionValue(option, value)
        self._add_rows()

    @property
    def shifts(self) -> tuple[Shift, ...]:
        return tuple(self._number)

    def add(self, shifts: Iterable[Shift]) -> int:
        """Add those not there yet; how many there were."""
        fresh = [shift for shift in dict.fromkeys(shifts) if shift[1] and shift not in self._number]
        if not fresh:
            return 0
        self._number.update({shift: place for place, shift in enumerate(fresh, start=len(self._number))})
        entries = [[*tasks, self._helps + person] for person, tasks in fresh]
        lengths = np.array([len(rows) for rows in entries])
        begins = np.concatenate([[0], lengths.cumsum()[:-1]]).astype(np.int32)
        rows = np.concatenate(entries).astype(np.int32)
        price = self._tasks.price[[person for person, _ in fresh]]
        number = len(fresh)
        upper = np.full(number, _INFINITE)
        self._model.addCols(number, price, np.zeros(number), upper, len(rows), begins, rows, np.ones(len(rows)))
        return number

    def solve(self, limits: Limits) -> Solved | None:
        """The least price of covering all; None when there is no time for that."""
        limits.set_on(self._model)
        self._model.run()
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._model.getSolution()
        duals = np.array(solution.row_dual)
        task, person = np.maximum(duals[: self._helps], 0.0), np.maximum(-duals[self._helps :], 0.0)
        return Solved(self._model.getObjectiveValue(), task, person, np.array(solution.col_value)[self._helps :])

    def fix(self, shifts: Sequence[Shift], covered: Bools) -> None:
        """These shifts are worked; what is `covered` may be covered again for nothing."""
        self.add(shifts)
        places = np.array([self._helps + self._number[shift] for shift in shifts], dtype=np.int32)
        ones = np.ones(len(places))
        self._model.changeColsBounds(len(places), places, ones, ones)
        rows = np.flatnonzero(covered).astype(np.int32)
        self._bound_tasks(rows, -_INFINITE)

    def free(self) -> None:
        """No shift is fixed any more."""
        number = len(self._number)
        places = np.arange(self._helps, self._helps + number, dtype=np.int32)
        self._model.changeColsBounds(number, places, np.zeros(number), np.full(number, _INFINITE))
        self._bound_tasks(np.arange(self._helps, dtype=np.int32), 1.0)

    def _bound_tasks(self, rows: npt.NDArray[np.int32], least: float) -> None:
        number = len(rows)
        self._model.changeRowsBounds(  # type: ignore[attr-defined]  # missing in its stubs
            number, rows, np.full(number, least), np.full(number, _INFINITE)
        )

    def _add_rows(self) -> None:
        number = self._helps + self._persons
        lower = np.repeat([1.0, -_INFINITE], (self._helps, self._persons))
        upper = np.repeat([_INFINITE, 1.0], (self._helps, self._persons))
        none = np.zeros(0, dtype=np.int32)
        self._model.addRows(number, lower, upper, 0, np.zeros(number, dtype=np.int32), none, np.zeros(0))
        helps = np.arange(self._helps, dtype=np.int32)
        ones = np.ones(self._helps)
        self._model.addCols(self._helps, HELP * ones, 0 * ones, _INFINITE * ones, self._helps, helps, helps, ones)
