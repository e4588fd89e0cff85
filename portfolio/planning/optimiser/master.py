"""The master programme: one schedule for each person, each need at most once, the goals held that came before.

Its columns are the schedules found so far. Its linear relaxation gives prices to the search for better ones; with the
columns whole it gives a plan. This is Dantzig-Wolfe decomposition (1960); the bound from any prices, found or mixed, is
Lagrange's: what the rows give away at these prices plus the best each person could do at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import Final

import highspy
import numpy as np
import numpy.typing as npt

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.linear import solver
from portfolio.planning.optimiser.measures import Measure
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Floats, Ints
from portfolio.planning.optimiser.schedules import Prices, Scheduler
from portfolio.planning.optimiser.shares import RATIO, RATIOS, Shares
from portfolio.planning.optimiser.target import Part, RowPrices, Target, Whole

_INFINITE = highspy.kHighsInf
BEYOND: Final = 0.25
"""What all organisations get beyond the least is worth this much of what the least gets."""
NEAR: Final = 1e-4
"""The gap, as a ratio, at which a part of a plan is as good as it gets."""


class Master:
    """The programme for one target; columns are added as they are found."""

    def __init__(self, options: Options, scheduler: Scheduler, target: Target, levels: Iterable[Level]) -> None:
        self.options, self._scheduler, self.target = options, scheduler, target
        self._aim = target.aim
        self.shares = Shares(options)
        self._needs, self._persons = len(options.instance.needs), len(options.instance.persons)
        self._fair = Level.FAIRNESS in levels and len(self.shares.demand) > 0
        self._balanced = Level.BALANCE in levels
        self._known: dict[Schedule, int] = {}
        self._model = solver()
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add_rows()
        self._add_ratios()

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        return tuple(self._known)

    def add(self, schedules: Iterable[Schedule]) -> int:
        """Add the schedules not there yet; how many there were."""
        fresh = [schedule for schedule in dict.fromkeys(schedules) if schedule and schedule not in self._known]
        if not fresh:
            return 0
        self._known.update(zip(fresh, range(len(self._known), len(self._known) + len(fresh)), strict=True))
        rows, amounts, begins = self._entries(fresh)
        worth = self._aim.of(fresh, self.options, self._scheduler)
        number = len(fresh)
        upper = np.full(number, _INFINITE)
        self._model.addCols(number, worth, np.zeros(number), upper, len(rows), begins, rows, amounts)
        return number

    def prefer(self, option: npt.ArrayLike) -> None:
        """Count what options are worth beside the aim; bounds hold again once that is taken back with 0."""
        self._aim = replace(self.target.aim, option=self.target.aim.option + np.asarray(option, dtype=np.float64))
        places = np.arange(self._ratios, self._ratios + len(self._known), dtype=np.int32)
        worth = self._aim.of(self.schedules, self.options, self._scheduler)
        self._model.changeColsCost(len(places), places, worth)

    def solve(self) -> tuple[float, RowPrices]:
        """The value of the linear relaxation and the prices of its rows."""
        self._model.run()
        duals = np.maximum(np.array(self._model.getSolution().row_dual), 0.0)
        ends = np.cumsum(self._row_counts)
        need, _persons, held, organisation, use = np.split(duals, ends[:-1])
        return float(self._model.getObjectiveValue()), RowPrices(need, held, organisation, use)

    def prices(self, rows: RowPrices) -> tuple[Prices, Floats]:
        """What options and schedules are worth at these prices of rows, and what each person costs beside."""
        aim = self._aim
        option, person, parallel = aim.option - rows.need[self.options.need], aim.person.copy(), aim.parallel
        for (measure, _floor), price in zip(self.target.held, rows.held.tolist(), strict=True):
            option = option + price * measure.option
            person = person + price * measure.person
            parallel += price * measure.parallel
        if self._fair:
            price = np.append(rows.organisation, 0.0)[self.shares.organisation]  # the last one for those of none
            option = option + price * self.shares.served
        if self._balanced:
            option = option - rows.use[self.options.person] * self.shares.load
        return Prices(option, parallel), person

    def bound(self, rows: RowPrices, best: Floats) -> float:
        """What no solution exceeds, by the best schedules of persons at these prices (0 or more each)."""
        total = float(rows.need.sum() + best.sum())
        total -= sum(price * floor for price, (_, floor) in zip(rows.held.tolist(), self.target.held, strict=True))
        if self._fair:
            total += float(rows.organisation @ self.shares.locked_served)
            per_ratio = self._aims_at(Level.FAIRNESS) - float(rows.organisation @ self.shares.demand)
            total += max(per_ratio, per_ratio * self.target.least_served)
        if self._balanced:
            total -= float(rows.use @ self.shares.locked_load)
            per_ratio = float(rows.use @ self.shares.room) - self._aims_at(Level.BALANCE)
            total += max(per_ratio * self.target.most_used, 0.0)
        return float(total)

    def best_known(self, prices: Prices) -> Floats:
        """The worth of the best schedule of each person among those there are, 0 or more."""
        best = np.zeros(self._persons)
        if self._known:
            measure = Measure(Level.COVERAGE, prices.option, np.zeros(self._persons), prices.parallel)
            persons = self.options.person[[schedule[0] for schedule in self._known]]
            np.maximum.at(best, persons, measure.of(self.schedules, self.options, self._scheduler))
        return best

    def value_of(self, schedules: Sequence[Schedule]) -> float:
        """What a plan comes to for the aim; without end below where that is not worked out here."""
        if self.raises_least:
            return RATIO * self.shares.least_served([place for schedule in schedules for place in schedule])
        if self.target.aim.level in RATIOS:
            return -inf
        return float(self.target.aim.of(schedules, self.options, self._scheduler).sum())

    def whole(
        self, limits: Limits, start: Sequence[Schedule] = (), *, likely: bool = False, part: Part | None = None
    ) -> Whole | None:
        """The best plan from these columns, or the start with a part of it made better; None where they hold none.

        From the `likely` ones alone, those that the linear relaxation takes a part of and those of the plan to start
        with, it is found far sooner and nearly as good.
        """
        kept = self._kept(start, likely=likely, part=part)
        model = self._model_of(kept)
        limits.set_on(model)
        if part is not None:
            self._keep(model, kept, start, part)
        if start:
            self._begin_with(model, kept, start, 0.0 if part is None else part.beyond)
        model.run()
        info = model.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(model.getSolution().col_value)[self._ratios : self._ratios + len(kept)]
        schedules = self.schedules
        taken = tuple(schedules[place] for place in kept[values > 0.5].tolist())
        best = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        whole = best and (part is not None or len(kept) == len(schedules))
        return Whole(taken, float(info.objective_function_value), whole)

    def _kept(self, start: Sequence[Schedule], *, likely: bool, part: Part | None) -> Ints:
        """The columns to choose from."""
        used = np.full(len(self._known), part is None and not likely)
        if likely:
            self._model.run()
            used = np.array(self._model.getSolution().col_value)[self._ratios :] > 1e-6
        if part is not None:
            used[part.allowed] = True
        used[self._numbers(start)] = True
        return np.flatnonzero(used)

    def _model_of(self, kept: Ints) -> highspy.Highs:
        """The programme in whole numbers over these of the columns."""
        model = solver()
        model.passModel(self._model.getModel())
        dropped = np.setdiff1d(np.arange(len(self._known)), kept) + self._ratios
        model.deleteCols(len(dropped), dropped.astype(np.int32))
        places = np.arange(self._ratios, self._ratios + len(kept), dtype=np.int32)
        model.changeColsIntegrality(len(places), places, np.full(len(places), highspy.HighsVarType.kInteger))
        model.setOptionValue("mip_rel_gap", 0.0)
        return model

    def _keep(self, model: highspy.Highs, kept: Ints, start: Sequence[Schedule], part: Part) -> None:
        """Leave a choice to the persons of the part; the others stay with what they have."""
        schedules = self.schedules
        person = self.options.person[[schedules[place][0] for place in kept.tolist()]]
        free = np.isin(person, person[np.isin(kept, part.allowed)])
        lower = (~free).astype(np.float64)  # of the others there are only the schedules of the start
        places = np.arange(self._ratios, self._ratios + len(kept), dtype=np.int32)
        model.changeColsBounds(len(places), places, lower, np.ones(len(places)))
        model.setOptionValue("mip_rel_gap", NEAR)
        for number in range(len(self.shares.demand) if self.raises_least else 0):
            row, amount = np.array([sum(self._row_counts[:3]) + number], dtype=np.int32), self.shares.demand[[number]]
            worth = RATIO * BEYOND / len(self.shares.demand)
            model.addCol(worth, 0.0, part.beyond, 1, row, amount)  # type: ignore[arg-type]  # its stubs want floats

    def _begin_with(self, model: highspy.Highs, kept: Ints, start: Sequence[Schedule], beyond: float) -> None:
        places = [place for schedule in start for place in schedule]
        values = np.zeros(model.getNumCol())
        values[self._ratios + np.flatnonzero(np.isin(kept, self._numbers(start)))] = 1.0
        if self._fair:
            served = self.shares.served_by(places)
            values[0] = served.min(initial=1.0)
            others = values[self._ratios + len(kept) :]
            others[:] = np.clip(served[: len(others)] - values[0], 0.0, beyond)
        if self._balanced:
            values[self._ratios - 1] = self.shares.most_used(places)
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        solution.value_valid = True
        model.setSolution(solution)

    def _numbers(self, schedules: Sequence[Schedule]) -> list[int]:
        """Where these stand among the columns, those that do."""
        return [self._known[schedule] for schedule in schedules if schedule in self._known]

    @property
    def raises_least(self) -> bool:
        """Whether it is after the most for the organisation served least."""
        return self._fair and self.target.aim.level is Level.FAIRNESS

    @property
    def _row_counts(self) -> tuple[int, ...]:
        organisations = len(self.shares.demand) if self._fair else 0
        return self._needs, self._persons, len(self.target.held), organisations, self._persons if self._balanced else 0

    @property
    def _ratios(self) -> int:
        """How many columns are ratios instead of schedules: they stand first."""
        return int(self._fair) + int(self._balanced)

    def _aims_at(self, level: Level) -> float:
        return RATIO if self.target.aim.level is level else 0.0

    def _add_rows(self) -> None:
        upper = np.concatenate(
            [
                np.ones(self._needs + self._persons),
                np.array([-floor for _, floor in self.target.held]),
                self.shares.locked_served if self._fair else [],
                -self.shares.locked_load if self._balanced else [],
            ]
        )
        empty = np.zeros(0, dtype=np.int32)
        lower = np.full(len(upper), -_INFINITE)
        self._model.addRows(len(upper), lower, upper, 0, np.zeros(len(upper), dtype=np.int32), empty, np.zeros(0))

    def _add_ratios(self) -> None:
        counts = self._row_counts
        first = sum(counts[:3])
        if self._fair:
            rows = np.arange(first, first + counts[3], dtype=np.int32)
            self._model.addCol(
                self._aims_at(Level.FAIRNESS),
                self.target.least_served,
                1.0,
                len(rows),
                rows,
                self.shares.demand,  # type: ignore[arg-type]  # its stubs want floats
            )
        if self._balanced:
            rows = np.arange(first + counts[3], first + counts[3] + counts[4], dtype=np.int32)
            self._model.addCol(
                -self._aims_at(Level.BALANCE),
                0.0,
                self.target.most_used,
                len(rows),
                rows,
                -self.shares.room,
            )

    def _entries(self, schedules: Sequence[Schedule]) -> tuple[Ints, Floats, Ints]:
        """The columns of schedules: rows and amounts one after the other, and where each begins."""
        held = [measure.of(schedules, self.options, self._scheduler) for measure, _ in self.target.held]
        first_held = self._needs + self._persons
        rows: list[int] = []
        amounts: list[float] = []
        begins = []
        for number, schedule in enumerate(schedules):
            begins.append(len(rows))
            entries = dict.fromkeys(self.options.need[list(schedule)].tolist(), 1.0)
            entries[self._needs + int(self.options.person[schedule[0]])] = 1.0
            entries |= {first_held + place: -float(values[number]) for place, values in enumerate(held)}
            entries |= self._shares_of(schedule, first_held + len(held))
            rows += entries
            amounts += entries.values()
        return np.array(rows, dtype=np.int32), np.array(amounts), np.array(begins, dtype=np.int32)

    def _shares_of(self, schedule: Schedule, first: int) -> dict[int, float]:
        entries: dict[int, float] = {}
        places = list(schedule)
        if self._fair:
            pairs = zip(self.shares.organisation[places].tolist(), self.shares.served[places].tolist(), strict=True)
            for organisation, served in pairs:
                if organisation >= 0:
                    entries[first + organisation] = entries.get(first + organisation, 0.0) - served
            first += len(self.shares.demand)
        if self._balanced:
            entries[first + int(self.options.person[schedule[0]])] = float(self.shares.load[places].sum())
        return entries
