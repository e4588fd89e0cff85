"""The weeks of many persons at once, as arrays: what chart, table, CSV and API show.

Read from the ledger. The figures are those of `planning.capacity`, and a test holds the two equal; here they are made
for a whole state, for which a value per person and week would be too slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import Integer, or_, select, type_coerce

from portfolio.extensions import db
from portfolio.planning.problem import WORK_PER_HOUR, tenths
from portfolio.planning.weeks import Week, WeekRange, weeks_from, working_days
from portfolio.pool import calendar
from portfolio.pool.models import Absence, PersonWeek, PoolShare
from portfolio.web import settings

Shares = npt.NDArray[np.int16]
Hours = npt.NDArray[np.float64]
DAYS = 7


class HasId(Protocol):
    """A person, or a row that knows a person's id."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Matrix:
    """One row for each person, one column for each week."""

    person_ids: tuple[int, ...]
    weeks: tuple[Week, ...]
    pool_share: Shares
    """Percent of full time the person may be planned for."""
    booked: Shares
    """Percent of full time the person is planned for."""
    delivered_hours: Hours
    """Booked share x full-time hours x days present / 5."""

    @property
    def free(self) -> Shares:
        """Percent of full time left; negative by as much as is booked too much."""
        return self.pool_share - self.booked


def matrix(persons: Sequence[HasId], first: Week, count: int) -> Matrix:
    """The `count` weeks from `first` on of these persons, in their order. Three queries."""
    ids = tuple(person.id for person in persons)
    weeks = WeekRange(first, first + (count - 1))
    places = _Places(ids, weeks)
    booked = _booked(places)
    full_time = tenths(settings.full_time_hours())
    work = booked.astype(np.int64) * full_time * _presence(places)
    return Matrix(ids, weeks_from(first, count), _pool_share(places), booked, work / WORK_PER_HOUR)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which row and which column of the arrays a person and a week have."""

    ids: tuple[int, ...]
    weeks: WeekRange

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.ids), len(self.weeks)

    def rows(self, person_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The row of each of these persons."""
        order = np.argsort(np.asarray(self.ids, np.int64))
        found: npt.NDArray[np.int64] = order[np.searchsorted(self.ids, person_ids, sorter=order)]
        return found


def _booked(places: _Places) -> Shares:
    booked = np.zeros(places.shape, np.int16)
    week = type_coerce(PersonWeek.week, Integer)
    entries = _fetch(
        select(PersonWeek.person_id, week, PersonWeek.booked).where(
            PersonWeek.person_id.in_(places.ids), PersonWeek.week.between(places.weeks.first, places.weeks.last)
        )
    )
    booked[places.rows(entries[:, 0]), entries[:, 1] - places.weeks.first.index] = entries[:, 2]
    return booked


def _pool_share(places: _Places) -> Shares:
    """Each share is added where it begins and taken away where it has ended; the sums in between are the shares."""
    count = len(places.weeks)
    steps = np.zeros((len(places.ids), count + 1), np.int16)
    last = places.weeks.last
    to_week = type_coerce(PoolShare.to_week, Integer)
    shares = _fetch(
        select(PoolShare.person_id, type_coerce(PoolShare.from_week, Integer), to_week, PoolShare.share).where(
            PoolShare.person_id.in_(places.ids),
            PoolShare.from_week <= last,
            or_(PoolShare.to_week.is_(None), PoolShare.to_week >= places.weeks.first),
        ),
        missing=last.index,
    )
    rows, origin = places.rows(shares[:, 0]), places.weeks.first.index
    np.add.at(steps, (rows, np.clip(shares[:, 1] - origin, 0, count)), shares[:, 3])
    np.subtract.at(steps, (rows, np.clip(shares[:, 2] + 1 - origin, 0, count)), shares[:, 3])
    return steps.cumsum(axis=1, dtype=np.int16)[:, :-1]


def _presence(places: _Places) -> npt.NDArray[np.int64]:
    """Working days outside every absence, 0 to 5."""
    days_off = calendar.days_off(places.weeks.first, places.weeks.last)
    days = np.array([working_days(week, days_off) for week in places.weeks], np.int64)
    presence = np.tile(days, (len(places.ids), 1))
    absences = _absences(places)
    if absences:
        _take_away(presence, absences, places, days_off)
    return presence


def _absences(places: _Places) -> Sequence[Any]:
    monday, sunday = places.weeks.dates
    statement = select(Absence.person_id, Absence.from_date, Absence.to_date).where(
        Absence.person_id.in_(places.ids), Absence.from_date <= sunday, Absence.to_date >= monday
    )
    return db.session.execute(statement).all()


def _take_away(
    presence: npt.NDArray[np.int64], absences: Sequence[Any], places: _Places, days_off: frozenset[date]
) -> None:
    """Recount, day by day, the weeks of those who are away; a day away twice is taken away once."""
    monday, count = places.weeks.first.monday.toordinal(), len(places.weeks) * DAYS
    rows = places.rows(np.array([row.person_id for row in absences], np.int64))
    away_rows, where = np.unique(rows, return_inverse=True)
    steps = np.zeros((len(away_rows), count + 1), np.int16)
    begins = np.array([row.from_date.toordinal() for row in absences]) - monday
    ends = np.array([row.to_date.toordinal() for row in absences]) + 1 - monday
    np.add.at(steps, (where, np.clip(begins, 0, count)), 1)
    np.subtract.at(steps, (where, np.clip(ends, 0, count)), 1)
    here = steps.cumsum(axis=1)[:, :-1] == 0
    worked = [day not in days_off for week in places.weeks for day in week.days]
    here_on_weekdays = here.reshape(len(away_rows), -1, DAYS)[:, :, :5]
    presence[away_rows] = (here_on_weekdays & np.array(worked).reshape(1, -1, 5)).sum(axis=2)


def _fetch(statement: Any, missing: int = 0) -> npt.NDArray[np.int64]:
    """The rows of whole numbers as an array; `missing` stands for NULL."""
    rows = db.session.execute(statement).all()
    columns = len(statement.selected_columns)
    flat = (missing if value is None else value for row in rows for value in row)
    return np.fromiter(flat, np.int64, len(rows) * columns).reshape(-1, columns)
