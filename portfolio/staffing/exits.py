"""What can still be booked when a booking was too much. Pure: values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.problems import Excess


@dataclass(frozen=True, slots=True)
class Exits:
    """Ways out of an over-booking: a smaller share over all weeks, or the same share over fewer weeks."""

    share: int | None
    """The most that fits throughout; None when nothing does."""
    weeks: WeekRange | None
    """The longest run of weeks in which the whole share fits, the first of several; None when there is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """Weeks in a row with the same figures, in percent of full time."""

    first: Week
    last: Week
    pool_share: int
    booked: int
    requested: int

    @property
    def free(self) -> int:
        return max(0, self.pool_share - self.booked)


def runs(excess: Sequence[Excess]) -> tuple[Run, ...]:
    """The weeks of `excess`, those in a row with the same figures taken together."""
    numbered = groupby(enumerate(excess), key=lambda pair: (pair[1].week.index - pair[0], *_figures(pair[1])))
    weeks = ([week for _, week in run] for _, run in numbered)
    return tuple(Run(run[0].week, run[-1].week, *_figures(run[0])) for run in weeks)


def _figures(week: Excess) -> tuple[int, int, int]:
    return week.pool_share, week.booked, week.requested


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
