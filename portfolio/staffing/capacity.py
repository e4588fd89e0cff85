"""The weeks of many persons at once, as arrays: what chart, table, CSV and API show.

The figures are those of the ledger and of `planning.capacity`, and tests hold the three equal. Here they are made for a
whole state, for which a value per person and week would be too slow: the bookings are a fifth of the ledger's rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Integer, Select, func, or_, select, true, type_coerce

from portfolio.extensions import db
from portfolio.planning.problem import WORK_PER_HOUR, tenths
from portfolio.planning.weeks import Week, WeekRange, weeks_from, working_days
from portfolio.pool import calendar
from portfolio.pool.models import Absence, PoolShare
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.web import settings

Shares = npt.NDArray[np.int16]
Hours = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
DAYS = 7
MOST_NAMED = 300


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
    presence: Integers
    """Working days outside absences, 0 to 5."""

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
    presence = _presence(places)
    work = booked.astype(np.int64) * full_time * presence
    return Matrix(ids, weeks_from(first, count), _pool_share(places), booked, work / WORK_PER_HOUR, presence)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which row and which column of the arrays a person and a week have."""

    ids: tuple[int, ...]
    weeks: WeekRange

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.ids), len(self.weeks)

    def among(self, person_id: Any) -> ColumnElement[bool]:
        """Whether it is one of these persons. Many are not named one by one: what is too much is left out later."""
        return person_id.in_(self.ids) if len(self.ids) <= MOST_NAMED else true()

    def rows(self, person_ids: Integers) -> Integers:
        """The row of each of these persons."""
        order = np.argsort(np.asarray(self.ids, np.int64))
        found: Integers = order[np.searchsorted(self.ids, person_ids, sorter=order)]
        return found

    def known(self, person_ids: Integers) -> npt.NDArray[np.bool_]:
        return np.isin(person_ids, np.asarray(self.ids, np.int64))


def _booked(places: _Places) -> Shares:
    row = Assignment.__table__.c
    spans = select(row.person_id, row.from_week, row.to_week, row.share).where(
        row.state != AssignmentState.DECLINED,
        row.from_week <= places.weeks.last,
        row.to_week >= places.weeks.first,
    )
    return _added_up(spans.where(places.among(row.person_id)), places)


def _pool_share(places: _Places) -> Shares:
    row = PoolShare.__table__.c
    to_week = func.coalesce(type_coerce(row.to_week, Integer), places.weeks.last.index)
    spans = select(row.person_id, row.from_week, to_week, row.share).where(
        row.from_week <= places.weeks.last, or_(row.to_week.is_(None), row.to_week >= places.weeks.first)
    )
    return _added_up(spans.where(places.among(row.person_id)), places)


def _added_up(spans: Select[Any], places: _Places) -> Shares:
    """Each share of `spans` (person, first and last week, share) is added where it begins and taken away where it has
    ended; the sums in between are the shares of the weeks."""
    values = _fetch(spans)
    values = values[places.known(values[:, 0])]
    count, origin = len(places.weeks), places.weeks.first.index
    steps = np.zeros((len(places.ids), count + 1), np.int16)
    rows = places.rows(values[:, 0])
    np.add.at(steps, (rows, np.clip(values[:, 1] - origin, 0, count)), values[:, 3])
    np.subtract.at(steps, (rows, np.clip(values[:, 2] + 1 - origin, 0, count)), values[:, 3])
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
    reaching = select(Absence.person_id, Absence.from_date, Absence.to_date).where(
        Absence.from_date <= sunday, Absence.to_date >= monday
    )
    known = set(places.ids)
    rows = db.session.execute(reaching.where(places.among(Absence.person_id)))
    return [row for row in rows if row.person_id in known]


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


def _fetch(statement: Select[Any]) -> Integers:
    """The rows of whole numbers as an array, as the driver gives them: a row object for each would take longer than
    all the rest."""
    result = db.session.connection().execute(statement)
    rows = result.cursor.fetchall()
    result.close()
    return np.array(rows, np.int64).reshape(len(rows), len(statement.selected_columns))
