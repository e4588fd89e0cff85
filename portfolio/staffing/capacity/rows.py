"""What capacity is made of, as the driver gives it: bookings, pool shares, absences."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Integer, Select, func, or_, select, type_coerce

from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange, working_days
from portfolio.pool import calendar
from portfolio.pool.models import Absence, PoolShare
from portfolio.projects.models import Project
from portfolio.staffing.capacity.places import Integers, Places
from portfolio.staffing.models import Assignment, AssignmentState, Need

DAYS = 7


def fetch(statement: Select[Any]) -> Integers:
    """The rows of whole numbers as an array."""
    rows = _as_the_driver_gives(statement)
    return np.array(rows, np.int64).reshape(len(rows), len(statement.selected_columns))


def _as_the_driver_gives(statement: Select[Any]) -> Sequence[Any]:
    """A row object for each would take longer than all the rest."""
    result = db.session.connection().execute(statement)
    rows: Sequence[Any] = result.cursor.fetchall()
    result.close()
    return rows


def bookings(places: Places) -> Integers:
    """Spans of what is booked of these persons."""
    return fetch(_booked(places.weeks).where(places.among(Assignment.person_id)))


def bookings_for_needs(weeks: WeekRange) -> Integers:
    """Spans of what is booked of anybody, with the need it is for and the skill of that, 0 without one."""
    statement = _booked(weeks, func.coalesce(Assignment.need_id, 0), func.coalesce(Need.skill_id, 0))
    return fetch(statement.outerjoin(Need, Need.id == Assignment.need_id))


def bookings_for_organisations(weeks: WeekRange) -> Integers:
    """Spans of what is booked of anybody, with the organisation it is for and the need, 0 without one."""
    statement = _booked(weeks, Project.organisation_id, func.coalesce(Assignment.need_id, 0))
    return fetch(statement.join(Project, Project.id == Assignment.project_id))


def _booked(weeks: WeekRange, *keys: Any) -> Select[Any]:
    row = Assignment.__table__.c
    return select(row.person_id, row.from_week, row.to_week, row.share, *keys).where(
        row.state != AssignmentState.DECLINED, row.from_week <= weeks.last, row.to_week >= weeks.first
    )


def pool_shares(places: Places) -> Integers:
    """Spans of what may be planned of these persons."""
    row = PoolShare.__table__.c
    last = places.weeks.last
    to_week: ColumnElement[int] = func.coalesce(type_coerce(row.to_week, Integer), last.index)
    spans = select(row.person_id, row.from_week, to_week, row.share).where(
        row.from_week <= last, or_(row.to_week.is_(None), row.to_week >= places.weeks.first)
    )
    return fetch(spans.where(places.among(row.person_id)))


def presence(places: Places) -> Integers:
    """Persons by weeks: working days outside every absence, 0 to 5."""
    days_off = calendar.days_off(places.weeks.first, places.weeks.last)
    days = np.array([working_days(week, days_off) for week in places.weeks], np.int64)
    here = np.tile(days, (len(places.ids), 1))
    absences = _absences(places)
    if len(absences):
        _take_away(here, absences, places, days_off)
    return here


def _absences(places: Places) -> Integers:
    """Person, first and last day, counted from the Monday of the first week."""
    monday, sunday = places.weeks.dates
    row = Absence.__table__.c
    reaching = select(row.person_id, row.from_date, row.to_date).where(row.from_date <= sunday, row.to_date >= monday)
    found = _as_the_driver_gives(reaching.where(places.among(row.person_id)))
    days = np.array([each[1:] for each in found], "datetime64[D]").reshape(len(found), 2)
    ids = np.array([each[0] for each in found], np.int64)
    return places.known(np.column_stack((ids, (days - np.datetime64(monday)).astype(np.int64))))


def _take_away(here: Integers, absences: Integers, places: Places, days_off: frozenset[date]) -> None:
    """Recount, day by day, the weeks of those who are away; a day away twice is taken away once."""
    count = len(places.weeks) * DAYS
    away_rows, where = np.unique(places.rows(absences[:, 0]), return_inverse=True)
    steps = np.zeros((len(away_rows), count + 1), np.int16)
    np.add.at(steps, (where, np.clip(absences[:, 1], 0, count)), 1)
    np.subtract.at(steps, (where, np.clip(absences[:, 2] + 1, 0, count)), 1)
    present = steps.cumsum(axis=1)[:, :-1] == 0
    worked = [day not in days_off for week in places.weeks for day in week.days]
    on_weekdays = present.reshape(len(away_rows), -1, DAYS)[:, :, :5]
    here[away_rows] = (on_weekdays & np.array(worked).reshape(1, -1, 5)).sum(axis=2)
