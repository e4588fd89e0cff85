"""How an assignment gets into the ledger: what it says, whether that makes sense, whether there is room for it."""

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
from portfolio.staffing.problems import ReasonTooLong, UnknownNeed, UnknownPerson, UnknownProject
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


@dataclass(frozen=True, slots=True)
class Parties:
    """Who and what an assignment is about."""

    person: Person
    project: Project
    need: Need | None

    def attach_to(self, assignment: Assignment) -> None:
        """Let whoever shows the assignment find them without loading them again."""
        for name in ("person", "project", "need"):
            set_committed_value(assignment, name, getattr(self, name))


def check(data: AssignmentData, before: Assignment | None = None) -> Parties:
    """Refuse what makes no sense; the parties otherwise. Who worked on it `before` need not be active."""
    sensible_weeks(data.from_week, data.to_week)
    sensible_share(data.share)
    person = taker(data.person_id, before)
    project = known(Project, data.project_id, UnknownProject)
    need = None if data.need_id is None else kept(Need, data.need_id, UnknownNeed)
    if need is not None and need.project_id != project.id:
        raise UnknownNeed
    return Parties(person, project, need)


def taker(person_id: int, before: Assignment | None = None) -> Person:
    """Whoever is to be booked: somebody active, or who worked on it `before`."""
    person = known(Person, person_id, UnknownPerson)
    stays = before is not None and before.person_id == person.id
    if not person.active and not stays:
        raise UnknownPerson
    return person


def booking_of(source: AssignmentData | Assignment) -> Booking | None:
    """What it takes of the person; None once declined."""
    if source.state is AssignmentState.DECLINED:
        return None
    return Booking(source.person_id, source.share, WeekRange(source.from_week, source.to_week))


def make_room(
    wanted: Booking | None, released: Booking | None, actor: Actor, override_reason: str | None
) -> list[Override]:
    """Nothing when it fits, the overrides that make it fit, or Overbooked; the persons are locked (`ledger.lock`)."""
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


def book(data: AssignmentData, parties: Parties, actor: Actor, override_reason: str | None) -> Assignment:
    """Write a new assignment and tell of it; `data` is checked and the person locked. Raises Overbooked."""
    assignment, wanted = Assignment(state=data.state), booking_of(data)
    overrides = make_room(wanted, None, actor, override_reason)
    assignment.agreed_on, assignment.agreement_reference = data.agreed_on, data.agreement_reference
    fill(assignment, data)
    parties.attach_to(assignment)
    db.session.add(assignment)
    write(assignment, wanted, overrides)
    notices.entered(assignment)
    return assignment


def fill(assignment: Assignment, data: AssignmentData) -> None:
    assignment.person_id = data.person_id
    assignment.project_id = data.project_id
    assignment.need_id = data.need_id
    assignment.share = data.share
    assignment.from_week = data.from_week
    assignment.to_week = data.to_week
    assignment.form = data.form


def write(assignment: Assignment, wanted: Booking | None, overrides: Sequence[Override]) -> None:
    """Write the booking for which there is room, and name it in the overrides that made the room."""
    with ledger.refusing_overbooking(wanted):
        db.session.flush()
    for override in overrides:
        override.assignment_id = assignment.id
    db.session.flush()


def _runs(weeks: Sequence[Overflow]) -> list[list[Overflow]]:
    """Weeks in a row that are too much by the same share."""
    numbered = groupby(enumerate(weeks), key=lambda pair: (pair[1].excess.week.index - pair[0], pair[1].share))
    return [[week for _, week in run] for _, run in numbered]
