"""Needs over the weeks: where they lie, and what they take together."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.planning.problem import Need, NeedKind
from portfolio.planning.timeline import mean_share, most_person_days, overfull, person_days, timeline
from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK, Week, WeekRange

W1 = Week.of(2026, 50)


def need(first: int = 0, last: int = 9, share: int = 40, **values: Any) -> Need:
    """A need from the week `first` after W1 to the week `last`."""
    return Need(id=1, project_id=0, skill_id=1, level=2, first=W1 + first, last=W1 + last, share=share, **values)


def volume(days: int, last: int = 9, share: int = 40) -> Need:
    return need(0, last, share, kind=NeedKind.VOLUME, person_days=days)


def sums(*needs: Need, **values: Any) -> list[tuple[int, int, Fraction]]:
    """First and last week (counted from W1) and share of each stretch."""
    drawn = timeline(needs, **values)
    assert drawn is not None
    return [(each.weeks.first - W1, each.weeks.last - W1, each.share) for each in drawn.stretches]


def test_nothing_asked_for_is_no_timeline() -> None:
    assert timeline(()) is None


def test_shares_add_up_where_needs_overlap() -> None:
    assert sums(need(0, 9, 40), need(5, 12, 60)) == [(0, 4, 40), (5, 9, 100), (10, 12, 60)]


def test_gap_between_needs_takes_nothing() -> None:
    assert sums(need(0, 1), need(4, 5)) == [(0, 1, 40), (2, 3, 0), (4, 5, 40)]


def test_needs_that_take_turns_with_the_same_share_are_one_stretch() -> None:
    assert sums(need(0, 4), need(5, 9)) == [(0, 9, 40)]


def test_volume_counts_evenly_over_its_window() -> None:
    assert sums(volume(12, last=9)) == [(0, 9, 24)]  # 96 h in ten weeks of 40 h
    assert mean_share(volume(1, last=2)) == Fraction(20, 3)


def test_thirds_leave_nothing_behind() -> None:
    assert sums(volume(1, last=2), need(3, 5, 10))[-1] == (3, 5, 10)


def test_full_time_hours_weigh_person_days() -> None:
    assert mean_share(volume(10, last=9), full_time_hours=38.5) == Fraction(8000, 385)


def test_frame_and_deadline_reach_beyond_the_needs() -> None:
    frame = WeekRange(W1 - 2, W1 + 3)

    drawn = timeline([need(0, 9)], frame, deadline=W1 + 20)

    assert drawn is not None
    assert (drawn.weeks, drawn.deadline) == (WeekRange(W1 - 2, W1 + 20), W1 + 20)


@pytest.mark.parametrize("deadline", [W1 - 27, W1 + 36, MAX_WEEK])
def test_deadline_far_off_leaves_the_needs_their_room(deadline: Week) -> None:
    drawn = timeline([need(0, 9)], deadline=deadline)

    assert drawn is not None
    assert (drawn.weeks, drawn.deadline) == (WeekRange(W1, W1 + 9), None)


def test_places_are_percent_of_the_width() -> None:
    drawn = timeline([need(0, 9)])

    assert drawn is not None
    assert [drawn.at(week) for week in (W1, W1 + 5, W1 + 10)] == [0, 50, 100]


@pytest.mark.parametrize("weeks", [1, 6, 7, 53, 104, 5200])
def test_ticks_are_few_and_begin_at_the_beginning(weeks: int) -> None:
    drawn = timeline([Need(1, 0, 1, 2, MIN_WEEK, MIN_WEEK + weeks - 1, 40)])

    assert drawn is not None
    ticks = drawn.ticks(6)
    assert ticks[0] == MIN_WEEK
    assert min(weeks, 4) <= len(ticks) <= 6


def test_peak_is_where_most_is_asked_for() -> None:
    drawn = timeline([need(0, 9, 40), need(5, 12, 60)])

    assert drawn is not None
    assert (drawn.peak.weeks, drawn.peak.posts) == (WeekRange(W1 + 5, W1 + 9), 1.0)


def test_person_days_of_a_need() -> None:
    assert person_days(need(0, 9, 40)) == 20
    assert person_days(volume(12)) == 12


def test_volume_that_its_share_leaves_no_room_for() -> None:
    assert most_person_days(volume(1, last=2)) == 6  # three weeks of two days
    assert not overfull(volume(6, last=2))
    assert overfull(volume(7, last=2))
    assert not overfull(need(0, 2, 1))


weeks_and_shares = st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(1, 100), st.integers(0, 50))


@given(st.lists(weeks_and_shares, min_size=1, max_size=60))
def test_stretches_are_the_sums_week_by_week(rows: list[tuple[int, int, int, int]]) -> None:
    needs = [
        need(first, first + length, share, kind=NeedKind.VOLUME if days else NeedKind.STEADY, person_days=days)
        for first, length, share, days in rows
    ]

    drawn = timeline(needs)

    assert drawn is not None
    drawn_sums = [stretch.share for stretch in drawn.stretches for _week in stretch.weeks]
    assert drawn_sums == [sum(mean_share(each) for each in needs if week in each.weeks) for week in drawn.weeks]
