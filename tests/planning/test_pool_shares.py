"""Which pool shares of one person may stand beside each other."""

from __future__ import annotations

import pytest

from portfolio.planning.problem import PoolShare, PoolSharesOverlap, check
from portfolio.planning.weeks import Week

START = Week.of(2026, 50)


def test_pool_shares_may_follow_each_other_and_leave_weeks_out() -> None:
    check([PoolShare(START + 8, None, 50), PoolShare(START, START + 3, 80), PoolShare(START + 4, START + 5, 0)])


def test_two_pool_shares_in_one_week_are_refused_with_both_named() -> None:
    earlier, later = PoolShare(START, START + 3, 80), PoolShare(START + 3, None, 50)
    with pytest.raises(PoolSharesOverlap) as refused:
        check([later, earlier])
    assert (refused.value.earlier, refused.value.later) == (earlier, later)


def test_nothing_may_follow_a_pool_share_without_end() -> None:
    with pytest.raises(PoolSharesOverlap):
        check([PoolShare(START, None, 80), PoolShare(START + 100, None, 50)])


@pytest.mark.parametrize("row", [PoolShare(START, START - 1, 50), PoolShare(START, None, 101)])
def test_a_pool_share_that_cannot_be_is_refused(row: PoolShare) -> None:
    with pytest.raises(ValueError, match=r"before it begins|not a share"):
        check([row])
