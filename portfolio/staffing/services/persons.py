"""Persons who leave while work is planned for them: the CIO office hears of it, whoever deactivates them."""

from portfolio.extensions import db
from portfolio.pool import services as pool
from portfolio.pool.models import Person
from portfolio.staffing import notices, queries
from portfolio.web import clock


def set_active(person: Person, active: bool) -> None:
    """Whether somebody can be named and planned. What is planned already stays."""
    leaves = person.active and not active
    pool.set_active(person, active)
    if leaves:
        tell_of_leaving(person)


def tell_of_leaving(person: Person) -> None:
    """Tell of the weeks ahead for which somebody who was deactivated is still planned."""
    this_week = clock.this_week()
    work = db.session.scalars(queries.work_of(person.id, this_week)).all()
    if work:
        notices.left(person, max(this_week, work[0].from_week), max(row.to_week for row in work))
