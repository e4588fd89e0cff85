"""Absences: days on which a person is not available. Nobody says why."""

from datetime import date

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK
from portfolio.pool import notices, queries
from portfolio.pool.models import Absence, Person
from portfolio.pool.problems import AbsenceOverlaps, DayOutOfRange, EndsBeforeStart


def add_absence(person: Person, from_date: date, to_date: date) -> Absence:
    absence = Absence(person_id=person.id)
    _move(absence, from_date, to_date)
    db.session.add(absence)
    db.session.flush()
    notices.absence_entered(absence)
    return absence


def change_absence(absence: Absence, from_date: date, to_date: date) -> None:
    """Move an absence; one day is entered once only."""
    _move(absence, from_date, to_date)
    db.session.flush()
    notices.absence_entered(absence)


def _move(absence: Absence, from_date: date, to_date: date) -> None:
    _check(from_date, to_date)
    queries.lock(absence.person_id)
    with db.session.no_autoflush:
        clash = select(Absence.id).where(
            Absence.person_id == absence.person_id,
            Absence.id != (absence.id or 0),
            Absence.from_date <= to_date,
            Absence.to_date >= from_date,
        )
        if db.session.scalar(clash.limit(1)) is not None:
            raise AbsenceOverlaps
    absence.from_date, absence.to_date = from_date, to_date


def _check(from_date: date, to_date: date) -> None:
    for field, day in (("from_date", from_date), ("to_date", to_date)):
        if not MIN_WEEK.monday <= day <= MAX_WEEK.sunday:
            raise DayOutOfRange(field)
    if to_date < from_date:
        raise EndsBeforeStart("to_date")


def remove_absence(absence: Absence) -> None:
    db.session.delete(absence)
    db.session.flush()
