"""What can still be booked when a booking was too much. Pure: values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.planning.weeks import WeekRange
from portfolio.pool.problems import Excess


@dataclass(frozen=True, slots=True)
class Exits:
    """Ways out of an over-booking: a smaller share over all weeks, or the same share over fewer weeks."""

    share: int | None
    """The most that fits throughout; None when nothing does."""
    weeks: WeekRange | None
    """The longest run of weeks in which the whole share fits, the first of several; None when there is none."""


def exits(weeks: WeekRange, excess: Sequence[Excess]) -> Exits:
    """The ways out for a booking over `weeks` that met with `excess`."""
    fits = min(max(0, week.pool_share - week.booked) for week in excess) if excess else 0
    return Exits(share=fits or None, weeks=_longest_run(weeks, {week.week.index for week in excess}))


def _longest_run(weeks: WeekRange, without: set[int]) -> WeekRange | None:
    best: WeekRange | None = None
    start = None
    for week in (*weeks, weeks.last + 1):
        blocked = week.index in without or week > weeks.last
        if not blocked and start is None:
            start = week
        if blocked and start is not None:
            run = WeekRange(start, week - 1)
            best = run if best is None or len(run) > len(best) else best
            start = None
    return best
