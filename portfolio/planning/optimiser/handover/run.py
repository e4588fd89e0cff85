"""The engines of mode *handover*, one after the other in a solving process: prices, a whole plan, better plans."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, inf
from time import monotonic
from typing import Final

from portfolio.planning.instance import Duals, Instance, Level
from portfolio.planning.optimiser.budget import Budget, Limits
from portfolio.planning.optimiser.duals import by_week
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.handover.annealing import Annealing
from portfolio.planning.optimiser.handover.descent import Descent
from portfolio.planning.optimiser.handover.least_served import least_served_bound
from portfolio.planning.optimiser.handover.parts import Field, eligible_of
from portfolio.planning.optimiser.handover.prices import Prices, Pricing
from portfolio.planning.optimiser.handover.search import Aim, Improvement
from portfolio.planning.optimiser.messages import Better, Certificate, Done, Engine, Message, Order, Reached, Whole
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.search import Search
from portfolio.planning.score import score

ROUGH: Final = 150
"""Steps after which prices are good enough to build plans by."""
STEPS: Final = 50
"""Steps of prices that make a round."""
REBUILDS: Final = 2
"""Times a plan is put together again in a round."""
SETTLED: Final = 1e-4
"""The scale of steps below which the bound falls no more."""
CHANGES: Final = 50
"""Changes of annealing between two looks at the clock."""
CHANGES_A_ROUND: Final = 500
ANNEALED: Final = 0.97
"""The part of the time for it; in the rest exact programmes look for what is left."""
PART_OF: Final = {Engine.PRICES: 0.4, Engine.COLUMNS: 0.25}
"""How much of the time left an engine may take; the others may take all of it."""
HOPED: Final = 0.9
"""The part of the bound that plans are thought to reach, as long as none does."""
SPARED: Final = frozenset({Level.PERSONS, Level.FOCUS})
"""Levels that many small changes can raise too."""
SECONDS: Final = 2.0
NODES: Final = 100
"""What one programme may take: seconds, or nodes where rounds are counted."""

Send = Callable[[Message], None]


def work(order: Order, send: Send) -> None:
    """Run the engines of an order one after the other."""
    run = _Run(order, send)
    for engine in order.engines:
        now = monotonic()
        budget = Budget(monotonic, now + (order.until - now) * PART_OF.get(engine, 1.0), order.rounds)
        match engine:
            case Engine.PRICES:
                if order.instance.goals.levels[0] is Level.FAIRNESS:
                    with budget.part(2):
                        run.bound_the_least(budget)
                run.lower_the_bound(budget, SETTLED)
                send(run.certificate())
            case Engine.COLUMNS:
                run.start_whole(budget)
            case _:
                run.rebuild(budget)


class _Run:
    """What is known in this process: prices, and the best plan so far."""

    def __init__(self, order: Order, send: Send) -> None:
        self._instance, self._rounds, self._send = order.instance, order.rounds, send
        self._field = Field(self._instance, self._instance.locked, eligible_of(self._instance))
        self._locked = score(self._instance, self._instance.locked)
        self._descent = Descent(Pricing(self._field))
        self._plan = Improvement(self._field, self._descent.pricing, order.seed)
        self._seed, self._steps = order.seed, 0
        self._most_of_least = inf

    @property
    def _bound(self) -> float:
        return self._descent.bound + self._locked.coverage

    def lower_the_bound(self, budget: Budget, settled: float, most: int | None = None) -> None:
        """Steps of prices until they settle, until there were `most`, or until the budget is used."""
        steps, told = 0, inf
        reached = score(self._instance, self._plan.assignments).coverage - self._locked.coverage
        while self._descent.scale > settled and (most is None or steps < most):
            if (self._rounds is None or steps % STEPS == 0) and not budget.goes_on():
                return
            bound = self._descent.step(max(reached, HOPED * self._descent.bound if self._descent.bound < inf else 0.0))
            steps += 1
            self._steps += 1
            if bound < 0.999 * told:
                told = bound
                self._tell()

    def bound_the_least(self, budget: Budget) -> None:
        """What the organisation served least gets at most, where that is what counts first."""
        self._most_of_least = least_served_bound(self._instance, budget.limits(0.3), budget.goes_on)
        value = score(self._instance, self._plan.assignments).of(Level.FAIRNESS)
        self._send(Done((self._reached(Level.FAIRNESS, value),), self._plan.assignments))

    def certificate(self) -> Certificate:
        """The bound of the best prices, rounded so that anyone can work it out again."""
        prices = self._descent.best.rounded()
        return Certificate(
            self._descent.pricing.value(prices).bound + self._locked.coverage, _duals(self._instance, prices)
        )

    def start_whole(self, budget: Budget) -> None:
        """Begin with the best plan in which one person takes each need whole."""
        options = options_of(self._instance)
        places = greedy(options)
        for result in Search(options, budget, lambda *_: None).run(places) if len(options) else ():
            places = tuple(place for schedule in result.plan for place in schedule)
        self._plan.assignments = options.assignments(places)
        self._send(Whole(self._plan.assignments))
        self._tell()

    def rebuild(self, budget: Budget) -> None:
        """Take the levels in their order; what was reached is held, but for the tolerance, while the next is raised."""
        goals = self._instance.goals
        with budget.part(8):
            self.lower_the_bound(budget, SETTLED, ROUGH - self._steps)
        self._plan.prices = self._descent.best
        if goals.levels[0] is Level.COVERAGE:
            with budget.part(len(goals.levels)):
                self._anneal(budget)
        held: tuple[tuple[Level, float], ...] = ()
        reached: tuple[Reached, ...] = ()
        for number, level in enumerate(goals.levels):
            if level in SPARED and goals.levels[:number] == (Level.COVERAGE,):
                with budget.part(len(goals.levels) - number):
                    self._spare(level, held[0][1], budget)
            with budget.part(len(goals.levels) - number):
                self._raise(Aim(level, held), budget)
            value = score(self._instance, self._plan.assignments).of(level)
            held = (*held, (level, value - abs(value) * goals.tolerance))
            reached = (*reached, self._reached(level, value))
            self._send(Done(reached, self._plan.assignments))

    def _anneal(self, budget: Budget) -> None:
        """From the plan there is, or from a better one built from nothing, by many small changes."""
        annealing = self._annealing = Annealing(self._field, self._descent.best, self._seed)
        annealing.start(annealing.draft.parts_of(self._plan.assignments))
        better, changes = True, CHANGES if self._rounds is None else CHANGES_A_ROUND
        while True:
            if better:
                self._plan.assignments = annealing.draft.assignments(annealing.best)
                self._tell()
            if not annealing.draft.sites or self._done(Aim(Level.COVERAGE)) or not budget.goes_on(ANNEALED):
                return
            better = annealing.run(changes, budget.used(ANNEALED))

    def _spare(self, level: Level, least: float, budget: Budget) -> None:
        """The same for fewer hand-overs or parallel weeks that do no less than the least work."""
        annealing, most = self._annealing, 1 if self._rounds is None else CHANGES_A_ROUND // CHANGES
        while annealing.draft.sites and budget.goes_on(ANNEALED):
            for _ in range(most):
                if annealing.spare(level, least - self._locked.coverage, budget.used(ANNEALED)):
                    self._plan.assignments = annealing.draft.assignments(annealing.best)

    def _raise(self, aim: Aim, budget: Budget) -> None:
        limits = Limits(seconds=SECONDS) if self._rounds is None else Limits(nodes=NODES)
        while budget.goes_on() and not self._done(aim):
            for _ in range(1 if self._rounds is None else REBUILDS):
                if self._plan.step(aim, limits) and aim.level is Level.COVERAGE:
                    self._tell()

    def _done(self, aim: Aim) -> bool:
        return aim.level is Level.COVERAGE and self._value >= floor(self._bound + 1e-4)

    @property
    def _value(self) -> int:
        return score(self._instance, self._plan.assignments).coverage

    def _tell(self) -> None:
        self._send(Better(score(self._instance, self._plan.assignments).value, self._bound, self._plan.assignments))

    def _reached(self, level: Level, value: float) -> Reached:
        bound = float(floor(self._bound + 1e-4)) if level is Level.COVERAGE and self._bound < inf else inf
        if level is Level.FAIRNESS and self._instance.goals.levels[0] is level:
            bound = self._most_of_least
        return Reached(level, value, bound, value >= bound - 1e-6)


def _duals(instance: Instance, prices: Prices) -> Duals:
    needs, persons = [need.id for need in instance.needs], [person.id for person in instance.persons]
    return Duals(
        need={needs[place]: price for place, price in enumerate(prices.once.tolist()) if price > 0},
        capacity=by_week(prices.capacity, persons),
        parallel=by_week(prices.parallel, persons),
        need_weeks=by_week(prices.week, needs),
    )
