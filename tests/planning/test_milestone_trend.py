"""Milestone trend: the line of a milestone over the reporting dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.trend import Forecast, ForecastInPast, Trend, TrendPoint, TrendWord, trend

PLANNED_ON, PLANNED = date(2026, 9, 1), date(2026, 12, 31)
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def told(*forecasts: tuple[date, date], reached: date | None = None) -> Trend:
    return trend(PLANNED, PLANNED_ON, [Forecast(*forecast) for forecast in forecasts], reached)


def test_the_line_starts_at_the_plan() -> None:
    assert told().points == (TrendPoint(PLANNED_ON, PLANNED, 0),)
    assert told().word is TrendWord.LEVEL


def test_forecasts_follow_by_reporting_date_with_days_of_deviation() -> None:
    line = told((date(2026, 11, 1), date(2027, 1, 14)), (date(2026, 10, 1), date(2027, 1, 1)))
    assert [point.deviation for point in line.points] == [0, 1, 14]
    assert (line.deviation, line.last_slip, line.word) == (14, 13, TrendWord.RISING)


def test_a_milestone_brought_forward_falls() -> None:
    line = told((date(2026, 10, 1), date(2026, 12, 24)))
    assert (line.deviation, line.last_slip, line.word) == (-7, -7, TrendWord.FALLING)


def test_a_milestone_back_on_its_planned_date_is_level() -> None:
    line = told((date(2026, 10, 1), date(2027, 1, 7)), (date(2026, 11, 1), PLANNED))
    assert (line.deviation, line.last_slip, line.word) == (0, -7, TrendWord.LEVEL)


def test_a_reached_milestone_ends_on_the_diagonal() -> None:
    reached = date(2026, 11, 15)
    line = told((date(2026, 10, 1), PLANNED), (date(2026, 12, 1), PLANNED), reached=reached)
    assert line.points[-1] == TrendPoint(reached, reached, -46)
    assert (len(line.points), line.word) == (3, TrendWord.REACHED)


def test_a_forecast_for_its_own_reporting_date_is_on_the_diagonal_too() -> None:
    assert told((date(2027, 1, 5), date(2027, 1, 5))).word is TrendWord.REACHED


def test_a_plan_for_the_day_it_is_made_is_not_reached_by_itself() -> None:
    assert trend(PLANNED_ON, PLANNED_ON, []).word is TrendWord.LEVEL


def test_a_forecast_before_its_reporting_date_is_refused() -> None:
    with pytest.raises(ForecastInPast) as refused:
        Forecast(date(2026, 10, 1), date(2026, 9, 30))
    assert (refused.value.reported, refused.value.expected) == (date(2026, 10, 1), date(2026, 9, 30))


def test_two_forecasts_for_one_reporting_date_are_refused() -> None:
    with pytest.raises(ValueError, match="2026-10-01"):
        told((date(2026, 10, 1), PLANNED), (date(2026, 10, 1), date(2027, 1, 5)))


def test_the_plan_comes_first_even_when_entered_after_a_forecast() -> None:
    line = told((date(2026, 8, 1), date(2027, 1, 7)))
    assert [(p.reported, p.deviation) for p in line.points] == [(date(2026, 8, 1), 0), (date(2026, 8, 1), 7)]


@bounded
@given(st.dictionaries(st.integers(-30, 200), st.integers(0, 200), max_size=6), st.none() | st.integers(0, 300))
def test_every_line_begins_with_the_plan_and_runs_forward(forecasts: dict[int, int], reached: int | None) -> None:
    days = [(PLANNED_ON + timedelta(on), PLANNED_ON + timedelta(on + ahead)) for on, ahead in forecasts.items()]
    line = told(*days, reached=None if reached is None else PLANNED_ON + timedelta(reached))
    reported = [point.reported for point in line.points]
    assert line.points[0].expected == PLANNED
    assert reported == sorted(reported)
    assert all(point.deviation == (point.expected - PLANNED).days for point in line.points)
    assert all(point.expected >= point.reported for point in line.points[1:])
