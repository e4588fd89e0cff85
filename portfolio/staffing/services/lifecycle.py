"""The life of an assignment: it is ended, shortened, extended, given another share, or handed over."""

from collections.abc import Mapping
from contextlib import nullcontext

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.problems import Overbooked
from portfolio.staffing import ledger, notices
from portfolio.staffing.courses import Course, Piece, Verb
from portfolio.staffing.ledger import Booking
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.problems import AssignmentOver, ProjectClosed
from portfolio.staffing.services.booking import (
    AssignmentData,
    Parties,
    book,
    booking_of,
    check,
    fill,
    make_room,
    taker,
    write,
)
from portfolio.staffing.services.states import needs_agreement, take_step
from portfolio.staffing.steps import AWAITS_AGREEMENT

_HOLDING = (Verb.HAND_OVER, Verb.CHANGE_SHARE, Verb.EXTEND, Verb.SHORTEN)
VERBS: Mapping[AssignmentState, tuple[Verb, ...]] = {
    AssignmentState.PROPOSED: _HOLDING,
    AssignmentState.REQUESTED: _HOLDING,
    AssignmentState.AGREED: _HOLDING,
    AssignmentState.CONFIRMED: tuple(Verb),
    AssignmentState.ENDED: (),
    AssignmentState.DECLINED: (),
}


def possible_verbs(assignment: Assignment) -> tuple[Verb, ...]:
    """What can be done with it in its state; a single week cannot be shortened."""
    single = assignment.from_week == assignment.to_week
    return tuple(verb for verb in VERBS[assignment.state] if not (single and verb is Verb.SHORTEN))


def held(assignment: Assignment) -> Piece:
    """The assignment as its courses start from it."""
    weeks = WeekRange(assignment.from_week, assignment.to_week)
    return Piece(assignment.person_id, assignment.share, weeks)


def rests_on_agreement(assignment: Assignment) -> bool:
    """Whether the home authority has agreed to it, and only to what it is."""
    return assignment.state in AWAITS_AGREEMENT and needs_agreement(assignment)


def too_much(assignment: Assignment, course: Course) -> Overbooked | None:
    """The refusal that `carry_out` would meet with without a reason, as things stand now.

    Raises UnknownPerson where there is nobody to ask it of.
    """
    for piece in course.additions:
        taker(piece.person_id, assignment)
        wanted = Booking(piece.person_id, piece.share, piece.weeks)
        if weeks := ledger.overflow(wanted, booking_of(assignment)):
            return Overbooked(piece.person_id, tuple(week.excess for week in weeks))
    return None


def carry_out(assignment: Assignment, course: Course, actor: Actor, override_reason: str | None = None) -> Assignment:
    """Take the course, in one transaction: what is left of the assignment, or what follows it where something does.

    Raises Overbooked as `assign` does; then nothing of it may be committed.
    """
    if assignment.state in (AssignmentState.ENDED, AssignmentState.DECLINED):
        raise AssignmentOver
    if assignment.project.is_closed and course.books_more:
        raise ProjectClosed
    ledger.lock((piece.person_id for piece in (course.held, *course.pieces)), [assignment.need_id])
    follower = _follower(assignment, course)
    same_person = course.follows is not None and course.follows.person_id == assignment.person_id
    taken_apart = ledger.keeping_allowances(assignment.person_id, course.held.weeks) if same_person else nullcontext()
    with taken_apart:
        _keep(assignment, course, actor, override_reason)
    return book(*follower, actor, override_reason) if follower else assignment


def _keep(assignment: Assignment, course: Course, actor: Actor, override_reason: str | None) -> None:
    before = notices.booked(assignment)
    if course.kept is None:
        db.session.delete(assignment)
        db.session.flush()
        notices.withdrawn(before)
        return
    data = _data(assignment, course.kept)
    wanted = booking_of(data)
    overrides = make_room(wanted, booking_of(assignment), actor, override_reason)
    with db.session.no_autoflush:
        if course.ends:
            take_step(assignment, AssignmentState.ENDED, actor, None, None)
        elif course.kept.anew:
            assignment.state, assignment.agreed_on, assignment.agreement_reference = data.state, None, None
        fill(assignment, data)
        if course.kept == course.held:
            assignment.touch()  # so that the same form sent twice is stale the second time
    write(assignment, wanted, overrides)
    notices.changed(assignment, before)


def _follower(assignment: Assignment, course: Course) -> tuple[AssignmentData, Parties] | None:
    """What follows, checked while the assignment is still there."""
    if course.follows is None:
        return None
    data = _data(assignment, course.follows)
    return data, check(data, assignment)


def _data(assignment: Assignment, piece: Piece) -> AssignmentData:
    """The piece as an assignment for the same need in the same form, with its agreement unless it begins anew."""
    return AssignmentData(
        person_id=piece.person_id,
        project_id=assignment.project_id,
        need_id=assignment.need_id,
        share=piece.share,
        from_week=piece.weeks.first,
        to_week=piece.weeks.last,
        state=AssignmentState.PROPOSED if piece.anew else assignment.state,
        form=assignment.form,
        agreed_on=None if piece.anew else assignment.agreed_on,
        agreement_reference=None if piece.anew else assignment.agreement_reference,
    )
