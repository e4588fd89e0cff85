"""Each rule of a plan on the smallest plan that keeps it and the smallest that breaks it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.instance import Candidate, Instance, Rules
from portfolio.planning.measures import measures
from portfolio.planning.rules import Rule, Violation, violations
from portfolio.planning.weeks import Week
from tests.planning.instances import HANDOVER, instance, need, part, person, random_instance, volume
from tests.planning.live import Live
from tests.planning.plans import holding, wild

ONE = instance([person()], [need()])


def broken(problem: Instance, *plan: object) -> set[Rule]:
    return {violation.rule for violation in violations(problem, plan)}  # type: ignore[arg-type]


def test_a_whole_need_by_one_who_can() -> None:
    assert broken(ONE, part()) == set()


def test_an_empty_plan_breaks_nothing() -> None:
    assert broken(ONE) == set()


def test_the_free_share_holds_in_every_week() -> None:
    busy = instance([person(free=(100, 100, 49, 100))], [need()])
    assert violations(busy, [part()])[0].week == 2


def test_two_needs_fill_a_person() -> None:
    problem = instance([person()], [need("A"), need("B")])
    assert broken(problem, part("A"), part("B")) == set()


def test_no_more_run_at_once_than_the_person_may_have() -> None:
    problem = instance([person(max_parallel=1)], [need("A"), need("B")])
    assert broken(problem, part("A"), part("B")) == {Rule.TOO_MANY_PARALLEL}


@pytest.mark.parametrize("skills", [{}, {"K": 0}, {"L": 4}])
def test_the_skill_at_its_level(skills: dict[str, int]) -> None:
    assert broken(instance([person(skills=skills)], [need()]), part()) == {Rule.NOT_ELIGIBLE}


def test_a_candidate_with_their_own_share() -> None:
    problem = instance([person(skills={})], [need(candidates=(Candidate("P", 30),))])
    assert broken(problem, part(share=30)) == set()
    assert broken(problem, part(share=50)) == {Rule.NOT_ELIGIBLE}


def test_whole_means_all_weeks_and_the_full_share() -> None:
    assert broken(ONE, part(last=2)) == {Rule.NOT_WHOLE}
    assert broken(ONE, part(share=40)) == {Rule.NOT_WHOLE}


def test_a_start_may_shift_as_far_as_the_need_says() -> None:
    problem = instance([person()], [need(last=1, latest_first=1)])
    assert broken(problem, part(first=1, last=2)) == set()
    assert Rule.OUTSIDE_WINDOW in broken(problem, part(first=2, last=3))


def test_one_person_takes_a_whole_need() -> None:
    problem = instance([person("P"), person("Q")], [need(share=50)])
    assert broken(problem, part(person="P"), part(person="Q")) == {Rule.TOO_MANY_PERSONS, Rule.TOO_MUCH}


def test_a_volume_is_done_but_for_less_than_a_percent_a_day() -> None:
    problem = instance([person()], [volume(person_days=4, share=40)])  # 400 share-days
    assert broken(problem, part(last=1, share=40)) == set()
    assert broken(problem, part(last=2, share=26)) == set()  # 390 of 400, 27 % would be 405
    assert broken(problem, part(last=2, share=25)) == {Rule.NOT_WHOLE}
    assert Rule.TOO_MUCH in broken(problem, part(last=2, share=40))


def test_a_volume_is_not_spread_into_crumbs() -> None:
    problem = instance([person()], [volume(person_days=4, share=40)], rules=Rules(min_share=30))
    assert broken(problem, part(last=1, share=40)) == set()
    assert broken(problem, part(last=2, share=26)) == {Rule.SHARE_TOO_SMALL}


def test_locked_assignments_stand_in_every_plan() -> None:
    problem = instance([person()], [need()], locked=(part(),))
    assert broken(problem) == {Rule.LOCK_MISSING}


class TestHandover:
    TWO = instance(
        [person("P"), person("Q")],
        [need(share=50)],
        goals=HANDOVER,
        rules=Rules(min_share=20, max_persons_per_need=2, min_segment_weeks=2),
    )

    def test_weeks_and_shares_may_be_divided(self) -> None:
        assert broken(self.TWO, part(person="P", last=1), part(person="Q", first=2)) == set()
        assert broken(self.TWO, part(person="P", share=30), part(person="Q", share=20)) == set()

    def test_but_not_into_crumbs(self) -> None:
        assert broken(self.TWO, part(last=0)) == {Rule.SEGMENT_TOO_SHORT}
        assert broken(self.TWO, part(share=10)) == {Rule.SHARE_TOO_SMALL}

    def test_together_they_do_no_more_than_is_asked(self) -> None:
        assert broken(self.TWO, part(person="P"), part(person="Q", share=20)) == {Rule.TOO_MUCH}

    def test_nobody_comes_back(self) -> None:
        assert broken(self.TWO, part(last=1), part(first=2)) == {Rule.PERSON_TWICE}

    def test_all_parts_lie_in_one_window(self) -> None:
        problem = instance(
            [person("P"), person("Q")],
            [need(last=1, latest_first=2)],
            goals=HANDOVER,
            rules=Rules(max_persons_per_need=2),
        )
        assert broken(problem, part(person="P", first=1, last=1), part(person="Q", first=2, last=2)) == set()
        assert broken(problem, part(person="P", first=0, last=0), part(person="Q", first=2, last=2)) == {
            Rule.OUTSIDE_WINDOW
        }

    def test_a_share_below_the_least_is_allowed_where_the_need_asks_for_no_more(self) -> None:
        problem = instance([person()], [need(share=10)], goals=HANDOVER, rules=Rules(min_share=20))
        assert broken(problem, part(share=10)) == set()


SEEDS = st.integers(0, 10_000)
bounded = settings(max_examples=60, deadline=None, derandomize=True)


@bounded
@given(SEEDS, SEEDS)
def test_what_is_overbooked_is_what_the_capacity_pages_say(seed: int, other: int) -> None:
    problem = random_instance(seed)
    plan = wild(problem, other)
    live = Live(problem, Week.of(2026, 51))  # week 53 lies within
    said = {live.persons[v.person]: v.week for v in violations(problem, plan) if v.rule is Rule.OVERBOOKED}
    shown = measures(live.ground, live.plan(plan)).overbooked
    assert said == {person: weeks[0] - live.ground.weeks.first for person, weeks in shown.items()}


@bounded
@given(SEEDS, SEEDS)
def test_the_order_of_a_plan_breaks_nothing(seed: int, other: int) -> None:
    problem = random_instance(seed)
    plan = wild(problem, other)
    assert set(violations(problem, plan[::-1])) == set(violations(problem, plan))


@bounded
@given(SEEDS, st.integers(0, 4))
def test_a_plan_that_holds_still_does_without_one_of_its_parts(seed: int, place: int) -> None:
    problem = random_instance(seed)
    plan = holding(problem)
    assert violations(problem, plan) == ()
    assert violations(problem, plan[:place] + plan[place + 1 :]) == ()


@bounded
@given(SEEDS, st.integers(0, 4))
def test_a_plan_that_holds_breaks_as_soon_as_somebody_has_less_than_it_takes(seed: int, place: int) -> None:
    problem = random_instance(seed)
    for taken in holding(problem)[place : place + 1]:
        short = tuple(
            replace(each, free=tuple(min(free, taken.share - 1) for free in each.free))
            if each.id == taken.person
            else each
            for each in problem.persons
        )
        broken_now = violations(replace(problem, persons=short), [taken])
        assert broken_now == (Violation(Rule.OVERBOOKED, person=taken.person, week=taken.first),)
