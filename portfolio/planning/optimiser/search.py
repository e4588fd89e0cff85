"""The search in mode *whole*, level after level, by column generation; see `master` and `schedules` for its halves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import floor, inf
from typing import Final

import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.greedy import completed, rounded
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.least_served import relaxed
from portfolio.planning.optimiser.master import Master, RowPrices, Target
from portfolio.planning.optimiser.measures import Measure, measure_of
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import Relaxation
from portfolio.planning.optimiser.room import Floats
from portfolio.planning.optimiser.schedules import EPSILON, Scheduler
from portfolio.planning.optimiser.shares import RATIO, RATIOS

RELAXING: Final = 0.3
"""How much of the time may go into the linear relaxation."""
SETTLING: Final = 0.05
"""The same once its prices are settled: they are as well made exact where that is quick."""
SETTLED: Final = 5e-4
"""How little, as a ratio, more rows lower the relaxation when its prices are settled: good enough to begin with."""
QUICK: Final = (8, 12, 20)
"""How many options of each person the first rounds look at."""
ENOUGH: Final = 1e-7
"""The gap, as a ratio, at which prices are as good as the best."""
LOOK: Final = 0.003
"""How much better, as a ratio, the columns must have become for another look at whole plans."""
SMOOTH: Final = 0.6
"""How much of the best prices so far is kept in the next ones: they move less, and the bound falls faster."""
MOST_BEGINNINGS: Final = 1_000_000
MOST_SCHEDULES: Final = 150_000

FILLED: Final = frozenset({Level.COVERAGE, Level.FAIRNESS})
"""Levels that nothing more in a plan makes worse: while there are no others, whatever still fits is taken."""

Report = Callable[[Level, float, float, Sequence[Schedule]], None]
"""Told of every better plan and every better bound of a level: its value and bound, locks not counted."""


@dataclass
class Result:
    """What a level came to: its value and bound, locks not counted, ratios in millionths; the best plan's schedules."""

    level: Level
    value: float
    bound: float
    plan: tuple[Schedule, ...]
    known: tuple[Schedule, ...]
    """The schedules worth beginning the next level with."""


@dataclass
class Search:
    """One run over all levels of an instance."""

    options: Options
    budget: Budget
    report: Report
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._scheduler = Scheduler(self.options)
        self._relaxation = Relaxation(self.options)
        self.relaxed = self._relaxation.solve(self.options.coverage.astype(np.float64), self._relaxed_enough)
        self.rounded = rounded(self.options, self._relaxation.parts)

    def run(self, start: Iterable[int]) -> Iterator[Result]:
        """Take the levels in their order, from a first plan given by places of options."""
        goals = self.options.instance.goals
        plan = self._schedules_of(start)
        known: tuple[Schedule, ...] = plan
        target: Target | None = None
        for number, level in enumerate(goals.levels):
            measure = measure_of(level, self.options)
            target = (
                Target(measure) if target is None else _next_target(target, self.results[-1], measure, goals.tolerance)
            )
            levels = goals.levels[: number + 1]
            master = Master(self.options, self._scheduler, target, levels)
            master.add(known)
            with self.budget.part(len(goals.levels) - number):
                result = _LevelSearch(self, master, plan, levels).run()
            self.results.append(result)
            yield result
            plan, known = result.plan, result.known

    def _relaxed_enough(self, fall: float) -> bool:
        return not self.budget.within(RELAXING if fall > SETTLED else SETTLING)

    def _schedules_of(self, places: Iterable[int]) -> tuple[Schedule, ...]:
        by_person: dict[int, list[int]] = {}
        for place in places:
            by_person.setdefault(int(self.options.person[place]), []).append(int(place))
        return tuple(tuple(sorted(of_person)) for of_person in by_person.values())


def _next_target(target: Target, result: Result, aim: Measure, tolerance: float) -> Target:
    """The next aim, with what was reached held but for the tolerance."""
    floor_value = result.value - abs(result.value) * tolerance
    held = target.hold(target.aim, floor_value - EPSILON)
    return Target(aim, held.held, held.least_served, held.most_used)


class _LevelSearch:
    """The search for one level: rounds of prices and schedules, then whole plans, then a proof."""

    def __init__(self, search: Search, master: Master, plan: tuple[Schedule, ...], levels: Sequence[Level]) -> None:
        self._search, self._master, self._first = search, master, len(levels) == 1
        self._filled = set(levels) <= FILLED
        self._options, self._budget = search.options, search.budget
        self._scheduler = search._scheduler
        self._plan, self._bound = plan, inf
        self._value = -inf
        self._looked = -inf
        self._center: RowPrices | None = None
        self._center_bound = inf

    def run(self) -> Result:
        master = self._master
        self._take(self._plan)
        if self._first:
            self._begin()
        self._exact_rounds()
        self._whole(0.2, likely=True)
        self._whole(0.6)
        known = master.schedules
        if self._open and self._budget.left:
            self._prove()
        return Result(master.target.aim.level, self._value, self._bound, self._plan, (*known, *self._plan))

    @property
    def _open(self) -> bool:
        return self._rounded_bound > self._value + EPSILON

    @property
    def _rounded_bound(self) -> float:
        """The bound, which whole numbers cannot exceed by a fraction."""
        ratio = self._master.target.aim.level in RATIOS
        return self._bound if ratio or self._bound == inf else floor(self._bound + 1e-4)

    def _begin(self) -> None:
        """The bound that the prices of the relaxation give, and cheap rounds over the most promising options."""
        value, rows = self._master.solve()
        rows = self._relaxed(rows)
        if self._bound < inf:
            value, rows = self._better_prices(rows)
        for most in QUICK:
            while self._budget.goes_on():
                prices, _ = self._master.prices(rows)
                added = self._master.add(self._scheduler.quick(prices, most).schedules)
                value, fresh = self._master.solve()
                rows = fresh.mixed(rows, 0.5 if added else 0.0)
                if added * 25 < len(self._options.instance.persons) or self._gap(value) <= ENOUGH:
                    break
        self._look(value)

    def _relaxed(self, rows: RowPrices) -> RowPrices:
        """The prices to begin with, and a first bound, from the linear relaxation over single options."""
        level = self._master.target.aim.level
        if level is Level.COVERAGE:
            self._bound, need, _ = self._search.relaxed
            self._take(self._search._schedules_of(self._search.rounded))
            return replace(rows, need=need)
        if level is Level.FAIRNESS:
            limits = self._budget.limits(0.4)
            found = relaxed(self._options, self._master.shares, self._search._relaxation.week_rows, limits)
            self._bound = found.bound
            self._report()
            return replace(rows, need=found.need, organisation=found.organisation)
        return rows

    def _gap(self, value: float) -> float:
        """How far the master's value lies below the bound, as a ratio."""
        return (self._bound - value) / max(abs(value), 1.0)

    def _exact_rounds(self) -> None:
        """Rounds with the best schedules of all, until the prices are as good as the best or time is short."""
        rows, smooth = self._master.solve()[1], 0.0
        if self._center is not None:
            smooth = SMOOTH
            rows = rows.mixed(self._center, smooth)
        while self._budget.goes_on(0.6):
            known = len(self._master.schedules)
            value, fresh = self._better_prices(rows)
            added = len(self._master.schedules) > known
            if self._gap(value) <= ENOUGH or (not added and smooth == 0.0):
                break
            self._look(value)
            smooth = SMOOTH if added else 0.0
            rows = fresh.mixed(self._center or fresh, smooth)

    def _better_prices(self, rows: RowPrices) -> tuple[float, RowPrices]:
        """Schedules that are best at the prices, a bound, and what the master makes of them: its value and prices."""
        bound = self._exact_round(rows)
        if bound < self._center_bound:
            self._center, self._center_bound = rows, bound
        if bound < self._bound:
            self._bound = bound
            self._report()
        return self._master.solve()

    def _look(self, value: float) -> None:
        """On the way, a plan from the likely columns, where they have become worth it."""
        if self._first and (self._looked == -inf or value > self._looked + LOOK * abs(self._looked)):
            self._looked = value
            self._whole(0.1, likely=True)

    def _exact_round(self, rows: RowPrices) -> float:
        master = self._master
        prices, person = master.prices(rows)
        quick = self._scheduler.quick(prices, 16)
        known = np.maximum(np.maximum(quick.best, self._known_best(prices.option, prices.parallel)), 0.0)
        potential = self._search._relaxation.potential(prices.option)
        found = self._scheduler.best(prices, potential, known)
        best = np.where(found.complete, found.best, np.maximum(potential.upper, 0.0))
        bound = master.bound(rows, np.maximum(best - person, 0.0))
        master.add(quick.schedules)
        master.add(found.schedules)
        return bound

    def _known_best(self, worth: Floats, parallel: float) -> Floats:
        """The worth of the best schedule of each person among those of the master."""
        best = np.zeros(len(self._options.instance.persons))
        schedules = self._master.schedules
        if schedules:
            measure = Measure(Level.COVERAGE, worth, np.zeros(len(best)), parallel)
            values = measure.of(schedules, self._options, self._scheduler)
            persons = self._options.person[[schedule[0] for schedule in schedules]]
            np.maximum.at(best, persons, values)
        return best

    def _whole(self, part: float, *, likely: bool = False) -> bool:
        """A plan from the columns there are; whether it is the best they allow."""
        found = self._master.whole(self._budget.limits(part), self._plan, likely=likely)
        if found is None:
            return False
        self._take(found.schedules, found.value)
        return found.best

    def _take(self, schedules: tuple[Schedule, ...], value: float | None = None) -> None:
        """Keep a plan where it is better than the best so far."""
        if self._filled:
            schedules = self._search._schedules_of(completed(self._options, (p for s in schedules for p in s)))
            self._master.add(schedules)
            value = None
        if value is None:
            value = self._measured(schedules)
        if value > self._value + EPSILON:
            self._value, self._plan = value, schedules
            self._report()

    def _measured(self, schedules: tuple[Schedule, ...]) -> float:
        aim = self._master.target.aim
        if aim.level is Level.FAIRNESS:
            return RATIO * self._master.shares.least_served([place for schedule in schedules for place in schedule])
        if aim.level in RATIOS:
            return -inf
        return float(aim.of(schedules, self._options, self._scheduler).sum())

    def _prove(self) -> None:
        """Every schedule that a better plan could hold, and the best plan from these: then nothing is better."""
        if self._center is None:
            return
        prices, person = self._master.prices(self._center)
        potential = self._search._relaxation.potential(prices.option)
        known = np.maximum(self._known_best(prices.option, prices.parallel), 0.0)
        found = self._scheduler.best(prices, potential, known)
        best = np.maximum(found.best - person, 0.0)
        gap = self._master.bound(self._center, best) - self._value
        floor_of = best + person - gap
        schedules = self._scheduler.all_above(prices, potential, floor_of - EPSILON, MOST_BEGINNINGS)
        if schedules is None or len(schedules) > MOST_SCHEDULES or not found.complete.all():
            return
        self._master.add(schedules)
        if self._whole(0.95):
            self._bound = self._value
            self._report()

    def _report(self) -> None:
        if self._value > -inf:
            self._search.report(self._master.target.aim.level, self._value, self._rounded_bound, self._plan)
