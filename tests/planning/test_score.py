"""What a plan is worth, counted by hand."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Candidate, Instance, Level
from portfolio.planning.score import score
from tests.planning.instances import instance, need, part, person, random_candidates, random_instance
from tests.planning.plans import holding

SEEDS = st.integers(0, 10_000)
bounded = settings(max_examples=60, deadline=None, derandomize=True)


def test_work_is_share_times_days_present_weighed_by_priority() -> None:
    away = person(presence=(5, 0, 4, 5))
    found = score(instance([away], [need(priority=1)]), [part()])
    assert found.value == 8 * 50 * 14
    assert found.coverage == found.value


def test_a_need_with_candidates_is_covered_alike_by_whoever() -> None:
    problem = instance([person()], [need(candidates=(Candidate("P", 30, cost=7),))])
    found = score(problem, [part(share=30)])
    assert (found.coverage, found.value, found.cost) == (2 * 50 * 20, 2 * 30 * 20, 7)


def test_weeks_with_more_than_one_assignment() -> None:
    problem = instance([person()], [need("A"), need("B", first=2)])
    assert score(problem, [part("A"), part("B", first=2)]).parallel_weeks == 2


def test_levels_beyond_those_asked_for() -> None:
    assert score(instance([person(skills={"K": 3})], [need(level=1)]), [part()]).surplus == 2 * 50 * 4


def test_kept_is_what_stands_as_it_was() -> None:
    problem = instance([person()], [need()], current=(part(),))
    assert score(problem, [part()]).kept == 1
    assert score(problem, [part(share=40)]).kept == 0


def test_service_is_a_ratio_of_what_an_organisation_asks_for() -> None:
    problem = instance(
        [person()], [need("A", organisation="R"), need("B", organisation="R"), need("C", organisation="S")]
    )
    found = score(problem, [part("A")])
    assert found.served == {"R": 0.5, "S": 0.0}
    assert found.of(Level.FAIRNESS) == 0.0


def test_use_is_a_ratio_of_what_is_free() -> None:
    assert score(instance([person(free=80)], [need()]), [part()]).highest_use == 50 / 80


@bounded
@given(SEEDS, st.sampled_from([random_instance, random_candidates]), st.integers(0, 5))
def test_what_parts_come_to_adds_up(seed: int, kind: Callable[[int], Instance], cut: int) -> None:
    problem = kind(seed)
    plan = holding(problem)
    whole, one, other = (score(problem, part) for part in (plan, plan[:cut], plan[cut:]))
    for level in (Level.COVERAGE, Level.PERSONS, Level.FIT, Level.COST):
        assert whole.of(level) == one.of(level) + other.of(level)
    assert whole.value == one.value + other.value
    assert max(one.persons_used, other.persons_used) <= whole.persons_used <= one.persons_used + other.persons_used
    assert max(one.parallel_weeks, other.parallel_weeks) <= whole.parallel_weeks


@bounded
@given(SEEDS, st.integers(0, 5))
def test_one_part_less_serves_nobody_better(seed: int, cut: int) -> None:
    problem = random_instance(seed)
    plan = holding(problem)
    whole, less = score(problem, plan), score(problem, plan[:cut])
    assert all(less.served[name] <= ratio <= 1 for name, ratio in whole.served.items())
    assert less.of(Level.BALANCE) >= whole.of(Level.BALANCE) >= -1
