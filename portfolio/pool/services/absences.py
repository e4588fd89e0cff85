"""Absences: days on which a person is not available. Nobody says why."""

from datetime import date

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK
from portfolio.pool import notices, queries
from portfolio.pool.models import Absence, Person
from portfolio.pool.problems import AbsenceOverlaps, DayOutOfRange, EndsBeforeStart


def add_absence(person: Person, from_date: date, to_date: date) -> Absence:
    queries.lock(person.id)
    check_absence(person.id, from_date, to_date)
    absence = Absence(person_id=person.id, from_date=from_date, to_date=to_date)
    db.session.add(absence)
    db.session.flush()
    notices.absence_entered(absence)
    return absence


def change_absence(absence: Absence, from_date: date, to_date: date) -> None:
    """Move an absence; one day is entered once only."""
    queries.lock(absence.person_id)
    check_absence(absence.person_id, from_date, to_date, absence)
    absence.from_date, absence.to_date = from_date, to_date
    db.session.flush()
    notices.absence_entered(absence)


def check_absence(person_id: int, from_date: date, to_date: date, instead_of: Absence | None = None) -> None:
    """Refuse days that make no sense, or on which the person is entered as absent already."""
    _check(from_date, to_date)
    with db.session.no_autoflush:
        clash = select(Absence.id).where(
            Absence.person_id == person_id,
            Absence.id != (instead_of.id if instead_of else 0),
            Absence.from_date <= to_date,
            Absence.to_date >= from_date,
        )
        if db.session.scalar(clash.limit(1)) is not None:
            raise AbsenceOverlaps


def _check(from_date: date, to_date: date) -> None:
    for field, day in (("from_date", from_date), ("to_date", to_date)):
        if not MIN_WEEK.monday <= day <= MAX_WEEK.sunday:
            raise DayOutOfRange(field)
    if to_date < from_date:
        raise EndsBeforeStart("to_date")


def remove_absence(absence: Absence) -> None:
    db.session.delete(absence)
    db.session.flush()
