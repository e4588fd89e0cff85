"""What is offered instead of a booking that was too much."""

from collections.abc import Sequence

import pytest

from portfolio.planning.weeks import WeekRange
from portfolio.pool.problems import Excess
from portfolio.staffing.exits import Run, exits, runs
from tests.factories import FIRST_WEEK

WINDOW = WeekRange(FIRST_WEEK, FIRST_WEEK + 9)


def _excess(weeks: Sequence[int], booked: int = 80) -> list[Excess]:
    return [Excess(FIRST_WEEK + week, 100, booked, 40) for week in weeks]


def test_smallest_rest_is_the_share_that_fits_throughout() -> None:
    assert exits(WINDOW, [*_excess([2], booked=70), *_excess([5], booked=90)]).share == 10


@pytest.mark.parametrize("booked", [100, 130])
def test_no_share_fits_where_a_week_is_full(booked: int) -> None:
    assert exits(WINDOW, _excess([4], booked)).share is None


@pytest.mark.parametrize(
    ("blocked", "first", "last"),
    [([0, 1], 2, 9), ([9], 0, 8), ([2, 3], 4, 9), ([7], 0, 6), ([4, 5], 0, 3), ([0, 9], 1, 8)],
)
def test_longest_run_of_weeks_is_offered(blocked: list[int], first: int, last: int) -> None:
    assert exits(WINDOW, _excess(blocked)).weeks == WeekRange(FIRST_WEEK + first, FIRST_WEEK + last)


def test_no_weeks_where_all_are_too_much() -> None:
    assert exits(WINDOW, _excess(range(10))).weeks is None


def test_weeks_in_a_row_with_the_same_figures_are_one_run() -> None:
    found = runs([*_excess([1, 2, 4]), *_excess([5], booked=120)])
    assert found == (
        Run(FIRST_WEEK + 1, FIRST_WEEK + 2, 100, 80, 40),
        Run(FIRST_WEEK + 4, FIRST_WEEK + 4, 100, 80, 40),
        Run(FIRST_WEEK + 5, FIRST_WEEK + 5, 100, 120, 40),
    )
    assert [run.free for run in found] == [20, 20, 0]
