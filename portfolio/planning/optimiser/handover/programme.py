"""The best use of some parts: an integer programme for a few needs at a time, everything else fixed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import highspy
import numpy as np

from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.handover.parts import Field, Wanted
from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import week_rows
from portfolio.planning.optimiser.room import Floats, Ints


class Programme:
    """A binary for each part, and one for each week in which a need's window may begin where there are several."""

    def __init__(self, work: Field, parts: Options) -> None:
        self._parts = parts
        self._columns = len(parts)
        self._rows = Rows()
        by_need = np.argsort(parts.need, kind="stable")
        begins = np.searchsorted(parts.need[by_need], np.arange(len(parts.instance.needs) + 1))
        for place, wanted in work.wanted(np.unique(parts.need).tolist()):
            self._add_need(wanted, by_need[begins[place] : begins[place + 1]])
        for row in week_rows(parts):
            self._rows.add(row.options, row.amounts, row.limit)
        self._add_pairs()

    def hold(self, worth: Floats, floor: float) -> None:
        """Take only parts that are worth `floor` or more together."""
        chosen = np.flatnonzero(worth)
        self._rows.add(chosen, -worth[chosen], -floor)

    def solve(self, worth: Floats, limits: Limits, start: Sequence[int]) -> tuple[int, ...]:
        """The best parts found, at least as good as those to start with."""
        model = solver()
        self._rows.into(model, columns=self._columns, upper=1.0)
        columns = np.arange(self._columns, dtype=np.int32)
        model.changeColsIntegrality(len(columns), columns, np.full(len(columns), highspy.HighsVarType.kInteger))
        model.changeColsCost(len(worth), columns[: len(worth)], worth)
        model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        limits.set_on(model)
        model.setOptionValue("mip_rel_gap", 1e-4)
        model.setOptionValue("presolve", "off")  # costs more than it saves on programmes this small
        self._begin_with(model, start)
        model.run()
        if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return tuple(start)
        taken = np.flatnonzero(np.array(model.getSolution().col_value)[: len(worth)] > 0.5)
        return tuple(taken.tolist()) if worth[taken].sum() >= worth[list(start)].sum() - 1e-6 else tuple(start)

    def _add_need(self, wanted: Wanted, parts: Ints) -> None:
        self._rows.add(parts, np.ones(len(parts)), float(wanted.persons))
        if wanted.whole:
            return
        first, last = self._parts.first[parts], self._parts.last[parts]
        share = self._parts.share[parts].astype(np.float64)
        if wanted.volume:
            self._rows.add(parts, self._parts.work[parts].astype(np.float64), float(wanted.work))
        windows = self._add_windows(wanted)
        fall = np.flatnonzero(wanted.share[1:] < wanted.share[:-1]) + 1
        for week in (
            np.union1d(first, fall).tolist() if len(windows) == 1 else range(int(first.min()), int(last.max()) + 1)
        ):
            running = (first <= week) & (week <= last)
            if not running.any():
                continue
            inside = [column for start, column in windows if start <= week < start + wanted.need.length]
            columns, amounts, limit = parts[running], share[running], float(wanted.share[week])
            if len(windows) > 1:
                columns = np.append(columns, inside)
                amounts = np.append(amounts, np.full(len(inside), -limit))
                limit = 0.0
            self._rows.add(columns, amounts, limit)

    def _add_windows(self, wanted: Wanted) -> list[tuple[int, int]]:
        """The starts and their columns, of which one is chosen; a single one needs no column."""
        if len(wanted.starts) == 1:
            return [(wanted.starts[0], -1)]
        columns = range(self._columns, self._columns + len(wanted.starts))
        self._columns = columns.stop
        self._rows.add(np.array(columns), np.ones(len(columns)), 1.0)
        return list(zip(wanted.starts, columns, strict=True))

    def _add_pairs(self) -> None:
        """Nobody has two parts of a need."""
        pair = self._parts.person * len(self._parts.instance.needs) + self._parts.need
        order = np.argsort(pair, kind="stable")
        begins = np.flatnonzero(np.diff(pair[order], prepend=-1, append=-1))
        for begin, end in pairwise(begins.tolist()):
            if end - begin > 1:
                self._rows.add(order[begin:end], np.ones(end - begin), 1.0)

    def _begin_with(self, model: highspy.Highs, start: Sequence[int]) -> None:
        """The parts alone; the solver works out the windows."""
        if start:
            values = np.zeros(len(self._parts))
            values[list(start)] = 1.0
            model.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)
