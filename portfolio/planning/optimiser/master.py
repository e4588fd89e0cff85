"""The master programme: one schedule for each person, each need at most once, the goals held that came before.

Its columns are the schedules found so far. Its linear relaxation gives prices to the search for better ones; with the
columns whole it gives a plan. This is Dantzig-Wolfe decomposition (1960); the bound from any prices, found or mixed, is
Lagrange's: what the rows give away at these prices plus the best each person could do at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.linear import solver
from portfolio.planning.optimiser.measures import Measure
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Floats, Ints
from portfolio.planning.optimiser.schedules import Prices, Scheduler
from portfolio.planning.optimiser.shares import RATIO, Shares

_INFINITE = highspy.kHighsInf


@dataclass(frozen=True)
class Target:
    """What the master is after: the most of `aim`, with each `held` measure (locks not counted) at its floor or more.

    `least_served` and `most_used` are bounds on what FAIRNESS and BALANCE measure, as ratios of 1.
    """

    aim: Measure
    held: tuple[tuple[Measure, float], ...] = ()
    least_served: float = 0.0
    most_used: float = 1.0

    def hold(self, measure: Measure, floor: float) -> Target:
        """The same with one goal more that must not fall below `floor`."""
        if measure.level is Level.FAIRNESS:
            return replace(self, least_served=floor / RATIO)
        if measure.level is Level.BALANCE:
            return replace(self, most_used=-floor / RATIO)
        return replace(self, held=(*self.held, (measure, floor)))


@dataclass(frozen=True, slots=True)
class Whole:
    """A plan from the columns of a master, and whether it is the best they allow."""

    schedules: tuple[Schedule, ...]
    value: float
    best: bool


@dataclass(frozen=True)
class RowPrices:
    """A price for each row of the master, none below 0."""

    need: Floats
    held: Floats
    organisation: Floats
    use: Floats

    def mixed(self, other: RowPrices, weight: float) -> RowPrices:
        """Between these and the other ones, which count for `weight`."""
        pairs = zip(self._all, other._all, strict=True)
        return RowPrices(*((1 - weight) * mine + weight * theirs for mine, theirs in pairs))

    @property
    def _all(self) -> tuple[Floats, ...]:
        return self.need, self.held, self.organisation, self.use


class Master:
    """The programme for one target; columns are added as they are found."""

    def __init__(self, options: Options, scheduler: Scheduler, target: Target, levels: Iterable[Level]) -> None:
        self._options, self._scheduler, self.target = options, scheduler, target
        self.shares = Shares(options)
        self._needs, self._persons = len(options.instance.needs), len(options.instance.persons)
        self._fair = Level.FAIRNESS in levels and len(self.shares.demand) > 0
        self._balanced = Level.BALANCE in levels
        self._known: dict[Schedule, None] = {}
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
        self._known.update(dict.fromkeys(fresh))
        rows, amounts, begins = self._entries(fresh)
        worth = self.target.aim.of(fresh, self._options, self._scheduler)
        number = len(fresh)
        upper = np.full(number, _INFINITE)
        self._model.addCols(number, worth, np.zeros(number), upper, len(rows), begins, rows, amounts)
        return number

    def solve(self) -> tuple[float, RowPrices]:
        """The value of the linear relaxation and the prices of its rows."""
        self._model.run()
        duals = np.maximum(np.array(self._model.getSolution().row_dual), 0.0)
        ends = np.cumsum(self._row_counts)
        need, _persons, held, organisation, use = np.split(duals, ends[:-1])
        return float(self._model.getObjectiveValue()), RowPrices(need, held, organisation, use)

    def prices(self, rows: RowPrices) -> tuple[Prices, Floats]:
        """What options and schedules are worth at these prices of rows, and what each person costs beside."""
        aim = self.target.aim
        option, person, parallel = aim.option - rows.need[self._options.need], aim.person.copy(), aim.parallel
        for (measure, _floor), price in zip(self.target.held, rows.held.tolist(), strict=True):
            option = option + price * measure.option
            person = person + price * measure.person
            parallel += price * measure.parallel
        if self._fair:
            price = np.append(rows.organisation, 0.0)[self.shares.organisation]  # the last one for those of none
            option = option + price * self.shares.served
        if self._balanced:
            option = option - rows.use[self._options.person] * self.shares.load
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

    def whole(self, limits: Limits, start: Sequence[Schedule] = (), *, likely: bool = False) -> Whole | None:
        """The best plan from these columns; None where they hold none.

        From the `likely` ones alone, those that the linear relaxation takes a part of and those of the plan to start
        with, it is found far sooner and nearly as good.
        """
        kept = self._likely(start) if likely else np.arange(len(self._known))
        model = self._model_of(kept)
        limits.set_on(model)
        if start and not self._ratios:  # ratios would have to be worked out; the solver finds a plan quickly without
            solution = highspy.HighsSolution()
            solution.col_value = np.isin(kept, self._numbers(start)).astype(np.float64).tolist()
            solution.value_valid = True
            model.setSolution(solution)
        model.run()
        info = model.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        taken = kept[np.array(model.getSolution().col_value)[self._ratios :] > 0.5].tolist()
        schedules = self.schedules
        best = model.getModelStatus() == highspy.HighsModelStatus.kOptimal and len(kept) == len(schedules)
        return Whole(tuple(schedules[place] for place in taken), float(info.objective_function_value), best)

    def _likely(self, start: Sequence[Schedule]) -> Ints:
        self._model.run()
        used = np.array(self._model.getSolution().col_value)[self._ratios :] > 1e-6
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

    def _numbers(self, plan: Iterable[Schedule]) -> list[int]:
        numbers = {schedule: number for number, schedule in enumerate(self._known)}
        return [numbers[schedule] for schedule in plan if schedule in numbers]

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
        held = [measure.of(schedules, self._options, self._scheduler) for measure, _ in self.target.held]
        first_held = self._needs + self._persons
        rows: list[int] = []
        amounts: list[float] = []
        begins = []
        for number, schedule in enumerate(schedules):
            begins.append(len(rows))
            entries = dict.fromkeys(self._options.need[list(schedule)].tolist(), 1.0)
            entries[self._needs + int(self._options.person[schedule[0]])] = 1.0
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
            entries[first + int(self._options.person[schedule[0]])] = float(self.shares.load[places].sum())
        return entries
