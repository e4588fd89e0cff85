"""Assignments: a person is booked on a project, moved, or taken off it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm.attributes import set_committed_value

from portfolio.access.policy import Action, Actor, allowed
from portfolio.extensions import db
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Person
from portfolio.pool.problems import Overbooked
from portfolio.projects.models import Project
from portfolio.staffing import ledger, notices
from portfolio.staffing.checks import kept, known, sensible_share, sensible_weeks
from portfolio.staffing.ledger import Booking, Overflow
from portfolio.staffing.models import Assignment, AssignmentForm, AssignmentState, Need, Override
from portfolio.staffing.problems import ProjectClosed, ReasonTooLong, UnknownNeed, UnknownPerson, UnknownProject
from portfolio.staffing.services.states import take_step
from portfolio.web import clock
from portfolio.web.problems import NotAllowed

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentData:
    """A person works on a project with a share, from a week to a week, for a need or without one."""

    person_id: int
    project_id: int
    need_id: int | None = None
    share: int
    from_week: Week
    to_week: Week
    state: AssignmentState = AssignmentState.PROPOSED
    form: AssignmentForm = AssignmentForm.MATRIX
    agreed_on: date | None = None
    agreement_reference: str | None = None

    @property
    def booking(self) -> Booking | None:
        return _booking(self)


def assign(data: AssignmentData, actor: Actor, override_reason: str | None = None) -> Assignment:
    """Book a person.

    Raises Overbooked with the weeks in which the pool share would be passed, unless `override_reason` is given by
    somebody who may change assignments: then exactly the excess is allowed, and logged with the reason.
    """
    parties = _check(data)
    if parties.project.is_closed:
        raise ProjectClosed
    assignment = Assignment(state=data.state, agreed_on=data.agreed_on, agreement_reference=data.agreement_reference)
    overrides = _make_room(data.booking, None, actor, override_reason)
    _fill(assignment, data)
    parties.attach_to(assignment)
    db.session.add(assignment)
    _write(assignment, data.booking, overrides)
    notices.entered(assignment)
    return assignment


def change_assignment(
    assignment: Assignment, data: AssignmentData, actor: Actor, override_reason: str | None = None
) -> None:
    """Change a booking; a state that differs takes the step there. Raises as `assign` does.

    On a closed project nothing may be booked beyond what is.
    """
    parties = _check(data, assignment)
    if parties.project.is_closed and _books_more(assignment, data):
        raise ProjectClosed
    before = notices.booked(assignment)
    overrides = _make_room(data.booking, _booking(assignment), actor, override_reason)
    with db.session.no_autoflush:
        if data.state is not assignment.state:
            take_step(assignment, data.state, actor, data.agreed_on, data.agreement_reference)
        _fill(assignment, data)
    _write(assignment, data.booking, overrides)
    parties.attach_to(assignment)
    notices.changed(assignment, before)


def remove_assignment(assignment: Assignment) -> None:
    """Take the booking back as if it had never been; what is over is ended instead."""
    ledger.lock([assignment.person_id])
    before = notices.booked(assignment)
    db.session.delete(assignment)
    db.session.flush()
    notices.withdrawn(before)


@dataclass(frozen=True, slots=True)
class _Parties:
    """Who and what an assignment is about."""

    person: Person
    project: Project
    need: Need | None

    def attach_to(self, assignment: Assignment) -> None:
        """Let whoever shows the assignment find them without loading them again."""
        for name in ("person", "project", "need"):
            set_committed_value(assignment, name, getattr(self, name))


def _check(data: AssignmentData, before: Assignment | None = None) -> _Parties:
    """Refuse what makes no sense; the parties otherwise."""
    sensible_weeks(data.from_week, data.to_week)
    sensible_share(data.share)
    person = known(Person, data.person_id, UnknownPerson)
    stays = before is not None and before.person_id == person.id
    if not person.active and not stays:
        raise UnknownPerson
    project = known(Project, data.project_id, UnknownProject)
    need = None if data.need_id is None else kept(Need, data.need_id, UnknownNeed)
    if need is not None and need.project_id != project.id:
        raise UnknownNeed
    return _Parties(person, project, need)


def _booking(source: AssignmentData | Assignment) -> Booking | None:
    """What it takes of the person; None once declined."""
    if source.state is AssignmentState.DECLINED:
        return None
    return Booking(source.person_id, source.share, WeekRange(source.from_week, source.to_week))


def _books_more(assignment: Assignment, data: AssignmentData) -> bool:
    return (
        data.person_id != assignment.person_id
        or data.project_id != assignment.project_id
        or data.share > assignment.share
        or data.from_week < assignment.from_week
        or data.to_week > assignment.to_week
    )


def _make_room(
    wanted: Booking | None, released: Booking | None, actor: Actor, override_reason: str | None
) -> list[Override]:
    """Lock the persons and look: nothing when it fits, the overrides that make it fit, or Overbooked."""
    ledger.lock(booking.person_id for booking in (wanted, released) if booking)
    weeks = ledger.overflow(wanted, released) if wanted else ()
    if not wanted or not weeks:
        return []
    reason = (override_reason or "").strip()
    if not reason:
        raise Overbooked(wanted.person_id, tuple(week.excess for week in weeks))
    if not allowed(actor, Action.CHANGE_ASSIGNMENTS):
        raise NotAllowed
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong
    overrides = [
        Override(
            person_id=wanted.person_id,
            from_week=run[0].excess.week,
            to_week=run[-1].excess.week,
            share=run[0].share,
            reason=reason,
            user_id=actor.user_id,
            at=clock.now(),
        )
        for run in _runs(weeks)
    ]
    db.session.add_all(overrides)
    db.session.flush()
    return overrides


def _runs(weeks: Sequence[Overflow]) -> list[list[Overflow]]:
    """Weeks in a row that are too much by the same share."""
    numbered = groupby(enumerate(weeks), key=lambda pair: (pair[1].excess.week.index - pair[0], pair[1].share))
    return [[week for _, week in run] for _, run in numbered]


def _fill(assignment: Assignment, data: AssignmentData) -> None:
    assignment.person_id = data.person_id
    assignment.project_id = data.project_id
    assignment.need_id = data.need_id
    assignment.share = data.share
    assignment.from_week = data.from_week
    assignment.to_week = data.to_week
    assignment.form = data.form


def _write(assignment: Assignment, wanted: Booking | None, overrides: Sequence[Override]) -> None:
    """Write the booking for which there is room, and name it in the overrides that made the room."""
    with ledger.refusing_overbooking(wanted):
        db.session.flush()
    for override in overrides:
        override.assignment_id = assignment.id
    db.session.flush()
