"""From an instance to a plan: starts the solving processes, listens to them, ends them in time, checks the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from math import floor, inf
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final

from portfolio.planning.instance import Assignment, Duals, Instance, Level, Mode, Plan, Status, Step
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.messages import (
    Better,
    Certificate,
    Done,
    Engine,
    Message,
    Order,
    Reached,
    Whole,
    proven,
)
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.processes import started
from portfolio.planning.optimiser.shifts import tasks as shifts
from portfolio.planning.problem import NeedKind
from portfolio.planning.rules import violations
from portfolio.planning.score import score

PROVABLE: Final = 5_000
"""Options of shifts with which branch and cut may still prove what their prices do not."""
GRACE: Final = 0.3
"""Seconds a process may take beyond its time before it is ended."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much may be spent: `seconds`, or `rounds`, which come to the same plan on every machine with one worker."""

    seconds: float = 30.0
    rounds: int | None = None
    workers: int = 2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: its best value, and the bound proven so far (None before there is one)."""

    seconds: float
    value: int
    bound: int | None


class SolverFailed(RuntimeError):
    """Every solving process ended without a word."""


def solve(
    instance: Instance,
    effort: Effort,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Plan:
    """The best plan found for an instance whose locks break no rule.

    Calls `on_progress` at every better plan or bound, and asks `cancelled` several times a second; told to stop, it
    returns the best plan so far. Raises SolverFailed when all solving processes die.
    """
    run, until = _Run(instance, on_progress), monotonic() + max(effort.seconds - GRACE, 0.1)
    messages: SimpleQueue[Message | None] = SimpleQueue()
    with ExitStack() as stack:
        # They start before there is anything to do: what is worked out meanwhile costs no time.
        workers = range(2 if effort.workers > 1 else 1)
        tells = [stack.enter_context(started("portfolio.planning.optimiser.child", messages)) for _ in workers]
        options = options_of(instance)
        run.offer(options.assignments(greedy(options)))
        if not len(options) and instance.goals.mode is Mode.WHOLE:
            run.settle()
            return run.plan(Status.OPTIMAL)
        for tell, order in zip(tells, _orders(options, effort, until), strict=True):
            tell(order)
        stopped = run.listen(messages, len(tells), effort, cancelled)
    return run.plan(Status.CANCELLED if stopped else Status.FEASIBLE)


def _orders(options: Options, effort: Effort, until: float) -> list[Order]:
    """Who does what: with two workers the engines work side by side, with one they take turns."""
    shares: list[tuple[Engine, ...]]
    if options.instance.goals.mode is Mode.HANDOVER:
        prices, start, better = Engine.PRICES, Engine.COLUMNS, Engine.REBUILD
        shares = [(start, better), (prices, better)] if effort.workers > 1 else [(prices, start, better)]
    elif shifts.suits(options):
        both = (Engine.SHIFTS, Engine.EXACT) if len(options) <= PROVABLE else (Engine.SHIFTS,)
        shares = [(Engine.SHIFTS,), both] if effort.workers > 1 else [both]
    else:
        engines = (Engine.COLUMNS, Engine.EXACT)
        shares = [(engine,) for engine in engines] if effort.workers > 1 else [engines]
    seeds = range(effort.seed, effort.seed + len(shares))
    return [
        Order(options.instance, share, until, effort.rounds, seed) for share, seed in zip(shares, seeds, strict=True)
    ]


@dataclass
class _Run:
    """What is known so far: the best plan, the bounds, and how they came."""

    instance: Instance
    on_progress: Callable[[Progress], None]
    best: tuple[Assignment, ...] = ()
    value: int = -1
    bound: float = inf
    trace: list[Step] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    certificate: Certificate | None = None
    whole: int | None = None
    _begun: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        # Where needs name their candidates, coverage counts them alike and bounds nothing else.
        self._bounds_value = all(need.candidates is None for need in self.instance.needs)
        if self._bounds_value:
            self.bound = _all_that_is_asked_for(self.instance)

    @property
    def elapsed(self) -> float:
        return monotonic() - self._begun

    def offer(self, assignments: tuple[Assignment, ...]) -> None:
        """Keep a plan that does more work than the best so far."""
        value = score(self.instance, assignments).value
        if value > self.value:
            self.best, self.value = assignments, value
            self._note()

    def settle(self) -> None:
        """There is no choice: what stands is the best."""
        found = score(self.instance, self.best)
        levels = [Reached(level, found.of(level), found.of(level), proven=True) for level in self.instance.goals.levels]
        self._take(Certificate(float(found.coverage), Duals({}, {}, {})))
        self._take(Done(tuple(levels), self.best))

    def listen(
        self, messages: SimpleQueue[Message | None], running: int, effort: Effort, cancelled: Callable[[], bool]
    ) -> bool:
        """Take in messages until all is proven, all processes ended, or time is up; whether it was cancelled."""
        deadline = inf if effort.rounds is not None else self._begun + effort.seconds
        heard = False
        while running and monotonic() < deadline:
            if cancelled():
                return True
            try:
                message = messages.get(timeout=min(0.2, max(deadline - monotonic(), 0.01)))
            except Empty:
                continue
            if message is None:
                running -= 1
                continue
            heard = True
            self._take(message)
            chosen = self._chosen() if isinstance(message, Done) else None
            if chosen is not None and proven(chosen.levels, self.instance):
                return False
        if not running and not heard:
            raise SolverFailed("every solving process ended without a result")
        return False

    def plan(self, status: Status) -> Plan:
        """The plan, checked against the rules."""
        chosen = self._chosen()
        alone = self.instance.goals.levels == (Level.COVERAGE,) and self._bounds_value
        assignments = chosen.assignments if chosen and not alone else self.best  # where work is all, the most of it
        broken = violations(self.instance, assignments)
        if broken:
            raise AssertionError(f"the optimiser broke a rule: {broken[0]}")
        found = score(self.instance, assignments)
        levels = self.instance.goals.levels
        others = [level for level in levels if level is not Level.COVERAGE]
        reached = chosen.levels if chosen else ()
        return Plan(
            instance=self.instance.name,
            assignments=assignments,
            value=found.value,
            status=Status.OPTIMAL if proven(reached, self.instance) else status,
            seconds=self.elapsed,
            bound=self._value_bound,
            trace=tuple(self.trace),
            dual_bound=self.certificate.bound if self.certificate else None,
            duals=self.certificate.duals if self.certificate else None,
            figures={level: abs(found.of(level)) for level in others},
            figure_bounds={
                level.level: abs(level.bound) for level in reached if level.bound < inf and level.level in others
            },
            whole_value=self.whole,
        )

    def _chosen(self) -> Done | None:
        """Of the plans the engines left, the one that is best by the levels in their order, with the bounds of all."""
        left = self.done
        for place in range(len(self.instance.goals.levels)):
            values = [done.levels[place].value if place < len(done.levels) else -inf for done in left]
            top = max(values, default=-inf)
            enough = self._enough(place, top)
            left = [done for done, value in zip(left, values, strict=True) if value >= enough]
        best = max(
            left, key=lambda done: (len(done.levels), done.levels[-1].value, -done.levels[-1].bound), default=None
        )
        return None if best is None else Done(self._joined(best.levels), best.assignments)

    def _enough(self, place: int, top: float) -> float:
        """What a plan must reach of a level whose best is `top`, so that the next ones count; see `target.Result`."""
        tolerance = self.instance.goals.tolerance
        enough = top - abs(top) * tolerance if top > -inf else top
        if place == 0 and self.instance.goals.levels[0] is Level.FAIRNESS:
            bound = min((done.levels[0].bound for done in self.done if done.levels), default=inf)
            return max(enough, min(top, bound * (1 - tolerance))) if bound < inf else enough
        return enough

    def _joined(self, levels: Sequence[Reached]) -> tuple[Reached, ...]:
        """Each level with the best bound that any engine proved, as long as no less of those before is held there."""
        joined: list[Reached] = []
        for place, level in enumerate(levels):
            others = [done.levels for done in self.done if len(done.levels) > place and _holds(joined, done.levels)]
            bound = min((other[place].bound for other in others), default=level.bound)
            joined.append(replace(level, bound=min(bound, level.bound), proven=level.proven or bound <= level.value))
        return tuple(joined)

    def _take(self, message: Message) -> None:
        match message:
            case Better():
                self._lower(message.bound)
                self.offer(message.assignments)
            case Whole():
                self.whole = score(self.instance, message.assignments).value
            case Certificate():
                self.certificate = message
                self._lower(message.bound)
            case Done():
                self.done.append(message)
                first = message.levels[0] if message.levels else None
                if first is not None and first.level is Level.COVERAGE:
                    self._lower(first.bound)
                    self.offer(message.assignments)

    def _lower(self, bound: float) -> None:
        if self._bounds_value and bound < self.bound:
            self.bound = bound
            self._note()

    def _note(self) -> None:
        bound = self._value_bound
        self.trace.append(Step(self.elapsed, self.value, bound))
        self.on_progress(Progress(self.elapsed, self.value, bound))

    @property
    def _value_bound(self) -> int | None:
        return None if self.bound == inf else max(floor(self.bound + 1e-6), self.value)


def _holds(levels: Sequence[Reached], others: Sequence[Reached]) -> bool:
    """Whether the others, proven, come to no more than these levels: what is possible with them, others allow too."""
    pairs = zip(levels, others, strict=False)
    return all(other.proven and other.value <= level.value for level, other in pairs)


def _all_that_is_asked_for(instance: Instance) -> float:
    """What no plan does more than: every need in full, by whoever is there on the most days."""
    days = max((days for person in instance.persons for days in person.presence), default=0)
    steady = [need for need in instance.needs if need.kind is NeedKind.STEADY]
    volumes = [need for need in instance.needs if need.kind is NeedKind.VOLUME]
    total = sum(instance.weight(need) * need.share * need.length * days for need in steady)
    return float(total + sum(instance.weight(need) * need.demand for need in volumes))
