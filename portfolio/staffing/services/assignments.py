"""Assignments: a person is booked on a project, the booking is put right, or taken back."""

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.staffing import ledger, notices
from portfolio.staffing.models import Assignment
from portfolio.staffing.problems import ProjectClosed
from portfolio.staffing.services.booking import AssignmentData, book, booking_of, check, fill, make_room, write
from portfolio.staffing.services.states import take_step


def assign(data: AssignmentData, actor: Actor, override_reason: str | None = None) -> Assignment:
    """Book a person.

    Raises Overbooked with the weeks in which the pool share would be passed, unless `override_reason` is given by
    somebody who may change assignments: then exactly the excess is allowed, and logged with the reason.
    """
    parties = check(data)
    if parties.project.is_closed:
        raise ProjectClosed
    ledger.lock([data.person_id])
    return book(data, parties, actor, override_reason)


def change_assignment(
    assignment: Assignment, data: AssignmentData, actor: Actor, override_reason: str | None = None
) -> None:
    """Change a booking; a state that differs takes the step there. Raises as `assign` does.

    On a closed project nothing may be booked beyond what is.
    """
    parties, wanted = check(data, assignment), booking_of(data)
    if parties.project.is_closed and _books_more(assignment, data):
        raise ProjectClosed
    before = notices.booked(assignment)
    ledger.lock([data.person_id, assignment.person_id], [assignment.need_id])
    overrides = make_room(wanted, booking_of(assignment), actor, override_reason)
    with db.session.no_autoflush:
        if data.state is not assignment.state:
            take_step(assignment, data.state, actor, data.agreed_on, data.agreement_reference)
        fill(assignment, data)
    write(assignment, wanted, overrides)
    parties.attach_to(assignment)
    notices.changed(assignment, before)


def remove_assignment(assignment: Assignment) -> None:
    """Take the booking back as if it had never been; what is over is ended instead."""
    ledger.lock([assignment.person_id], [assignment.need_id])
    before = notices.booked(assignment)
    db.session.delete(assignment)
    db.session.flush()
    notices.withdrawn(before)


def _books_more(assignment: Assignment, data: AssignmentData) -> bool:
    return (
        data.person_id != assignment.person_id
        or data.project_id != assignment.project_id
        or data.share > assignment.share
        or data.from_week < assignment.from_week
        or data.to_week > assignment.to_week
    )
