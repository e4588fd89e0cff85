"""The targets of the optimiser, each measured: what was asked, what came out, whether it is met."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median
from time import monotonic

from portfolio.planning.explain.explanation import open_needs
from portfolio.planning.explain.figures import fairness_price
from portfolio.planning.explain.gains import gains
from portfolio.planning.formats import read_instance
from portfolio.planning.instance import Instance, Level, Mode
from portfolio.planning.optimiser.solve import Effort
from portfolio.planning.optimiser.solve import solve as solve_here
from portfolio.planning.score import score
from tests.bench.planning import runs
from tests.bench.planning.runs import Refused, Run, by_hand, load, solve, with_goals
from tests.bench.planning.shifts import at_once, shifts

GREEDY = {"S1": 189_940, "M1": 3_342_210, "L1": 31_155_500}
"""What the greedy of the first prototype came to, which is not ours; the better of the two is the one to beat."""
PROVEN = {"gap-gap6-0": 525, "gap-gap12-0": 974, "gap-c05100": 1931, "gap-c10100": 1402, "gap-e05100": 12681}
"""Least costs of public instances that are proven elsewhere."""
GIGABYTE = 10**9


@dataclass(frozen=True)
class Chosen:
    """How thorough a bench is: runs of each thing, whether the long ones are left out, where public instances lie."""

    times: int = 3
    quick: bool = False
    public: Path | None = None


@dataclass(frozen=True)
class Measured:
    """A line of the table; `met` is None where there is nothing to hold it against."""

    what: str
    target: str
    measured: str
    met: bool | None


Row = Callable[[Chosen], Iterator[Measured]]


def several(chosen: Chosen, instance: Instance, seconds: float, *words: object) -> list[Run]:
    return [solve(instance, seconds, *words) for _ in range(chosen.times)]


@cache
def whole(name: str, seconds: float, times: int) -> Sequence[Run]:
    """Runs for the most work by one person a need; several rows look at them."""
    return several(Chosen(times), load(name), seconds)


def middle(values: Iterator[float] | Sequence[float]) -> float:
    return median(list(values))


def gap_of(found: Sequence[Run]) -> float:
    return middle(run.gap for run in found)


def percent(ratio: float, digits: int = 3) -> str:
    return f"{100 * ratio:.{digits}f} %"


def at_most(what: str, ratio: float, limit: float) -> Measured:
    return Measured(what, f"≤ {100 * limit:g} %", percent(ratio), ratio <= limit)


def within(what: str, seconds: float, limit: float) -> Measured:
    return Measured(what, f"≤ {limit:g} s", f"{seconds:.2f} s", seconds <= limit)


def small(chosen: Chosen) -> Iterator[Measured]:
    found = whole("S1", 10, chosen.times)
    proven = all(run.plan.status == "optimal" for run in found)
    yield Measured("S1 proven optimal", "yes", "yes" if proven else percent(gap_of(found)), proven)
    solving = within("S1, solving", middle(run.solving for run in found), 1)
    yield replace(solving, met=solving.met and proven)
    yield Measured("S1, the whole command", "–", f"{middle(run.seconds for run in found):.1f} s", None)


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
        problem = load(name)
        shared = replace(problem, goals=replace(problem.goals, mode=Mode.HANDOVER))
        try:
            found = several(chosen, shared, seconds)
        except Refused as refusal:
            yield Measured(f"{name} with hand-overs", "solved", f"not solved yet: {refusal}", False)
            continue
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
    for problem in public(chosen, Level.COST):
        found = several(chosen, problem, 15)
        cost, bound = middle(run.score.cost for run in found), found[0].bound(Level.COST)
        best = PROVEN.get(problem.name, bound)
        if best is None:
            yield Measured(f"{problem.name}, cost in 15 s", "–", f"{cost:g}", None)
        elif "d" in problem.name.removeprefix("gap-"):
            yield at_most(f"{problem.name}, over the least cost", cost / best - 1, 0.003)
        else:
            covered = all(len(run.plan.assignments) == len(problem.needs) for run in found)
            yield Measured(f"{problem.name}, cost in 15 s", f"{best:g}", f"{cost:g}", covered and cost <= best)


def shift_minimisation(chosen: Chosen) -> Iterator[Measured]:
    sizes = (40, 200) if chosen.quick else (40, 100, 200, 400, 600)
    made_up = (shifts(tasks, skilled) for tasks in sizes for skilled in (0.33, 0.66))
    for problem in (*made_up, *public(chosen, Level.PERSONS_USED)):
        found = several(chosen, problem, 20)
        used = middle(run.score.persons_used for run in found)
        bounds = [bound for run in found if (bound := run.bound(Level.PERSONS_USED)) is not None]
        least = max([*bounds, at_once(problem)])
        limit = 0.0 if len(problem.needs) <= 200 else 0.02
        what = f"{problem.name}: {len(problem.needs)} tasks, {used:g} persons, at least {least:g} needed"
        covered = all(len(run.plan.assignments) == len(problem.needs) for run in found)
        line = at_most(what, used / least - 1, limit)
        yield replace(line, met=line.met and covered)


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
    same = {run.plan.assignments for run in several(chosen, problem, 600, "--effort", 20, "--workers", 1, "--seed", 1)}
    yield Measured("M1, plans of as many runs by effort", "1", str(len(same)), len(same) == 1)
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


ROWS: dict[int, tuple[str, Row]] = {
    1: ("S whole", small),
    2: ("M whole", medium),
    3: ("L whole", large),
    4: ("against greedy", greedy),
    5: ("hand-overs", handover),
    6: ("focus and stability", focus),
    7: ("generalised assignment", generalised_assignment),
    8: ("shift minimisation", shift_minimisation),
    9: ("explanations", explanations),
    10: ("repeatable, stopped, killed", reliability),
    11: ("fairness", fairness),
}


def public(chosen: Chosen, level: Level) -> Iterator[Instance]:
    """Instances from elsewhere that ask for full coverage and then for this."""
    if chosen.public is not None:
        for path in sorted(chosen.public.glob("*.json")):
            text = path.read_text(encoding="utf-8")
            if "projektpool-instance" in text[:200]:
                problem = read_instance(text)
                if problem.goals.levels[:2] == (Level.COVERAGE, level):
                    yield replace(problem, name=path.stem)


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
