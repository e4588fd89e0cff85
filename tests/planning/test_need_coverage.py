"""How far needs are covered, and what remains of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.coverage import (
    Coverage,
    coverage,
    coverages,
    demanded_work,
    open_shares,
    remaining,
    together,
)
from portfolio.planning.problem import Absence, Assignment, Need, NeedKind, Person, PoolShare
from portfolio.planning.weeks import Week, presence

START = Week.of(2026, 51)
STEADY = Need(1, project_id=1, skill_id=7, level=2, first=START, last=START + 3, share=50)
VOLUME = replace(STEADY, id=2, kind=NeedKind.VOLUME, person_days=6)
ANNA, BEN = (Person(number, (PoolShare(START, None, 100),)) for number in (1, 2))
POOL = {1: ANNA, 2: BEN}
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def on(need: Need, first: int, last: int, share: int, person: int = 1) -> Assignment:
    return Assignment(person, need.project_id, START + first, START + last, share, need.id)


def test_a_need_staffed_in_full_is_covered() -> None:
    covered = coverage(STEADY, [on(STEADY, 0, 3, 50)], POOL)
    assert (covered.ratio, covered.demanded_hours, covered.counted_hours) == (1.0, 80.0, 80.0)


def test_a_need_without_anybody_is_not_covered() -> None:
    assert coverage(STEADY, [], POOL).ratio == 0.0


def test_too_much_in_one_week_does_not_make_up_for_another() -> None:
    assert coverage(STEADY, [on(STEADY, 0, 1, 100)], POOL).ratio == 0.5


def test_two_persons_cover_a_need_together() -> None:
    assert coverage(STEADY, [on(STEADY, 0, 3, 30), on(STEADY, 0, 3, 20, person=2)], POOL).ratio == 1.0


def test_weeks_outside_the_window_cover_nothing() -> None:
    assert coverage(STEADY, [on(STEADY, -5, 0, 50), on(STEADY, 4, 9, 50)], POOL).ratio == 0.25


def test_work_for_another_need_covers_nothing() -> None:
    assert coverage(STEADY, [replace(on(STEADY, 0, 3, 50), need_id=None)], POOL).ratio == 0.0


def test_absences_and_holidays_leave_a_part_uncovered() -> None:
    anna = replace(ANNA, absences=(Absence(START.monday, START.monday),))
    covered = coverage(STEADY, [on(STEADY, 0, 3, 50)], {1: anna}, {date(2026, 12, 25)})
    assert covered.ratio == 0.9


def test_the_post_a_share_is_part_of_has_its_own_hours() -> None:
    assert coverage(STEADY, [], POOL, full_time_hours=39.0).demanded_hours == 78.0


def test_a_volume_is_covered_by_hours_anywhere_in_its_window() -> None:
    assert coverage(VOLUME, [on(VOLUME, 1, 2, 50)], POOL).ratio == 40 / 48
    assert coverage(VOLUME, [on(VOLUME, 0, 0, 50), on(VOLUME, 2, 3, 50)], POOL).ratio == 1.0


def test_several_needs_are_covered_by_their_hours() -> None:
    rows = [on(STEADY, 0, 3, 50)]
    assert together(coverages([STEADY, VOLUME], rows, POOL)).ratio == 80 / 128
    assert together([]).ratio == 1.0


def test_whoever_is_assigned_must_be_known() -> None:
    with pytest.raises(KeyError):
        coverage(STEADY, [on(STEADY, 0, 3, 50, person=9)], POOL)


def test_no_needs_have_no_coverage() -> None:
    assert coverages([], [on(STEADY, 0, 3, 50)], POOL) == ()


def test_open_shares_are_what_nobody_is_assigned_to() -> None:
    rows = [on(STEADY, 1, 2, 30), on(STEADY, 2, 2, 40, person=2), on(VOLUME, 0, 3, 50)]
    assert open_shares(STEADY, rows) == (50, 20, 0, 50)


def test_a_steady_need_remains_from_the_first_to_the_last_open_week() -> None:
    rows = [on(STEADY, 0, 0, 50), on(STEADY, 1, 3, 30), on(STEADY, 2, 3, 10), on(STEADY, 3, 3, 20, person=2)]
    left = remaining(STEADY, rows, coverage(STEADY, rows, POOL))
    assert open_shares(STEADY, rows) == (0, 20, 10, 0)
    assert left == replace(STEADY, first=START + 1, last=START + 2, share=20)


def test_an_absence_opens_no_need_again() -> None:
    rows = [on(STEADY, 0, 3, 50)]
    assert remaining(STEADY, rows, coverage(STEADY, rows, POOL, {START.monday})) is None


def test_a_volume_remains_with_whole_person_days() -> None:
    rows = [on(VOLUME, 0, 0, 50)]
    left = remaining(VOLUME, rows, coverage(VOLUME, rows, POOL))
    assert left == replace(VOLUME, person_days=4)
    done = [on(VOLUME, 0, 3, 50)]
    assert remaining(VOLUME, done, coverage(VOLUME, done, POOL)) is None


spans = st.tuples(st.integers(-3, 6), st.integers(0, 6))
rows = st.lists(
    st.builds(
        lambda need, person, span, share: on(need, span[0], sum(span), share, person),
        st.sampled_from([STEADY, VOLUME]),
        st.integers(1, 2),
        spans,
        st.integers(1, 100),
    ),
    max_size=8,
)


@bounded
@given(rows, st.integers(0, 27), st.integers(0, 10), st.sets(st.integers(0, 27), max_size=5))
def test_coverage_equals_its_definition(assigned: list[Assignment], away: int, length: int, off: set[int]) -> None:
    begin = START.monday + timedelta(days=away)
    absence = Absence(begin, begin + timedelta(days=length))
    pool = {1: replace(ANNA, absences=(absence,)), 2: replace(BEN, full_time_hours=38.7)}
    days_off = {START.monday + timedelta(days=day) for day in off}

    def delivered(need: Need, week: Week) -> float:
        running = [a for a in assigned if a.need_id == need.id and a.first <= week <= a.last]
        return sum(
            a.share
            / 100
            * pool[a.person_id].full_time_hours
            * presence(week, days_off, [(b.first, b.last) for b in pool[a.person_id].absences])
            / 5
            for a in running
        )

    steady, volume = coverages([STEADY, VOLUME], assigned, pool, days_off)
    assert steady.counted_hours == pytest.approx(sum(min(20, delivered(STEADY, w)) for w in STEADY.weeks))
    assert volume.counted_hours == pytest.approx(min(48, sum(delivered(VOLUME, w) for w in VOLUME.weeks)))
    assert (steady.demanded, volume.demanded) == (demanded_work(STEADY), demanded_work(VOLUME))
    assert all(0 <= one.ratio <= 1 for one in (steady, volume))


@bounded
@given(rows)
def test_a_need_of_which_nothing_remains_is_covered_when_all_are_present(assigned: list[Assignment]) -> None:
    for need, covered in zip((STEADY, VOLUME), coverages([STEADY, VOLUME], assigned, POOL), strict=True):
        assert (remaining(need, assigned, covered) is None) == (covered.ratio == 1.0)


def test_nothing_demanded_is_covered() -> None:
    assert Coverage(0, 0).ratio == 1.0
