"""Persons by weeks.

The figures are those of the ledger and of `planning.capacity`, and tests hold the three equal. Here they are made for a
whole state, for which a value per person and week would be too slow: the bookings are a fifth of the ledger's rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from portfolio.planning.problem import WORK_PER_HOUR, tenths
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool import calendar
from portfolio.staffing.capacity.places import PERSON, Integers, Places, summed
from portfolio.staffing.capacity.rows import bookings, pool_shares, presence
from portfolio.web import settings

Shares = npt.NDArray[np.int16]
Hours = npt.NDArray[np.float64]


class HasId(Protocol):
    """A person, or a row that knows a person's id."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Matrix:
    """One row for each person, one column for each week."""

    places: Places
    pool_share: Shares
    """Percent of full time the person may be planned for."""
    booked: Shares
    """Percent of full time the person is planned for."""
    delivered_hours: Hours
    """Booked share x full-time hours x days present / 5."""
    presence: Integers
    """Working days outside absences, 0 to 5."""

    @property
    def person_ids(self) -> tuple[int, ...]:
        return self.places.ids

    @property
    def weeks(self) -> tuple[Week, ...]:
        return tuple(self.places.weeks)

    @property
    def days_off(self) -> frozenset[date]:
        """Days in these weeks on which nobody works."""
        return calendar.days_off(self.places.weeks.first, self.places.weeks.last)

    @property
    def free(self) -> Shares:
        """Percent of full time left; negative by as much as is booked too much."""
        return self.pool_share - self.booked

    def during(self, weeks: WeekRange) -> "Matrix":
        """The columns of these weeks alone."""
        first = weeks.first - self.places.weeks.first
        shown = slice(first, first + len(weeks))
        return Matrix(
            places=Places(self.places.ids, weeks),
            pool_share=self.pool_share[:, shown],
            booked=self.booked[:, shown],
            delivered_hours=self.delivered_hours[:, shown],
            presence=self.presence[:, shown],
        )


def matrix(persons: Sequence[HasId], first: Week, count: int) -> Matrix:
    """The `count` weeks from `first` on of these persons, in their order. Three queries."""
    places = Places(tuple(person.id for person in persons), WeekRange(first, first + (count - 1)))
    return matrix_of(places, bookings(places))


def matrix_of(places: Places, spans: Integers) -> Matrix:
    """The same from bookings already read. Two queries."""
    booked = places.sums(spans)
    here = presence(places)
    work = booked.astype(np.int64) * tenths(settings.full_time_hours()) * here
    return Matrix(
        places=places,
        pool_share=places.sums(pool_shares(places)),
        booked=booked,
        delivered_hours=work / WORK_PER_HOUR,
        presence=here,
    )


def worked(figures: Matrix, spans: Integers, keys: Integers, count: int) -> Integers:
    """The work that bookings of these persons deliver, by key (one for each span, 0 to `count` - 1) and week."""
    total = np.zeros((count, len(figures.places.weeks)), np.int64)
    if len(spans):
        persons = len(figures.places.ids)
        pairs, row_of = np.unique(keys * persons + figures.places.rows(spans[:, PERSON]), return_inverse=True)
        shares = summed(spans, row_of, len(pairs), figures.places.weeks)
        work = shares.astype(np.int64) * figures.presence[pairs % persons]
        found, starts = np.unique(pairs // persons, return_index=True)
        total[found] = np.add.reduceat(work, starts, axis=0)
    return total * tenths(settings.full_time_hours())
