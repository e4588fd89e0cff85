"""The most for the organisation served least: bounds that hold, told early, and plans that keep what was reached."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Candidate, Goals, Instance, Level, Mode
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.least_served import relaxed
from portfolio.planning.optimiser.master import Master
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.regroup import Regrouping
from portfolio.planning.optimiser.relaxation import Relaxation, week_rows
from portfolio.planning.optimiser.schedules import Scheduler
from portfolio.planning.optimiser.shares import RATIO, Shares
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.optimiser.target import RowPrices, Target
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.planning.instances import goals, instance, need, part, person, random_instance

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


@pytest.mark.parametrize("seed", range(3))
def test_the_share_falls_by_no_more_than_the_tolerance(seed: int) -> None:
    problem = fair(random_instance(seed, needs=4), goals(Level.FAIRNESS, Level.COVERAGE, tolerance=0.1))
    plan = solve(problem, Effort(rounds=60, workers=1))
    least = score(problem, plan.assignments).of(Level.FAIRNESS)
    assert least >= 0.9 * most_for_the_least(problem) - 1e-6


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_bound_holds_with_hand_overs(seed: int) -> None:
    """A plan of mode whole is one of mode handover, so that its share is possible there."""
    problem = fair(random_instance(seed, needs=4), Goals(Mode.HANDOVER, (Level.FAIRNESS, Level.COVERAGE)))
    plan = solve(problem, Effort(rounds=3, workers=1))
    bound = plan.figure_bounds[Level.FAIRNESS]
    assert bound >= most_for_the_least(problem) - 1e-6
    assert bound >= plan.figures[Level.FAIRNESS] - 1e-6


def regrouping(options: Options) -> Regrouping:
    """With few schedules but those it lists itself."""
    scheduler, relaxation = Scheduler(options), Relaxation(options)
    target = Target(measure_of(Level.FAIRNESS, options))
    master = Master(options, scheduler, target, (Level.FAIRNESS,))
    found = relaxed(options, master.shares, relaxation.week_rows, Limits())
    rows = RowPrices(found.need, np.zeros(0), found.organisation, np.zeros(0))
    master.add(scheduler.quick(master.prices(rows)[0], 12).schedules)
    return Regrouping(scheduler, relaxation, master, rows)


def by_person(options: Options, places: Iterable[int]) -> tuple[Schedule, ...]:
    ordered = sorted(places, key=lambda place: (options.person[place], place))
    return tuple(tuple(own) for _, own in groupby(ordered, key=lambda place: int(options.person[place])))


@pytest.mark.parametrize("seed", range(3))
def test_a_part_of_a_plan_chosen_again_serves_the_least_better(seed: int) -> None:
    problem = random_instance(seed, persons=20, needs=60, weeks=16)
    options, shares = options_of(problem), Shares(options_of(problem))
    search, plan = regrouping(options), by_person(options, greedy(options))
    for _ in range(4):
        plan = search.step(plan, Limits(nodes=1), 0.1) or plan
    places = [place for schedule in plan for place in schedule]
    assert violations(problem, options.assignments(places)) == ()
    assert shares.least_served(places) > shares.least_served(greedy(options))


def test_a_locked_candidate_counts_as_in_the_score() -> None:
    named = need(skill=None, level=0, organisation="O", candidates=(Candidate("P", 20, 1),))
    problem = fair(instance([person()], [named], locked=(part(share=20),)))
    assert Shares(options_of(problem)).least_served(()) == score(problem, problem.locked).of(Level.FAIRNESS)


def test_the_same_fair_plan_again() -> None:
    problem = fair(random_instance(6, persons=12, needs=40, weeks=20))
    again = [solve(problem, Effort(rounds=15, workers=1)).assignments for _ in range(2)]
    assert again[0] == again[1]


def test_what_still_fits_is_taken_where_nobody_can_be_served() -> None:
    nobody = need("M", skill="L", organisation="R2")
    problem = fair(instance([person()], [need(organisation="R1"), nobody]), goals(Level.FAIRNESS))
    assert solve(problem, Effort(rounds=5, workers=1)).assignments == (part(),)
