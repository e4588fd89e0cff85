"""The targets of the optimiser, each measured: what was asked, what came out, whether it is met."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from time import monotonic

from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.figures import fairness_price
from portfolio.planning.explain.gains import gains
from portfolio.planning.instance import Instance, Level
from portfolio.planning.optimiser.solve import Effort
from portfolio.planning.optimiser.solve import solve as solve_here
from portfolio.planning.score import score
from tests.bench.planning import runs, taskjuggler
from tests.bench.planning.bookings import allowed, bookings_of, needs_met, weighted
from tests.bench.planning.measured import (
    Chosen,
    Measured,
    at_most,
    gap_of,
    handed_over,
    middle,
    percent,
    public,
    several,
    stated,
    typical,
    whole,
    within,
)
from tests.bench.planning.runs import Refused, Run, by_hand, load, solve, with_goals
from tests.bench.planning.shifts import CLOCK, DAY, at_once, made_up

GREEDY = {"S1": 189_940, "M1": 3_342_210, "L1": 31_155_500}
"""What the greedy of the first prototype came to, which is not ours; the better of the two is the one to beat."""
PROVEN = {"gap-gap6-0": 525, "gap-gap12-0": 974, "gap-c05100": 1931, "gap-c10100": 1402, "gap-e05100": 12681}
"""Least costs of public instances that are proven elsewhere."""
GIGABYTE = 10**9


def small(chosen: Chosen) -> Iterator[Measured]:
    found = whole("S1", 10, chosen.times)
    proven = all(run.plan.status == "optimal" for run in found)
    yield Measured("S1 proven optimal", "yes", "yes" if proven else percent(gap_of(found)), proven)
    solving = within("S1, solving", middle(run.solving for run in found), 1)
    yield replace(solving, met=solving.met and proven)
    yield stated("S1, the whole command", f"{middle(run.seconds for run in found):.1f} s")


def medium(chosen: Chosen) -> Iterator[Measured]:
    found = whole("M1", 10, chosen.times)
    yield at_most("M1, gap in 10 s", gap_of(found), 0.0001)
    yield within("M1, first plan", middle(run.first for run in found), 0.5)


def large(chosen: Chosen) -> Iterator[Measured]:
    for seconds, limit in ((10, 0.03), (30, 0.01), (120, 0.001)):
        if seconds == 120 and chosen.quick:
            continue
        found = whole("L1", seconds, chosen.times)
        yield at_most(f"L1, gap in {seconds} s", gap_of(found), limit)
        memory = max(run.memory for run in found)
        yield Measured(f"L1, memory in {seconds} s", "≤ 0.5 GB", f"{memory / GIGABYTE:.2f} GB", memory <= GIGABYTE / 2)
    yield within("L1, first plan", middle(run.first for run in whole("L1", 10, chosen.times)), 1)


def greedy(chosen: Chosen) -> Iterator[Measured]:
    for name, seconds, gain in (("S1", 10, 0.08), ("M1", 10, 0.10), ("L1", 30, 0.09)):
        own = score(load(name), by_hand(name)).value
        best = max(own, GREEDY[name])
        ratio = middle(run.plan.value for run in whole(name, seconds, chosen.times)) / best - 1
        over = f"{name}, over the greedy ({own:,} ours, {GREEDY[name]:,} the prototype's)"
        yield Measured(over, f"≥ {100 * gain:g} %", percent(ratio, 1), ratio >= gain)


def handover(chosen: Chosen) -> Iterator[Measured]:
    for name, seconds, limit in (("S1", 25, 0.0), ("M1", 60, 0.03)):
        found = handed_over(name, seconds, chosen.times)
        yield at_most(f"{name} with hand-overs, gap in {seconds} s", gap_of(found), limit)
        alone = max(run.plan.value for run in whole(name, 10, chosen.times))
        more = min(run.plan.value for run in found) / alone - 1
        yield Measured(f"{name} with hand-overs, against whole", "≥ 0 %", percent(more, 2), more >= 0)


def focus(chosen: Chosen) -> Iterator[Measured]:
    problem = load("M1")
    before = middle(run.score.parallel_weeks for run in whole("M1", 10, chosen.times))
    found = several(chosen, with_goals(problem, Level.COVERAGE, Level.FOCUS, tolerance=0.01), 10)
    fewer = 1 - middle(run.score.parallel_weeks for run in found) / before
    yield Measured("M1, fewer parallel weeks at 1 % in 10 s", "≥ 40 %", percent(fewer, 1), fewer >= 0.4)
    current = by_hand("M1")
    stable = with_goals(problem, Level.COVERAGE, Level.CHANGES, tolerance=0.01, current=current)
    kept = middle(run.score.kept for run in several(chosen, stable, 10)) / len(current)
    what = f"M1, kept of the greedy's {len(current)} assignments at 1 %"
    yield Measured(what, f"≥ {percent(40 / 105, 0)}", percent(kept, 1), kept >= 40 / 105)


def generalised_assignment(chosen: Chosen) -> Iterator[Measured]:
    if chosen.public is None:
        yield stated("public instances", "not measured: `--public` says where they lie")
    for problem in public(chosen, Level.COST):
        found = several(chosen, problem, 15)
        cost, bound = middle(run.score.cost for run in found), found[0].bound(Level.COST)
        best = PROVEN.get(problem.name, bound)
        if best is None:
            yield stated(f"{problem.name}, cost in 15 s", f"{cost:g}")
        elif problem.name.startswith("gap-d"):  # type D, the hard one
            yield at_most(f"{problem.name}, over the least cost", cost / best - 1, 0.003)
        else:
            covered = all(len(run.plan.assignments) == len(problem.needs) for run in found)
            yield Measured(f"{problem.name}, cost in 15 s", f"{best:g}", f"{cost:g}", covered and cost <= best)


def shift_minimisation(chosen: Chosen) -> Iterator[Measured]:
    sizes = (40, 200) if chosen.quick else (40, 100, 200, 400, 600)
    for tasks, style, skilled in product(sizes, (DAY, CLOCK), (0.33, 0.66)):
        problem = made_up(tasks, skilled, style)
        yield _fewest(chosen, problem.instance, f"cut from {problem.workers}, ")
    for instance in public(chosen, Level.PERSONS_USED):
        yield _fewest(chosen, instance)


def _fewest(chosen: Chosen, problem: Instance, known: str = "") -> Measured:
    """Held against what is proven to be needed, which no published plan can be better than."""
    found = several(chosen, problem, 20)
    used, seconds = middle(run.score.persons_used for run in found), middle(run.solving for run in found)
    bounds = [bound for run in found if (bound := run.bound(Level.PERSONS_USED)) is not None]
    least = max([*bounds, at_once(problem)])
    plan = f"{used:g} persons after {seconds:.1f} s, {known}at least {least:g} needed"
    covered = all(len(run.plan.assignments) == len(problem.needs) for run in found)
    limit = 0.0 if len(problem.needs) <= 200 else 0.02
    line = at_most(f"{problem.name}: {len(problem.needs)} tasks, {plan}", used / least - 1, limit)
    return replace(line, met=line.met and covered)


def explanations(chosen: Chosen) -> Iterator[Measured]:
    problem = load("M1")
    plan = whole("M1", 10, chosen.times)[0].plan.assignments
    begun = monotonic()
    found = open_needs(problem, plan)
    yield within(f"M1, a reason for each of {len(found)} open needs", monotonic() - begun, 1)
    eased = sum(bool(need.relaxations) for need in found)
    checked = "each of them worked out again by `plan check`"
    yield Measured(f"M1, needs with a relaxation, {checked}", "where one exists", f"{eased} of {len(found)}", None)
    begun = monotonic()
    worth = sum(gain.person is None for gain in gains(problem))
    yield within(f"M1, what one more person with each of {worth} skills is worth", monotonic() - begun, 2)


def reliability(chosen: Chosen) -> Iterator[Measured]:
    problem = load("M1")
    times = max(chosen.times, 2)
    again = several(replace(chosen, times=times), problem, 600, "--effort", 20, "--workers", 1, "--seed", 1)
    plans = {run.plan.assignments for run in again}
    yield Measured(f"M1, different plans in {times} runs by effort", "1", str(len(plans)), len(plans) == 1)
    yield within("L1, until it is told to stop and has", middle(_until_stopped() for _ in range(chosen.times)), 1)
    try:
        found = solve(problem, 10, at=_kill_one)
        outcome, held = f"a plan with {percent(found.gap)}, checked", True
    except Refused as refusal:
        outcome, held = f"refused: {refusal}", True
    yield Measured("M1, one of two solving processes killed", "a plan or an error", outcome, held)


def fairness(chosen: Chosen) -> Iterator[Measured]:
    problem = load("M1")
    fair = several(chosen, with_goals(problem, Level.FAIRNESS, Level.COVERAGE, tolerance=0.01), 30)
    without = whole("M1", 10, chosen.times)[0]
    least = middle(run.score.of(Level.FAIRNESS) for run in fair)
    best = min((bound for run in fair if (bound := run.bound(Level.FAIRNESS)) is not None), default=None)
    if best is None:
        yield Measured("M1, the least served", "≤ 1 %", "no bound", False)
    else:
        yield at_most(f"M1, the least served ({percent(least, 1)}) below what is possible", 1 - least / best, 0.01)
    price = fairness_price(problem, fair[0].plan.assignments, without.plan.assignments)
    rise = f"from {percent(price.least_served_without, 1)} to {percent(price.least_served, 1)}"
    yield Measured("M1, the price of fairness", "stated", f"{percent(price.lost_ratio, 1)} of coverage, {rise}", None)


def beside_taskjuggler(chosen: Chosen) -> Iterator[Measured]:
    if taskjuggler.version() is None:
        yield stated("M1 beside TaskJuggler", "not measured: `tj3` is not installed")
        return
    yield from _beside("one person a need", typical(whole("M1", 10, chosen.times)))
    yield from _beside("hand-overs", typical(handed_over("M1", 60, chosen.times)))


def _beside(mode: str, ours: Run) -> Iterator[Measured]:
    """The same problem by TaskJuggler, counted by the same arithmetic."""
    problem = ours.instance
    found = taskjuggler.schedule(problem)
    theirs, own = found.bookings, bookings_of(problem, ours.plan.assignments)
    met, own_met = weighted(problem, theirs), percent(weighted(problem, own), 1)
    yield stated(
        f"M1, {mode}, weighted demand met",
        f"TaskJuggler {percent(met, 1)} in {found.seconds:.0f} s, ours {own_met} in {ours.seconds:.0f} s",
    )
    kept = percent(weighted(problem, allowed(problem, theirs)), 1)
    yield stated(f"M1, {mode}, left of it within our limits", f"TaskJuggler {kept}, ours {own_met}")
    for ratio in (0.8, 0.95):
        counts = f"TaskJuggler {needs_met(problem, theirs, ratio)}, ours {needs_met(problem, own, ratio)}"
        yield stated(f"M1, {mode}, of {len(problem.needs)} needs met to {percent(ratio, 0)}", counts)


@dataclass(frozen=True)
class Row:
    """A row of the table: about how many seconds one run of each thing takes, and those that a quick one leaves out."""

    title: str
    lines: Callable[[Chosen], Iterator[Measured]]
    seconds: int
    long: int = 0

    def seconds_of(self, chosen: Chosen) -> int:
        return chosen.times * (self.seconds + (0 if chosen.quick else self.long))


ROWS = {
    1: Row("S whole", small, 5),
    2: Row("M whole", medium, 15),
    3: Row("L whole", large, 50, long=125),
    4: Row("against greedy", greedy, 55),
    5: Row("hand-overs", handover, 110),
    6: Row("focus and stability", focus, 45),
    7: Row("generalised assignment", generalised_assignment, 0),
    8: Row("shift minimisation", shift_minimisation, 20, long=80),
    9: Row("explanations", explanations, 20),
    10: Row("repeatable, stopped, killed", reliability, 60),
    11: Row("fairness", fairness, 50),
    12: Row("beside TaskJuggler", beside_taskjuggler, 140),
}


def _until_stopped() -> float:
    """Seconds from saying stop, two seconds into a run, to having the plan."""
    said: list[float] = []
    begun = monotonic()

    def cancelled() -> bool:
        if monotonic() - begun < 2:
            return False
        said.append(monotonic())
        return True

    solve_here(load("L1"), Effort(seconds=60), cancelled=cancelled)
    return monotonic() - max(said[0], begun + 2)


def _kill_one(process: int) -> None:
    os.kill(runs.solving(process)[0], signal.SIGKILL)
