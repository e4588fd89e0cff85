"""Who could take a need, in which order, and for which reasons."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.candidates import Candidate, Fact, rank
from portfolio.planning.problem import Absence, Assignment, Need, NeedKind, Person, PoolShare, SkillLevel
from portfolio.planning.weeks import Week, WeekRange, working_days

START = Week.of(2026, 51)
NEED = Need(1, project_id=1, skill_id=7, level=2, first=START, last=START + 3, share=40)
VOLUME = replace(NEED, kind=NeedKind.VOLUME, person_days=4)
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def person(number: int = 1, level: int = 2, share: int = 80, **details: object) -> Person:
    skills = (SkillLevel(7, level),) if level else ()
    return Person(number, (PoolShare(START - 9, None, share),), skills=skills, **details)  # type: ignore[arg-type]


def booked(number: int, first: int, last: int, share: int, project: int = 2) -> Assignment:
    return Assignment(number, project, START + first, START + last, share)


def only(who: Person, *assignments: Assignment, need: Need = NEED) -> Candidate:
    (candidate,) = rank(need, [who], assignments)
    return candidate


def facts(candidate: Candidate) -> dict[str, int]:
    return {reason.fact: reason.number for reason in candidate.reasons}


def order(*persons: Person, assignments: tuple[Assignment, ...] = (), need: Need = NEED) -> list[int]:
    return [candidate.person_id for candidate in rank(need, persons, assignments)]


def test_somebody_free_with_the_level_can_take_the_need() -> None:
    candidate = only(person())
    assert (candidate.suitable, candidate.share, candidate.weeks) == (True, 40, NEED.weeks)
    assert facts(candidate) == {Fact.LEVEL_MATCHES: 2, Fact.FULLY_FREE: 40}


def test_whoever_is_free_in_part_is_offered_the_share_free_throughout() -> None:
    candidate = only(person(), booked(1, 1, 2, 50))
    assert (candidate.free, candidate.least_free, candidate.share) == ((80, 30, 30, 80), 30, 30)
    assert candidate.full_weeks == (START, START + 3)
    assert facts(candidate)[Fact.PARTLY_FREE] == 2


def test_less_than_the_minimum_share_is_not_offered() -> None:
    candidate = only(person(), booked(1, 1, 1, 65))
    assert (candidate.share, candidate.suitable) == (0, False)
    assert facts(candidate)[Fact.BELOW_MINIMUM_SHARE] == 15


def test_a_need_may_itself_ask_for_less_than_the_minimum_share() -> None:
    assert only(person(), booked(1, 1, 1, 65), need=replace(NEED, share=10)).share == 10


def test_overbooked_weeks_have_nothing_free() -> None:
    candidate = only(person(), booked(1, 0, 0, 100))
    assert (candidate.least_free, candidate.share) == (0, 0)
    assert Fact.BELOW_MINIMUM_SHARE not in facts(candidate)


def test_weeks_outside_the_pool_are_named() -> None:
    candidate = only(replace(person(), pool_shares=(PoolShare(START, START + 1, 80),)))
    assert (facts(candidate)[Fact.OUTSIDE_POOL], candidate.suitable) == (2, False)


@pytest.mark.parametrize(
    ("level", "fact", "number"),
    [(4, Fact.LEVEL_ABOVE, 2), (1, Fact.LEVEL_BELOW, 1), (0, Fact.SKILL_MISSING, 2)],
)
def test_the_level_is_a_reason(level: int, fact: Fact, number: int) -> None:
    candidate = only(person(level=level))
    assert facts(candidate)[fact] == number
    assert candidate.suitable == (level >= 2)


def test_a_level_that_lapses_is_a_reason_against() -> None:
    candidate = only(replace(person(), skills=(SkillLevel(7, 3, last=START),)))
    assert (facts(candidate)[Fact.LEVEL_LAPSES], candidate.suitable) == (3, False)


def test_one_project_too_many_at_once_is_a_reason_against() -> None:
    rows = (booked(1, -5, 0, 20, project=2), booked(1, 0, 9, 20, project=3))
    candidate = only(person(), *rows)
    assert (candidate.projects, candidate.too_many_parallel, candidate.suitable) == (3, True, False)
    assert facts(candidate)[Fact.TOO_MANY_PARALLEL] == 3


def test_projects_one_after_the_other_are_not_parallel() -> None:
    rows = (booked(1, 0, 1, 20, project=2), booked(1, 2, 3, 20, project=3))
    assert only(person(), *rows).projects == 2


def test_without_a_limit_no_number_of_projects_is_too_many() -> None:
    rows = [booked(1, 0, 3, 10, project=project) for project in (2, 3, 4)]
    candidate = only(person(max_parallel=None), *rows)
    assert (candidate.projects, candidate.suitable) == (4, True)


def test_work_on_the_same_project_is_no_further_project() -> None:
    rows = (booked(1, 2, 9, 20, project=1), booked(1, 0, 9, 20, project=3))
    candidate = only(person(), *rows)
    assert (candidate.projects, candidate.suitable) == (2, True)
    assert facts(candidate)[Fact.ON_PROJECT_ALREADY] == 2


def test_absences_are_counted_in_working_days() -> None:
    away = (Absence(START.sunday, START.sunday + timedelta(days=3)),)
    (candidate,) = rank(NEED, [person(absences=away)], [], days_off={(START + 1).monday})
    assert facts(candidate)[Fact.ABSENT] == 2
    assert candidate.suitable


def test_a_fit_goes_before_a_free_calendar() -> None:
    rows = (booked(2, 0, 3, 60),)
    assert order(person(1, level=1), person(2, level=2), person(3, level=0), assignments=rows) == [2, 1, 3]


def test_the_fully_free_go_before_the_partly_free_with_the_higher_share_first() -> None:
    rows = (booked(1, 0, 0, 60), booked(2, 0, 0, 50), booked(3, 0, 3, 40))
    assert order(person(1), person(2), person(3), assignments=rows) == [3, 2, 1]


def test_fewer_projects_go_before_a_closer_level() -> None:
    rows = (booked(1, 0, 3, 20),)
    assert order(person(1, level=2), person(2, level=4), assignments=rows) == [2, 1]


def test_experts_are_kept_for_what_needs_them() -> None:
    assert order(person(1, level=4), person(3, level=2), person(2, level=3)) == [3, 2, 1]


def test_equals_stand_in_the_order_of_their_ids() -> None:
    assert order(person(3), person(1), person(2)) == [1, 2, 3]


def test_a_volume_is_offered_the_first_run_of_weeks_that_delivers_it() -> None:
    candidate = only(person(), booked(1, 0, 0, 60), need=VOLUME)
    assert (candidate.weeks, candidate.share) == (WeekRange(START + 1, START + 2), 40)
    assert (candidate.fully_free, candidate.suitable) == (True, True)


def test_a_volume_too_large_for_one_is_offered_the_run_that_delivers_most() -> None:
    candidate = only(person(), booked(1, 1, 1, 60), need=replace(VOLUME, person_days=6))
    assert (candidate.weeks, candidate.share) == (WeekRange(START + 2, START + 3), 40)
    assert (candidate.fully_free, candidate.suitable) == (False, True)


def test_of_two_runs_that_deliver_as_much_the_first_is_offered() -> None:
    rows = (booked(1, 1, 1, 60), booked(1, 3, 3, 60))
    assert only(person(), *rows, need=VOLUME).weeks == WeekRange(START, START)


def test_whoever_can_take_a_whole_volume_goes_before_whoever_can_take_a_part() -> None:
    rows = (booked(1, 1, 3, 60), booked(2, 0, 3, 20))
    assert order(person(1), person(2), assignments=rows, need=VOLUME) == [2, 1]


def test_a_volume_without_a_week_of_full_share_is_offered_what_is_free_throughout() -> None:
    candidate = only(person(), booked(1, 0, 3, 50), need=VOLUME)
    assert (candidate.weeks, candidate.share, candidate.fully_free) == (VOLUME.weeks, 30, False)


def test_only_projects_in_the_offered_weeks_count_for_a_volume() -> None:
    rows = (booked(1, 3, 3, 20, project=2), booked(1, 3, 3, 20, project=3))
    assert only(person(), *rows, need=VOLUME).projects == 1


def test_an_absence_lengthens_the_run_a_volume_takes() -> None:
    away = (Absence(START.monday, START.monday),)
    assert only(person(absences=away), need=VOLUME).weeks == WeekRange(START, START + 2)


levels = st.integers(0, 4)
shares = st.integers(0, 100)
pools = st.lists(st.tuples(levels, shares), min_size=1, max_size=5).map(
    lambda rows: [person(number, level, share) for number, (level, share) in enumerate(rows)]
)
bookings = st.lists(
    st.builds(
        lambda number, first, length, share, project: booked(number, first, first + length, share, project),
        st.integers(0, 4),
        st.integers(-2, 4),
        st.integers(0, 4),
        st.integers(1, 60),
        st.integers(1, 4),
    ),
    max_size=8,
)


@bounded
@given(pools, bookings, st.sampled_from([NEED, VOLUME, replace(VOLUME, person_days=9)]))
def test_what_is_offered_can_be_booked(pool: list[Person], rows: list[Assignment], need: Need) -> None:
    candidates = rank(need, pool, rows)
    assert sorted(candidate.person_id for candidate in candidates) == [one.id for one in pool]
    for candidate in candidates:
        free = dict(zip(need.weeks, candidate.free, strict=True))
        assert 0 <= candidate.share <= need.share
        assert candidate.share == 0 or candidate.share >= 20
        assert all(free[week] >= candidate.share for week in candidate.weeks)
        assert set(candidate.full_weeks) == {week for week in need.weeks if free[week] >= need.share}


@bounded
@given(pools, bookings, st.integers(1, 9))
def test_a_fully_free_candidate_delivers_the_whole_volume(
    pool: list[Person], rows: list[Assignment], person_days: int
) -> None:
    days_off = {(START + 1).monday}
    for candidate in rank(replace(VOLUME, person_days=person_days), pool, rows, days_off):
        days = [working_days(week, days_off) * 0.4 for week in candidate.weeks]
        if candidate.fully_free:
            assert sum(days) >= person_days > sum(days[:-1])


def test_2000_persons_are_ranked_within_two_seconds() -> None:
    need = replace(NEED, last=START + 25)
    pool = [person(number) for number in range(2000)]
    rows = [booked(n % 2000, n % 40, n % 40 + n % 9, 10, project=n % 300) for n in range(40_000)]
    begun = time.process_time()
    assert len(rank(need, pool, rows)) == 2000
    assert time.process_time() - begun < 2
