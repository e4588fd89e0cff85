"""Plans are as good as trying everything, keep every rule, and say honestly how good they are."""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.certificate import dual_bound
from portfolio.planning.formats import read_instance
from portfolio.planning.instance import Goals, Instance, Level, Mode, Plan, Rules, Status
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.solve import Effort, Progress, SolverFailed, solve
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.planning.instances import goals, instance, need, part, person, random_candidates, random_instance

ENOUGH = Effort(rounds=200, workers=1)
SEEDS = st.integers(0, 10_000)


def best_of_all(problem: Instance) -> tuple[float, ...]:
    """The measures of the best plan, level by level, by trying every choice for every need."""
    options = options_of(problem)
    of_need = [[place for place in range(len(options)) if options.need[place] == n] for n in range(len(problem.needs))]
    plans = (options.assignments([p for p in chosen if p >= 0]) for chosen in product(*([-1, *own] for own in of_need)))
    sound = (plan for plan in plans if not violations(problem, plan))
    return max(tuple(score(problem, plan).of(level) for level in problem.goals.levels) for plan in sound)


def measured(problem: Instance, plan: Plan) -> tuple[float, ...]:
    return tuple(score(problem, plan.assignments).of(level) for level in problem.goals.levels)


@pytest.mark.parametrize("second", [None, Level.FOCUS, Level.FIT, Level.PERSONS_USED, Level.CHANGES])
@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_all_plans(seed: int, second: Level | None) -> None:
    problem = random_instance(seed, needs=4)
    problem = replace(problem, goals=goals(Level.COVERAGE, *([second] if second else [])))
    plan = solve(problem, ENOUGH)
    assert measured(problem, plan) == best_of_all(problem)
    assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_candidates(seed: int) -> None:
    problem = random_candidates(seed, needs=4)
    assert measured(problem, solve(problem, ENOUGH)) == best_of_all(problem)


@pytest.mark.parametrize("seed", range(3))
def test_the_most_for_whom_gets_least(seed: int) -> None:
    problem = replace(random_instance(seed, needs=4), goals=goals(Level.FAIRNESS, Level.COVERAGE))
    assert measured(problem, solve(problem, ENOUGH)) == pytest.approx(best_of_all(problem), abs=2e-6)


def test_what_is_locked_stays_and_is_counted() -> None:
    problem = instance(
        [person()], [need("A", share=60), need("B", share=60, priority=1)], locked=(part("A", share=60),)
    )
    plan = solve(problem, ENOUGH)
    assert plan.assignments == (part("A", share=60),)
    assert (plan.value, plan.bound) == (2 * 60 * 20, 2 * 60 * 20)


@pytest.mark.parametrize("problem", [instance([], []), instance([person()], []), instance([], [need()])])
def test_nobody_and_nothing_to_do(problem: Instance) -> None:
    plan = solve(problem, ENOUGH)
    assert (plan.assignments, plan.value, plan.status) == ((), 0, Status.OPTIMAL)


@pytest.mark.parametrize("mode", list(Mode))
def test_who_may_have_no_assignment_at_all_bounds_nothing(mode: Mode) -> None:
    problem = instance([person(max_parallel=0)], [need()], goals=Goals(mode=mode))
    plan = solve(problem, ENOUGH)
    assert plan.duals is not None
    assert dual_bound(problem, plan.duals) == plan.dual_bound == 0


def test_the_same_plan_again() -> None:
    problem = random_instance(7, persons=6, needs=14, weeks=12)
    assert solve(problem, ENOUGH).assignments == solve(problem, ENOUGH).assignments


def test_told_to_stop_it_leaves_the_best_so_far() -> None:
    problem = random_instance(8)
    plan = solve(problem, Effort(seconds=60), cancelled=lambda: True)
    assert plan.status is Status.CANCELLED
    assert violations(problem, plan.assignments) == ()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_solver_that_dies_is_an_error_and_no_hang(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SolverFailed):
        solve(random_instance(8, persons=40, needs=120, weeks=40), Effort(seconds=30, workers=workers))


def test_progress_goes_up_and_the_bound_down() -> None:
    seen = []
    solve(random_instance(9, persons=6, needs=14, weeks=12), ENOUGH, seen.append)
    assert [step.value for step in seen] == sorted(step.value for step in seen)
    bounds = [step.bound for step in seen if step.bound is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] >= seen[-1].value


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("days", [5, 7])
def test_the_first_plan_is_held_against_all_that_is_asked_for(days: int, mode: Mode) -> None:
    needs = [need("A", share=60), need("B", share=60)]
    problem = instance([person(presence=(days,) * 4)], needs, goals=Goals(mode=mode))
    seen: list[Progress] = []
    solve(problem, Effort(seconds=60), seen.append, cancelled=lambda: True)
    assert (seen[0].value, seen[0].bound) == (2 * 60 * 4 * days, 2 * 2 * 60 * 4 * days)


def test_plans_on_the_way_are_good_and_have_a_close_bound() -> None:
    problem = read_instance(Path("tests/planning/data/M1.json").read_text(encoding="utf-8"))
    seen: list[Progress] = []
    solve(problem, Effort(rounds=3, workers=1), seen.append)
    gaps = [1 - step.value / step.bound for step in seen if step.bound]
    assert min(gap for gap in gaps if gap) < 0.03
    assert min(step.value for step in seen[3:]) > 1.04 * seen[0].value


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_bounds_hold_and_can_be_worked_out_again(seed: int) -> None:
    problem = replace(random_instance(seed, needs=4), rules=Rules(min_share=10 + 20 * (seed % 2)))
    plan = solve(problem, ENOUGH)
    (best,) = best_of_all(problem)
    assert plan.bound is not None
    assert plan.bound >= best
    assert plan.dual_bound is not None
    assert plan.duals is not None
    assert plan.dual_bound >= best - 1e-6
    assert dual_bound(problem, plan.duals) == pytest.approx(plan.dual_bound)
