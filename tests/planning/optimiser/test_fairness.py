"""The most for the organisation served least: bounds that hold, told early, and plans that keep what was reached."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Goals, Instance, Level
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.least_served import relaxed
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.relaxation import week_rows
from portfolio.planning.optimiser.shares import RATIO, Shares
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.planning.instances import goals, random_instance

SEEDS = st.integers(0, 10_000)
FAIR = goals(Level.FAIRNESS, Level.COVERAGE)


def fair(problem: Instance, aims: Goals = FAIR) -> Instance:
    return replace(problem, goals=aims)


def most_for_the_least(problem: Instance) -> float:
    """By trying every choice for every need."""
    options = options_of(problem)
    of_need = [[place for place in range(len(options)) if options.need[place] == n] for n in range(len(problem.needs))]
    plans = (options.assignments([p for p in chosen if p >= 0]) for chosen in product(*([-1, *own] for own in of_need)))
    return max(score(problem, plan).of(Level.FAIRNESS) for plan in plans if not violations(problem, plan))


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_first_bound_holds(seed: int) -> None:
    problem = random_instance(seed, needs=4)
    options = options_of(problem)
    found = relaxed(options, Shares(options), week_rows(options), Limits())
    assert found.bound >= RATIO * most_for_the_least(problem) - 1e-3


@given(SEEDS, st.integers(1, 5), st.sampled_from([1, 2]))
@settings(max_examples=8, deadline=None)
def test_the_bound_of_a_run_holds(seed: int, rounds: int, workers: int) -> None:
    problem = fair(random_instance(seed, needs=4))
    plan = solve(problem, Effort(rounds=rounds, workers=workers))
    assert plan.figure_bounds[Level.FAIRNESS] >= most_for_the_least(problem) - 1e-6
    assert plan.figures[Level.FAIRNESS] <= plan.figure_bounds[Level.FAIRNESS] + 1e-6


def test_a_bound_is_told_long_before_the_end() -> None:
    problem = fair(random_instance(3, persons=40, needs=120, weeks=40))
    plan = solve(problem, Effort(seconds=4, workers=1))
    assert plan.figure_bounds[Level.FAIRNESS] < 1.0
