"""The fewest persons where one may do several things at a time: branch and cut from a plan of few."""

from dataclasses import replace
from time import monotonic

import pytest

from portfolio.planning.instance import Instance, Level
from portfolio.planning.optimiser.budget import Budget
from portfolio.planning.optimiser.exact import Exact
from portfolio.planning.optimiser.fewest import suits
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.bench.planning.shifts import at_once, halved, shifts
from tests.planning.instances import goals


@pytest.mark.parametrize("seed", range(3))
def test_it_is_as_good_as_asking_by_skill(seed: int) -> None:
    problem = halved(shifts(24, seed=seed))
    plan = solve(problem, Effort(rounds=200, workers=1))
    alone = solve(_by_skill(problem), Effort(rounds=2000, workers=1))
    assert score(problem, plan.assignments).persons_used == score(problem, alone.assignments).persons_used
    assert len(plan.assignments) == len(problem.needs)


def test_all_are_covered_whatever_the_tolerance() -> None:
    problem = halved(shifts(24))
    loose = options_of(replace(problem, goals=replace(problem.goals, tolerance=0.2)))
    *_, last = Exact(loose).run(Budget(monotonic, 0.0, 200), ())
    assert len(last.places) == 24


def _by_skill(problem: Instance) -> Instance:
    """The same asked in a way that has no candidates."""
    able = {need.id: {candidate.person for candidate in need.candidates or ()} for need in problem.needs}
    persons = tuple(
        replace(person, skills={name: 1 for name, names in able.items() if person.id in names})
        for person in problem.persons
    )
    needs = tuple(replace(need, candidates=None, skill=need.id, level=1, share=50) for need in problem.needs)
    return replace(problem, persons=persons, needs=needs)


def test_it_is_for_candidates_and_numbers_of_persons_alone() -> None:
    problem = shifts(24)
    assert suits(options_of(problem))
    assert not suits(options_of(_by_skill(problem)))
    assert not suits(options_of(replace(problem, goals=goals(Level.COVERAGE, Level.COST))))


def test_what_is_found_on_the_way_is_told_before_the_end() -> None:
    problem = halved(shifts(60))
    options = options_of(problem)
    told = [each for each in Exact(options).run(Budget(monotonic, 0.0, 200), ()) if each.level is Level.PERSONS_USED]
    assert len(told) == 3
    assert [result.value for result in told] == sorted(result.value for result in told)
    assert [result.bound for result in told] == sorted((result.bound for result in told), reverse=True)
    assert all(len(result.places) == 60 for result in told)
    assert violations(problem, options.assignments(told[-1].places)) == ()
    assert -told[-1].value >= at_once(problem) / 2
