"""What volumes still ask for: person-days that may be worked in any week of their windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portfolio.planning.problem import tenths
from portfolio.planning.weeks import Week, WeekRange, working_days
from portfolio.pool import calendar
from portfolio.staffing.capacity.demand import Needs, delivered, demanded_volume
from portfolio.staffing.capacity.matrix import Matrix
from portfolio.staffing.capacity.places import Integers
from portfolio.web import settings


@dataclass(frozen=True, slots=True)
class Volumes:
    """One row for each volume, one column for each week."""

    rest: Integers
    """The work that is not delivered yet."""
    usable: npt.NDArray[np.bool_]
    """Weeks in which it may still be worked."""
    most: Integers
    """The most work in a week."""

    def spread(self, amounts: Integers) -> Integers:
        """The amounts evenly over the usable weeks: until it is planned nobody knows which."""
        counts = self.usable.sum(axis=1)
        each, rest = np.divmod(amounts, counts)
        place = self.usable.cumsum(axis=1) - 1
        return (each[:, None] + (place < rest[:, None])) * self.usable


def volumes_of(needs: Needs, spans: Integers, key: int, figures: Matrix, this_week: Week) -> Volumes:
    """Of needs that are all volumes; what lies before `this_week` is gone, unless all of it does."""
    weeks = figures.places.weeks
    done = delivered(needs, spans, key, figures).sum(axis=1)
    inside = needs.within(weeks)
    ahead = inside & (np.arange(weeks.first.index, weeks.last.index + 1) >= this_week.index)
    usable = ahead | (inside & ~ahead.any(axis=1, keepdims=True))
    full_time = tenths(settings.full_time_hours())
    return Volumes(
        rest=(demanded_volume(needs) - done).clip(min=0),
        usable=usable,
        most=needs.shares[:, None] * full_time * _working_days(weeks) * usable,
    )


def _working_days(weeks: WeekRange) -> Integers:
    days_off = calendar.days_off(weeks.first, weeks.last)
    return np.array([working_days(week, days_off) for week in weeks], np.int64)
