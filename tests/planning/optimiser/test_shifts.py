"""The fewest persons for tasks, one at a time: against exhaustive search and against the shifts tasks were cut from."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random
from time import monotonic

import numpy as np
import pytest

from portfolio.planning.instance import Assignment, Candidate, Instance, Level, Status
from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.shifts.paths import best_shifts
from portfolio.planning.optimiser.shifts.search import Search
from portfolio.planning.optimiser.shifts.tasks import suits, tasks_of
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.bench.planning.shifts import CLOCK, DAY, Style, at_once, halved, made_up, shifts
from tests.planning.instances import goals, need, person

STYLES = pytest.mark.parametrize("style", [DAY, CLOCK], ids=lambda style: style.name)


def tiny(seed: int, tasks: int = 7, persons: int = 5) -> Instance:
    """Few tasks in few weeks, all of which somebody can do."""
    chance = Random(seed)
    needs = []
    for place in range(tasks):
        first = chance.randrange(6)
        able = chance.sample(range(persons), chance.randint(1, 3))
        candidates = tuple(Candidate(f"P{worker}", 100) for worker in able)
        needs.append(need(f"N{place}", first=first, last=min(first + chance.randrange(3), 7), candidates=candidates))
    people = tuple(person(f"P{worker}", weeks=8, free=100, max_parallel=1) for worker in range(persons))
    return Instance("tiny", 8, people, tuple(needs), goals=goals(Level.COVERAGE, Level.PERSONS_USED))


def fewest(problem: Instance) -> int | None:
    """By trying all sets of persons; None where not all needs can be covered."""
    names, busy = [each.id for each in problem.persons], {lock.person for lock in problem.locked}
    sets = ({*chosen, *busy} for number in range(len(names) + 1) for chosen in combinations(names, number))
    return min((len(chosen) for chosen in sets if covers(problem, chosen, problem.locked)), default=None)


def covers(problem: Instance, persons: set[str], plan: Sequence[Assignment]) -> bool:
    missing = [need for need in problem.needs if need.id not in {part.need for part in plan}]
    if not missing:
        return True
    first = missing[0]
    parts = [
        Assignment(first.id, candidate.person, first.first, first.last, 100)
        for candidate in first.candidates or ()
        if candidate.person in persons
    ]
    return any(not violations(problem, (*plan, part)) and covers(problem, persons, (*plan, part)) for part in parts)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_best_there_is(seed: int) -> None:
    problem = tiny(seed)
    plan = solve(problem, Effort(rounds=20, workers=1))
    best = fewest(problem)
    if best is None:
        assert len(plan.assignments) < len(problem.needs)
    else:
        assert score(problem, plan.assignments).persons_used == best == plan.figure_bounds[Level.PERSONS_USED]
        assert len(plan.assignments) == len(problem.needs)
        assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(6))
def test_whoever_works_anyhow_costs_nothing_more(seed: int) -> None:
    problem = tiny(seed, tasks=5)
    first = problem.needs[0]
    lock = Assignment(first.id, (first.candidates or ())[0].person, first.first, first.last, 100)
    problem = replace(problem, locked=(lock,))
    plan = solve(problem, Effort(rounds=20, workers=1))
    best = fewest(problem)
    assert best is None or score(problem, plan.assignments).persons_used == best


@STYLES
@pytest.mark.parametrize("seed", range(3))
def test_no_more_than_it_was_cut_from_and_proven(seed: int, style: Style) -> None:
    found = made_up(80, style=style, seed=seed)
    plan = solve(found.instance, Effort(rounds=20, workers=1))
    used = score(found.instance, plan.assignments).persons_used
    assert violations(found.instance, found.planted) == ()
    assert at_once(found.instance) <= plan.figure_bounds[Level.PERSONS_USED] <= used <= found.workers
    assert len(plan.assignments) == len(found.instance.needs)
    assert plan.status is Status.OPTIMAL


def test_with_two_workers_as_well() -> None:
    problem = shifts(60, 0.66, DAY)
    plan = solve(problem, Effort(seconds=30))
    assert plan.status is Status.OPTIMAL
    assert score(problem, plan.assignments).persons_used == at_once(problem)


def test_the_same_again() -> None:
    problem = shifts(60)
    again = [solve(problem, Effort(rounds=2, workers=1, seed=5)).assignments for _ in range(2)]
    assert again[0] == again[1]


@STYLES
def test_there_is_a_plan_for_all_when_time_is_up_at_once(style: Style) -> None:
    problem = shifts(120, style=style)
    options = options_of(problem)
    (found,) = {result.places for result in Search(options, Budget(monotonic, 0.0), ()).run()}
    assert violations(problem, options.assignments(found)) == ()
    assert len(found) == len(problem.needs)


@pytest.mark.parametrize("seed", range(20))
def test_the_best_shift_at_any_prices(seed: int) -> None:
    tasks = tasks_of(options_of(tiny(seed, tasks=8)))
    prices = np.random.default_rng(seed).random(8) * (np.arange(8) % 3 > 0)
    worth, found = best_shifts(tasks, prices, np.arange(5))
    for worker in range(5):
        apart = [
            chosen
            for number in range(9)
            for chosen in combinations(np.flatnonzero(tasks.able[:, worker]).tolist(), number)
            if all(tasks.last[one] < tasks.first[other] for one, other in pairwise(chosen))
        ]
        assert worth[worker] == pytest.approx(max(prices[list(chosen)].sum() for chosen in apart))
        assert found[worker][1] in apart
        assert prices[list(found[worker][1])].sum() == pytest.approx(worth[worker])


def test_all_are_covered_whatever_the_tolerance() -> None:
    problem = shifts(40)
    loose = replace(problem, goals=replace(problem.goals, tolerance=0.2))
    assert len(solve(loose, Effort(rounds=20, workers=1)).assignments) == 40


def test_as_much_as_possible_where_not_all_can_be_covered() -> None:
    problem = shifts(40)
    first, *others = problem.needs
    alone = replace(first, candidates=(first.candidates or ())[:1])
    needs = (alone, replace(alone, id="the same again"), *others)
    plan = solve(replace(problem, needs=needs), Effort(rounds=20, workers=1))
    assert len(plan.assignments) == 40


def test_it_is_for_tasks_alone() -> None:
    problem = shifts(24)
    unlimited = replace(problem, persons=tuple(replace(each, max_parallel=None) for each in problem.persons))
    later = tuple(replace(each, latest_first=each.first + 1) for each in problem.needs if each.last < 95)
    assert suits(options_of(problem))
    assert suits(options_of(unlimited))  # somebody with a share of 100 % has no room for another one
    assert not suits(options_of(halved(problem)))
    assert not suits(options_of(replace(problem, needs=later)))
    assert not suits(options_of(replace(problem, goals=goals(Level.COVERAGE, Level.COST))))
