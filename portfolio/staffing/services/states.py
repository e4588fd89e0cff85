"""The way of an assignment through its states, and who may take it a step further."""

from datetime import date

from portfolio.access.policy import Action, Actor, Scope, may, scopes
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.projects.models import Project
from portfolio.staffing import ledger, notices, queries
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.problems import AgreementIncomplete, AgreementInFuture, AgreementMissing, StepNotAllowed
from portfolio.staffing.steps import STEPS, WITHOUT_AGREEMENT, agreement_needed, next_states
from portfolio.web import clock
from portfolio.web.problems import NotAllowed


def move_to_state(
    assignment: Assignment,
    state: AssignmentState,
    actor: Actor,
    agreed_on: date | None = None,
    reference: str | None = None,
) -> None:
    """Take the assignment to `state`, where the way there exists and is the actor's.

    The home authority agrees with a date and a reference; when the CIO office enters an agreement, the date is today
    unless it says otherwise.
    """
    ledger.lock([assignment.person_id], [assignment.need_id])
    take_step(assignment, state, actor, agreed_on, reference)
    db.session.flush()
    notices.entered(assignment)


def take_step(
    assignment: Assignment, state: AssignmentState, actor: Actor, agreed_on: date | None, reference: str | None
) -> None:
    """As `move_to_state`, without writing it yet."""
    if not _may_move(assignment, state, actor):
        raise NotAllowed
    if state is AssignmentState.AGREED:
        agreed_on, reference = _agreement(actor, agreed_on, reference)
    _refuse_detour(assignment, state)
    if state is AssignmentState.AGREED:
        assignment.agreed_on, assignment.agreement_reference = agreed_on, reference
    assignment.state = state


def allowed_states(assignment: Assignment, actor: Actor) -> tuple[AssignmentState, ...]:
    """The steps `actor` may take now, the usual one first."""
    steps = next_states(assignment.state, needs_agreement(assignment))
    return tuple(state for state in steps if _may_move(assignment, state, actor))


def needs_agreement(assignment: Assignment) -> bool:
    """Whether the person's home authority has to agree to this work."""
    return agreement_needed_for(assignment.person, assignment.project)


def agreement_needed_for(person: Person, project: Project) -> bool:
    """Whether the home authority of `person` has to agree to work on `project`."""
    return agreement_needed(person.home_organisation_id, project.organisation_id, queries.parents())


def _may_move(assignment: Assignment, state: AssignmentState, actor: Actor) -> bool:
    if state is AssignmentState.AGREED:
        return may(actor, Action.GIVE_AGREEMENT, assignment.person)
    return may(actor, Action.CHANGE_ASSIGNMENTS, assignment)


def _refuse_detour(assignment: Assignment, state: AssignmentState) -> None:
    if state in STEPS[assignment.state]:
        return
    if state is not AssignmentState.CONFIRMED or assignment.state not in WITHOUT_AGREEMENT:
        raise StepNotAllowed(assignment.state, state)
    if needs_agreement(assignment):
        raise AgreementMissing


def _agreement(actor: Actor, agreed_on: date | None, reference: str | None) -> tuple[date, str | None]:
    """Date and reference of an agreement, as complete as `actor` has to give them."""
    reference = (reference or "").strip() or None
    if Scope.ALL not in scopes(actor, Action.GIVE_AGREEMENT):
        if agreed_on is None:
            raise AgreementIncomplete("agreed_on")
        if reference is None:
            raise AgreementIncomplete("reference")
    day = agreed_on or clock.today()
    if day > clock.today():
        raise AgreementInFuture
    return day, reference
