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
from portfolio.planning.optimiser.master import Master
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.regroup import LIMITS, Regrouping
from portfolio.planning.optimiser.relaxation import Relaxation
from portfolio.planning.optimiser.schedules import EPSILON, Scheduler
from portfolio.planning.optimiser.shares import RATIO, RATIOS
from portfolio.planning.optimiser.target import Result, RowPrices, Target

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
CLOSE: Final = 1e-4
"""The same where every organisation must get its share: whole plans come less close."""
NEARLY: Final = 0.01
"""The gap up to which a proof is tried where every organisation must get its share."""
TIE: Final = 0.02
"""How much all the work there is counts beside what the least served gets, where work is a later level."""
ROUGHLY: Final = 0.3
"""The part of the time that cheap rounds may take where they come slowly to an end."""
HARDEST: Final = 0.6
"""Into how much fewer parts the time is cut where all are to be served alike."""
MOST_SCHEDULES: Final = 150_000

FILLED: Final = frozenset({Level.COVERAGE, Level.FAIRNESS})
"""Levels that nothing more in a plan makes worse: while there are no others, whatever still fits is taken."""

Report = Callable[[Level, float, float, Sequence[Schedule]], None]
"""Told of every better plan and every better bound of a level: its value and bound, locks not counted."""


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
            target = Target(measure) if target is None else self.results[-1].held_in(target, measure, goals.tolerance)
            levels = goals.levels[: number + 1]
            master = Master(self.options, self._scheduler, target, levels)
            master.add(known)
            with self.budget.part(_parts(goals.levels[number:])):
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


def _parts(levels: Sequence[Level]) -> float:
    """Into how many parts the time left is cut for these levels; to serve all alike is the hardest of them."""
    return max(len(levels) * HARDEST, 1.0) if levels[0] is Level.FAIRNESS else len(levels)


class _LevelSearch:
    """The search for one level: rounds of prices and schedules, then whole plans, then a proof."""

    def __init__(self, search: Search, master: Master, plan: tuple[Schedule, ...], levels: Sequence[Level]) -> None:
        self._search, self._master, self._first = search, master, len(levels) == 1
        rest = search.options.instance.goals.levels[len(levels) :]
        self._tied = levels[-1] is Level.FAIRNESS and Level.COVERAGE in rest
        self._filled, self._fair = set(levels) <= FILLED, Level.FAIRNESS in levels
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
        known = master.schedules
        if self._fair:
            self._whole(0.1, likely=True)
            self._regroup(0.95)
        else:
            self._whole(0.2, likely=True)
            self._whole(0.6)
            known = master.schedules
        if self._open and self._budget.left and not (self._fair and self._gap(self._value) > NEARLY):
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
            while self._budget.goes_on(ROUGHLY if self._fair else 1.0):
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
            limits = self._budget.limits(0.6)
            found = relaxed(self._options, self._master.shares, self._search._relaxation.week_rows, limits)
            self._bound = found.bound
            self._report()
            self._center = replace(rows, need=found.need, organisation=found.organisation)
            return self._center
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
            if self._gap(value) <= (CLOSE if self._fair else ENOUGH) or (not added and smooth == 0.0):
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
        known = np.maximum(np.maximum(quick.best, self._master.best_known(prices)), 0.0)
        potential = self._search._relaxation.potential(prices.option)
        found = self._scheduler.best(prices, potential, known)
        best = np.where(found.complete, found.best, np.maximum(potential.upper, 0.0))
        bound = master.bound(rows, np.maximum(best - person, 0.0))
        master.add(quick.schedules)
        master.add(found.schedules)
        return bound

    def _whole(self, part: float, *, likely: bool = False) -> bool:
        """A plan from the columns there are; whether it is the best they allow."""
        found = self._master.whole(self._budget.limits(part), self._plan, likely=likely)
        if found is None:
            return False
        self._take(found.schedules, None if self._master.raises_least else found.value)
        return found.best

    def _regroup(self, part: float) -> None:
        """Choose the schedules of some persons again and again, until nothing more comes of it or time is short."""
        if self._center is None:
            return
        if self._tied:  # the work done counts a little as well, which is what comes next
            self._master.prefer(TIE * RATIO * self._options.coverage / max(self._search.relaxed[0], 1.0))
        regrouping = Regrouping(self._scheduler, self._search._relaxation, self._master, self._center)
        limits = replace(LIMITS, seconds=None) if self._budget.rounds is not None else LIMITS
        plan = self._plan
        while not self._suffices and not regrouping.exhausted and self._budget.goes_on(part):
            found = regrouping.step(plan, limits, (self._bound - self._value) / RATIO)
            if found is not None:
                regrouping.note(better=self._take(found))
                plan = found
        self._master.prefer(0.0)

    @property
    def _suffices(self) -> bool:
        """Whether nothing better is possible, or, for a share that may fall again by the tolerance, needed."""
        goals = self._options.instance.goals
        last = self._master.target.aim.level is goals.levels[-1]
        fall = 0.0 if last or not self._master.raises_least else goals.tolerance * self._bound
        return self._bound < inf and self._value >= self._rounded_bound - fall - EPSILON

    def _take(self, schedules: tuple[Schedule, ...], value: float | None = None) -> bool:
        """Keep a plan where it is better than the best so far; whether it is."""
        if self._filled:
            schedules = self._search._schedules_of(completed(self._options, (p for s in schedules for p in s)))
            self._master.add(schedules)
            value = None
        if value is None:
            value = self._master.value_of(schedules)
        better = value > self._value + EPSILON
        if better:
            self._value, self._plan = value, schedules
            self._report()
        return better

    def _prove(self) -> None:
        """Every schedule that a better plan could hold, and the best plan from these: then nothing is better."""
        if self._center is None:
            return
        prices, person = self._master.prices(self._center)
        potential = self._search._relaxation.potential(prices.option)
        known = np.maximum(self._master.best_known(prices), 0.0)
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
