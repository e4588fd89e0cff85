"""The work of a solving process: the engines of an order, one after the other.

Run as `python -m portfolio.planning.optimiser.child`, see `processes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, inf
from time import monotonic

from portfolio.planning.instance import Duals, Level, Mode
from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.duals import bound_of, duals_of
from portfolio.planning.optimiser.exact import MOST_ENTRIES, Exact, suits
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.handover import run as handover
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.linear import Seed
from portfolio.planning.optimiser.messages import (
    Better,
    Certificate,
    Done,
    Engine,
    Message,
    Order,
    Reached,
    proven,
)
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.processes import serve
from portfolio.planning.optimiser.search import Search
from portfolio.planning.optimiser.shares import RATIO, RATIOS
from portfolio.planning.optimiser.shifts import search as shifts
from portfolio.planning.score import Score, score

Send = Callable[[Message], None]
Work = Callable[[Budget, Sequence[int]], Iterator[tuple[Reached, tuple[int, ...]]]]


def work(order: Order, send: Send) -> None:
    """Run the engines of an order one after the other; a proof makes the ones after it needless."""
    Seed.value = order.seed
    if order.instance.goals.mode is Mode.HANDOVER:
        handover.work(order, send)
        return
    options = options_of(order.instance)
    run = _Run(options, score(order.instance, order.instance.locked), send)
    places: tuple[int, ...] = greedy(options)
    for number, engine in enumerate(order.engines):
        now = monotonic()
        deadline = now + (order.until - now) / (len(order.engines) - number)
        budget = Budget(monotonic, deadline, order.rounds)
        levels: tuple[Reached, ...] = ()
        for reached, better in run.by(engine)(budget, places):
            before = (level for level in levels if level.level is not reached.level)  # told again, it is better known
            levels, places = (*before, reached), better
            send(Done(levels, options.assignments(places)))
        if proven(levels, order.instance):
            return


@dataclass(frozen=True)
class _Run:
    """Engines on one set of options; `locked` is what the locks come to by themselves."""

    options: Options
    locked: Score
    send: Send

    def by(self, engine: Engine) -> Work:
        match engine:
            case Engine.EXACT:
                return self.exact
            case Engine.SHIFTS:
                return self.shifts
            case _:
                return self.columns

    def columns(self, budget: Budget, places: Sequence[int]) -> Iterator[tuple[Reached, tuple[int, ...]]]:
        levels: list[Reached] = []

        def report(level: Level, value: float, bound: float, plan: Sequence[Schedule]) -> None:
            found = _flat(plan)
            if level is Level.COVERAGE and not levels:
                self._send_work(bound, found)
            else:  # whatever comes at the end of the level may not come in time
                reached = self._reached(level, value, bound)
                self.send(Done((*levels, reached), self.options.assignments(found)))

        search = Search(self.options, budget, report)
        self.send(self._certificate(search))
        for result in search.run(places):
            levels.append(self._reached(result.level, result.value, result.bound))
            yield levels[-1], _flat(result.plan)

    def exact(self, budget: Budget, places: Sequence[int]) -> Iterator[tuple[Reached, tuple[int, ...]]]:
        if not suits(self.options):
            return
        programme = Exact(self.options)
        if programme.entries <= MOST_ENTRIES:
            for result in programme.run(budget, places):
                yield self._reached(result.level, result.value, result.bound), result.places

    def shifts(self, budget: Budget, places: Sequence[int]) -> Iterator[tuple[Reached, tuple[int, ...]]]:
        """All needs are covered if that is possible, whatever the tolerance; only then the persons count."""
        worth = zip(self.options.need.tolist(), self.options.coverage.tolist(), strict=True)
        of_needs = {self.options.instance.needs[need].id: float(coverage) for need, coverage in worth}
        all_of_it = Duals(of_needs, {}, {})
        self.send(Certificate(bound_of(self.options, all_of_it) + self.locked.coverage, all_of_it))
        told = -1
        for found in shifts.Search(self.options, budget, places).run():
            if found.coverage > told:
                yield self._reached(Level.COVERAGE, found.coverage, found.most_coverage), found.places
            told = found.coverage
            if found.coverage == found.most_coverage:
                yield self._reached(Level.PERSONS_USED, -found.used, -found.least), found.places

    def _send_work(self, bound: float, places: Sequence[int]) -> None:
        value = self.locked.value + int(self.options.value[list(places)].sum())
        self.send(Better(value, bound + self.locked.coverage, self.options.assignments(places)))

    def _reached(self, level: Level, value: float, bound: float) -> Reached:
        """With the locks; the ratios of FAIRNESS and BALANCE have them in already."""
        if level in RATIOS:
            return Reached(level, value / RATIO, bound / RATIO, bound - value <= 1.0)
        more = self.locked.of(level)
        limit = bound if bound == inf else floor(bound + 1e-4)
        return Reached(level, value + more, limit + more, limit - value <= 1e-6)

    def _certificate(self, search: Search) -> Certificate:
        _value, need, weeks = search.relaxed
        duals = duals_of(self.options, need, weeks)
        return Certificate(bound_of(self.options, duals) + self.locked.coverage, duals)


def _flat(plan: Sequence[Schedule]) -> tuple[int, ...]:
    return tuple(place for schedule in plan for place in schedule)


if __name__ == "__main__":
    serve(work)
