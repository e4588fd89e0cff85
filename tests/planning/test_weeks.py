"""ISO weeks: week 53, turns of the year, ranges, working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.weeks import (
    MAX_WEEK,
    MIN_WEEK,
    Week,
    WeekRange,
    presence,
    weeks_from,
    working_days,
)

bounded = settings(max_examples=100, deadline=None, derandomize=True)
weeks = st.builds(Week, st.integers(MIN_WEEK.index, MAX_WEEK.index))
days = st.dates(date(2000, 1, 3), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2026, 12, 28), "2026-W53"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2033, 1, 2), "2032-W53"),
        (date(2038, 1, 3), "2037-W53"),
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), "2026-W48"),
    ],
)
def test_a_day_belongs_to_the_week_of_its_thursday(day: date, text: str) -> None:
    assert str(Week.containing(day)) == text


@pytest.mark.parametrize("year", [2026, 2032, 2037])
def test_years_with_53_weeks(year: int) -> None:
    assert Week.of(year, 53) + 1 == Week.of(year + 1, 1)
    assert Week.of(year + 1, 1) - Week.of(year, 1) == 53


def test_week_53_of_a_year_with_52_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="53"):
        Week.of(2027, 53)


@pytest.mark.parametrize(
    "text",
    ["2026-W49", "2026-w49", "2026W49", " KW 49/2026 ", "kw49 2026", "KW49/2026", "49/2026", "KW  49 / 2026"],
)
def test_every_usual_way_to_write_a_week_is_read(text: str) -> None:
    assert Week.parse(text) == Week.of(2026, 49)


@pytest.mark.parametrize(
    "text",
    ["", "49", "2026", "2026-W54", "2027-W53", "2026-W00", "1999-W52", "2100-W01", "2026-W4x", "2026-W٤٩"],
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)week"):
        Week.parse(text)


def test_the_limits_are_readable_themselves() -> None:
    assert (str(MIN_WEEK), str(MAX_WEEK)) == ("2000-W01", "2099-W53")
    assert (Week.parse("2000-W01"), Week.parse("2099-W53")) == (MIN_WEEK, MAX_WEEK)


@bounded
@given(weeks)
def test_writing_and_reading_a_week_is_the_identity(week: Week) -> None:
    assert Week.parse(str(week)) == Week.of(week.year, week.number) == Week.from_index(week.index) == week


@bounded
@given(days)
def test_a_week_agrees_with_the_calendar_of_the_standard_library(day: date) -> None:
    week = Week.containing(day)
    assert (week.year, week.number) == day.isocalendar()[:2]
    assert week.monday <= day <= week.sunday
    assert [one.isoweekday() for one in week.days] == [1, 2, 3, 4, 5]


@bounded
@given(weeks, st.integers(-300, 300))
def test_adding_weeks_moves_the_monday_by_seven_days_each(week: Week, count: int) -> None:
    assert (week + count).monday == week.monday + timedelta(weeks=count)
    assert (week + count) - week == count
    assert week - count == week + -count
    assert (week + count < week) == (count < 0)


def test_a_range_includes_both_ends() -> None:
    turn = WeekRange(Week.of(2026, 52), Week.of(2027, 1))
    assert [str(week) for week in turn] == ["2026-W52", "2026-W53", "2027-W01"]
    assert len(turn) == 3
    assert turn.dates == (date(2026, 12, 21), date(2027, 1, 10))


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-W52"):
        WeekRange(Week.of(2027, 1), Week.of(2026, 52))


@bounded
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_an_overlap_holds_exactly_the_weeks_in_both(ends: list[int]) -> None:
    a, b, c, d = (MIN_WEEK + end for end in ends)
    one, other = WeekRange(min(a, b), max(a, b)), WeekRange(min(c, d), max(c, d))
    shared = one.overlap(other)
    assert (set(shared) if shared else set()) == {week for week in one if week in other}


def test_weeks_in_a_row_cross_the_turn_of_the_year() -> None:
    assert weeks_from(Week.of(2026, 53), 2) == (Week.of(2026, 53), Week.of(2027, 1))
    assert weeks_from(Week.of(2026, 53), 0) == ()


def test_holidays_on_working_days_are_not_worked() -> None:
    christmas = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)}
    assert working_days(Week.of(2026, 52), christmas) == 3
    assert working_days(Week.of(2026, 51), christmas) == 5


def test_a_day_is_taken_away_once_however_often_somebody_is_away() -> None:
    week = Week.of(2026, 52)
    away = [(date(2026, 12, 22), date(2026, 12, 24)), (date(2026, 12, 23), date(2027, 1, 3))]
    assert presence(week, {date(2026, 12, 25)}, away) == 1


@bounded
@given(st.sets(st.integers(0, 13)), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=4))
def test_presence_counts_the_days_neither_off_nor_absent(off: set[int], spans: list[tuple[int, int]]) -> None:
    start = Week.of(2026, 53).monday
    days_off = {start + timedelta(days=day) for day in off}
    absences = [(start + timedelta(days=a), start + timedelta(days=b)) for a, b in spans]
    expected = [d for d in range(7, 12) if d not in off and not any(a <= d <= b for a, b in spans)]
    assert presence(Week.of(2027, 1), days_off, absences) == len(expected)
