"""What delays and coverage suggest for the lights."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.planning.lights import Light, Thresholds, days_late, is_better, light_of_coverage, light_of_delay, worst

PLANNED = date(2026, 11, 23)
GREEN, YELLOW, RED = Light
USUAL = Thresholds()


@pytest.mark.parametrize(("days", "light"), [(0, GREEN), (13, GREEN), (14, YELLOW), (41, YELLOW), (42, RED)])
def test_two_weeks_are_yellow_six_are_red(days: int, light: Light) -> None:
    assert light_of_delay(days, USUAL) is light


@pytest.mark.parametrize(("ratio", "light"), [(1.0, GREEN), (0.9, GREEN), (0.89, YELLOW), (0.7, YELLOW), (0.69, RED)])
def test_below_ninety_percent_is_yellow_below_seventy_red(ratio: float, light: Light) -> None:
    assert light_of_coverage(ratio, USUAL) is light


def test_stricter_thresholds_turn_earlier() -> None:
    strict = Thresholds(late_yellow=1, late_red=2, covered_yellow=1.0, covered_red=0.95)
    assert (light_of_delay(7, strict), light_of_delay(14, strict)) == (YELLOW, RED)
    assert (light_of_coverage(0.99, strict), light_of_coverage(0.94, strict)) == (YELLOW, RED)


def test_what_has_passed_unreached_is_late_whatever_was_expected() -> None:
    assert days_late(PLANNED, PLANNED, PLANNED + timedelta(days=5)) == 5
    assert days_late(PLANNED, PLANNED - timedelta(days=9), PLANNED - timedelta(days=20)) == 0


@given(st.lists(st.sampled_from(Light), min_size=1))
def test_nothing_is_worse_than_the_worst(lights: list[Light]) -> None:
    assert not any(is_better(worst(*lights), light) for light in lights)
    assert worst(*lights) in lights
