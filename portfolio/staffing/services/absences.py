"""Absences of people who are planned: whose work they change hears of it, beside the CIO office."""

from collections.abc import Sequence
from datetime import date

from portfolio.extensions import db
from portfolio.planning.weeks import Week, WeekRange, presence, working_days
from portfolio.pool import calendar
from portfolio.pool import services as pool
from portfolio.pool.models import Absence, Person
from portfolio.staffing import notices, queries
from portfolio.web import clock

Days = tuple[date, date]


def add_absence(person: Person, from_date: date, to_date: date) -> Absence:
    absence = pool.add_absence(person, from_date, to_date)
    _tell(person.id, come=(from_date, to_date))
    return absence


def change_absence(absence: Absence, from_date: date, to_date: date) -> None:
    gone = absence.from_date, absence.to_date
    pool.change_absence(absence, from_date, to_date)
    if gone != (from_date, to_date):
        _tell(absence.person_id, gone, (from_date, to_date))


def remove_absence(absence: Absence) -> None:
    person_id, gone = absence.person_id, (absence.from_date, absence.to_date)
    pool.remove_absence(absence)
    _tell(person_id, gone)


def _tell(person_id: int, gone: Days | None = None, come: Days | None = None) -> None:
    """Tell of each piece of work ahead from which the days that come take something, or those gone do no more."""
    days = [each for each in (gone, come) if each]
    first = max(Week.containing(min(each[0] for each in days)), clock.this_week())
    last = Week.containing(max(each[1] for each in days))
    if last < first:
        return
    for row in db.session.scalars(queries.work_of(person_id, first, last)).all():
        ahead = WeekRange(max(first, row.from_week), min(last, row.to_week))
        if short := _taken_from(ahead, come):
            notices.short(row, short)
        elif back := _taken_from(ahead, gone):
            notices.back(row, back)


def _taken_from(weeks: WeekRange, days: Days | None) -> Sequence[Week]:
    """The weeks that lose a working day to being away on these days."""
    if days is None:
        return ()
    days_off = calendar.days_off(weeks.first, weeks.last)
    return [week for week in weeks if presence(week, days_off, [days]) < working_days(week, days_off)]
