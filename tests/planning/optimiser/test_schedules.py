"""The best schedule of each person is the best of all there are, by trying them all."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.measures import measure_of
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.relaxation import Relaxation
from portfolio.planning.optimiser.schedules import Prices, Scheduler
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.planning.instances import random_candidates, random_instance

SEEDS = st.integers(0, 10_000)
LONGEST = 6


def schedules_of(options: Options, person: int) -> list[Schedule]:
    """Every set of options of a person that breaks no rule."""
    places = range(options.begins[person], options.begins[person + 1])
    sets = (chosen for length in range(1, LONGEST + 1) for chosen in combinations(places, length))
    return [chosen for chosen in sets if not violations(options.instance, options.assignments(chosen))]


def worth(schedule: Schedule, prices: Prices, scheduler: Scheduler) -> float:
    return float(prices.option[list(schedule)].sum()) - prices.parallel * scheduler.parallel_weeks(schedule)


@given(SEEDS, st.sampled_from([0.0, 25.0]))
@settings(max_examples=60, deadline=None)
def test_best_is_the_best_of_all(seed: int, parallel: float) -> None:
    options = options_of(random_instance(seed))
    scheduler = Scheduler(options)
    random = np.random.default_rng(seed)
    prices = Prices(options.coverage * random.random(len(options)) - 60.0, parallel)
    potential = Relaxation(options).potential(prices.option)
    found = scheduler.best(prices, potential, np.zeros(len(options.instance.persons)))
    for person in range(len(options.instance.persons)):
        best = max((worth(s, prices, scheduler) for s in schedules_of(options, person)), default=0.0)
        assert np.isclose(found.best[person], max(best, 0.0), atol=1e-4)
        assert potential.upper[person] >= best - 1e-4


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_with_too_many_beginnings_it_says_what_is_not_proven(seed: int) -> None:
    options = options_of(random_instance(seed))
    prices, nothing = Prices(options.coverage - 50.0), np.zeros(len(options.instance.persons))
    potential = Relaxation(options).potential(prices.option)
    best = Scheduler(options).best(prices, potential, nothing)
    few = Scheduler(options, most_labels=4).best(prices, potential, nothing)
    assert np.isclose(few.best, best.best)[few.complete].all()
    assert (few.best <= best.best + 1e-6).all()
    assert not any(violations(options.instance, options.assignments(schedule)) for schedule in few.schedules)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_all_above_misses_none(seed: int) -> None:
    options = options_of(random_instance(seed))
    scheduler, prices = Scheduler(options), Prices(options.coverage - 50.0)
    potential = Relaxation(options).potential(prices.option)
    floor = np.full(len(options.instance.persons), 100.0)
    found = scheduler.all_above(prices, potential, floor, 10**6)
    assert found is not None
    wanted = [s for person in range(len(floor)) for s in schedules_of(options, person)]
    assert {s for s in wanted if worth(s, prices, scheduler) > 100.0} <= set(found)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_many_small_needs_in_one_week_are_a_knapsack(seed: int) -> None:
    options = options_of(random_candidates(seed))
    scheduler, prices = Scheduler(options), Prices(30.0 - options.cost.astype(np.float64))
    potential = Relaxation(options).potential(prices.option)
    found = scheduler.best(prices, potential, np.zeros(len(options.instance.persons)))
    for person in range(len(options.instance.persons)):
        best = max((worth(s, prices, scheduler) for s in schedules_of(options, person)), default=0.0)
        assert np.isclose(found.best[person], best)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_measures_are_what_the_score_says(seed: int) -> None:
    """Measures of options and schedules, added to that of the locks, are those of the plan."""
    options = options_of(random_instance(seed))
    scheduler = Scheduler(options)
    for person in range(len(options.instance.persons)):
        for schedule in schedules_of(options, person)[-3:]:
            found = score(options.instance, options.assignments(schedule))
            for level in (Level.COVERAGE, Level.FOCUS, Level.FIT, Level.PERSONS, Level.PERSONS_USED, Level.CHANGES):
                assert measure_of(level, options).of([schedule], options, scheduler)[0] == found.of(level), level
