"""What one more person or a training is worth: estimates are differences of relaxations, exact ones of best plans."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.gains import exactly, gains
from portfolio.planning.explain.values import Gain
from portfolio.planning.instance import Instance
from portfolio.planning.optimiser.gains import estimates
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.relaxation import Relaxation
from portfolio.planning.optimiser.solve import Effort
from portfolio.planning.variants import skills_wanted, with_newcomer, with_training
from tests.planning.explain.plans import random_plan
from tests.planning.instances import HANDOVER, instance, need, part, person, random_candidates, random_instance, volume

ENOUGH = Effort(rounds=100, workers=1)


def test_one_more_does_what_nobody_can() -> None:
    problem = instance([person()], [need("A"), need("B", skill="L", share=60)])
    assert gains(problem) == (Gain("L", 2 * 60 * 20), Gain("L", 2 * 50 * 20, "P"), Gain("K", 0))


@pytest.mark.parametrize("goals", [HANDOVER, instance([], []).goals])
def test_nobody_at_all_gains_most(goals: object) -> None:
    problem = replace(instance([], [need(), volume("V", skill="L")]), goals=goals)
    assert gains(problem) == (Gain("K", 2 * 50 * 20), Gain("L", 2 * 4 * 100))


def test_without_skills_there_is_nothing_to_gain() -> None:
    assert gains(instance([person()], [])) == ()
    assert gains(random_candidates(1)) == ()


def test_a_lock_is_no_gain() -> None:
    assert gains(instance([person()], [need()], locked=(part(),))) == (Gain("K", 0),)


def test_out_of_time_there_are_none() -> None:
    assert gains(instance([person()], [need()]), 0.001) == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_estimates_are_differences_of_relaxations(seed: int) -> None:
    problem = random_instance(seed, persons=3, needs=8)
    problem = replace(problem, locked=random_plan(problem, seed)[:1])
    found = [*estimates(problem)]
    assert sorted(each.skill for each in found if each.person is None) == sorted(skills_wanted(problem))
    for each in found:
        if each.person is None:
            variant = with_newcomer(problem, each.skill)
        else:
            variant = with_training(problem, each.person, each.skill)
        assert each.gain == pytest.approx(relaxed(variant) - relaxed(problem), abs=1e-4)


def relaxed(problem: Instance) -> float:
    options = options_of(problem)
    return Relaxation(options).solve(options.coverage.astype(float))[0] if len(options) else 0.0


def test_exact_gains_are_differences_of_plans() -> None:
    """A newcomer can take one of two needs that the relaxation gives them in part each."""
    problem = instance([person(free=0)], [need("A", share=60), need("B", share=60), need("C", skill="L", share=100)])
    problem = replace(problem, persons=(*problem.persons, person("Q", skills={"L": 2})))
    wanted = (Gain("K", 0), Gain("L", 0), Gain("K", 0, "Q"))
    found = (Gain("K", 2 * 60 * 20, exact=True), Gain("L", 0, exact=True), Gain("K", 0, "Q", exact=True))
    assert exactly(problem, wanted, ENOUGH) == found
