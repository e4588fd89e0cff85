"""Fewer persons for the same needs, on made-up shifts."""

from dataclasses import replace
from time import monotonic

import pytest

from portfolio.planning.instance import Goals, Instance, Level
from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.exact import Exact
from portfolio.planning.optimiser.fewest import Fewer, packed, suits
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.bench.planning.shifts import at_once, shifts


def used(options: Options, places: tuple[int, ...]) -> int:
    return len(set(options.person[list(places)].tolist()))


@pytest.mark.parametrize("seed", range(4))
def test_persons_are_filled_one_after_the_other_within_the_rules(seed: int) -> None:
    problem = shifts(40, seed=seed)
    options = options_of(problem)
    plan = options.assignments(packed(options))
    assert violations(problem, plan) == ()
    assert len(plan) >= 36


@pytest.mark.parametrize("seed", range(4))
def test_the_same_needs_with_fewer_persons(seed: int) -> None:
    problem = shifts(60, seed=seed)
    options = options_of(problem)
    places = packed(options)
    found = Fewer(options, places, timed=False).run(lambda: True)
    assert sorted(options.need[list(found)]) == sorted(options.need[list(places)])
    assert violations(problem, options.assignments(found)) == ()
    assert at_once(problem) <= used(options, found) < used(options, places)


def test_the_same_again() -> None:
    options = options_of(shifts(40))
    again = [Fewer(options, packed(options), timed=False).run(lambda: True) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize("seed", range(3))
def test_it_is_as_good_as_branch_and_cut_alone(seed: int) -> None:
    problem = shifts(24, seed=seed)
    plan = solve(problem, Effort(rounds=200, workers=1))
    alone = solve(_by_skill(problem), Effort(rounds=2000, workers=1))
    assert score(problem, plan.assignments).persons_used == score(problem, alone.assignments).persons_used
    assert len(plan.assignments) == len(problem.needs)


def _by_skill(problem: Instance) -> Instance:
    """The same asked in a way that has no candidates, which branch and cut takes on as a whole."""
    able = {need.id: {candidate.person for candidate in need.candidates or ()} for need in problem.needs}
    persons = tuple(
        replace(person, skills={name: 1 for name, names in able.items() if person.id in names})
        for person in problem.persons
    )
    needs = tuple(replace(need, candidates=None, skill=need.id, level=1) for need in problem.needs)
    return replace(problem, persons=persons, needs=needs)


def test_it_is_for_candidates_and_numbers_of_persons_alone() -> None:
    problem = shifts(24)
    assert suits(options_of(problem))
    assert not suits(options_of(_by_skill(problem)))
    other = replace(problem, goals=Goals(levels=(Level.COVERAGE, Level.COST)))
    assert not suits(options_of(other))


def test_what_is_found_on_the_way_is_told_before_the_end() -> None:
    options = options_of(shifts(60))
    results = Exact(options).run(Budget(monotonic, 0.0, 200), ())
    told = [result for result in results if result.level is Level.PERSONS_USED]
    assert len(told) == 4
    assert [result.value for result in told] == sorted(result.value for result in told)
    assert [result.bound for result in told] == sorted((result.bound for result in told), reverse=True)
    assert all(len(result.places) == 60 for result in told)
