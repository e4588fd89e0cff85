"""A plan that is changed part by part: what is taken fits, what is taken back leaves nothing behind."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Instance, Level
from portfolio.planning.optimiser.handover.draft import Draft, Tolls
from portfolio.planning.optimiser.handover.parts import Field, eligible_of
from portfolio.planning.optimiser.handover.prices import Pricing
from portfolio.planning.rules import violations
from portfolio.planning.score import score
from tests.planning.instances import handed_over, random_candidates, random_instance

SEEDS = st.integers(0, 10_000)


def field_of(problem: Instance) -> Field:
    return Field(problem, problem.locked, eligible_of(problem))


def free_of_tolls(work: Field) -> Tolls:
    return Tolls.of(Pricing(work).start(), 0.0, 0.0)


def fill(draft: Draft, tolls: Tolls, random: Random) -> None:
    """Take whatever fits, need by need, of some no more than 30 percent of a person."""
    for place in draft.sites:
        most = random.choice((30, 100))
        while (part := draft.best(place, tolls, most)) is not None:
            draft.take(part)


def problem_of(seed: int) -> Instance:
    if seed % 4 == 0:
        return handed_over(random_candidates(seed), Level.COVERAGE)
    return handed_over(random_instance(seed), least_weeks=1 + seed % 2)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_what_is_taken_keeps_every_rule_and_counts_as_the_score_does(seed: int) -> None:
    problem = problem_of(seed)
    draft = Draft(field_of(problem))
    fill(draft, free_of_tolls(field_of(problem)), Random(seed))
    plan = draft.assignments(draft.parts)
    assert violations(problem, plan) == ()
    assert draft.value == score(problem, plan).coverage - score(problem, problem.locked).coverage


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_what_is_taken_back_leaves_nothing_behind(seed: int) -> None:
    random, problem = Random(seed), problem_of(seed)
    draft, tolls = Draft(field_of(problem)), free_of_tolls(field_of(problem))
    fill(draft, tolls, random)
    draft.keep()
    before = draft.value, draft.parts
    for part in random.sample(draft.parts, len(draft.parts) // 2):
        draft.drop(part)
    fill(draft, tolls, random)
    draft.take_back()
    assert (draft.value, sorted(draft.parts)) == (before[0], sorted(before[1]))
    assert all(draft.best(place, tolls) is None for place in draft.sites)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_part_does_more_than_the_best(seed: int) -> None:
    work = field_of(problem_of(seed))
    draft, tolls = Draft(work), free_of_tolls(work)
    for place in draft.sites:
        most = max(work.parts([place], 1).coverage.tolist(), default=0)
        part = draft.best(place, tolls)
        if part is not None:
            draft.take(part)
        assert draft.value == most
        draft.take_back()
