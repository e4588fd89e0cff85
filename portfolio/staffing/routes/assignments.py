"""One assignment: its facts, its way through the states, and the steps that are possible now."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, require, requires
from portfolio.access.policy import Action, Actor, Scope, allowed, may, scopes
from portfolio.extensions import db
from portfolio.staffing import deliveries, queries, services
from portfolio.staffing.forms import StateForm
from portfolio.staffing.labels import VERBS, short_words, state_label, step_label
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.routes.blueprint import bp
from portfolio.staffing.routes.lifecycle import WAYS
from portfolio.staffing.visibility import assignments_visible_to, presence_visible_to, share_visible_to
from portfolio.web import clock
from portfolio.web.conflict import Difference
from portfolio.web.fields import StepForm
from portfolio.web.problems import Problem

TRAIL = (
    AssignmentState.PROPOSED,
    AssignmentState.REQUESTED,
    AssignmentState.AGREED,
    AssignmentState.CONFIRMED,
    AssignmentState.ENDED,
)


@bp.get("/zuordnungen/<int:assignment_id>")
@requires(Action.READ_ASSIGNMENTS)
def assignment(assignment_id: int) -> ResponseReturnValue:
    return _page(_load(assignment_id))


@bp.post("/zuordnungen/<int:assignment_id>/stand")
@requires(Action.GIVE_AGREEMENT)
def move_assignment(assignment_id: int) -> ResponseReturnValue:
    found = _load(assignment_id)
    form = StateForm()
    if not form.validate() or form.wanted is None:
        return _page(found, form), 422
    if form.is_stale(found.version):
        return _page(
            found, form, stale=[Difference(_("Stand"), state_label(found.state), step_label(form.wanted))]
        ), 409
    try:
        services.move_to_state(found, form.wanted, current_actor(), form.agreed_on.data, form.reference.data)
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _page(_load(assignment_id), form), problem.status
    db.session.commit()
    flash(_("Stand der Zuordnung: %(state)s.", state=state_label(form.wanted)), "success")
    return redirect(url_for("staffing.assignment", assignment_id=assignment_id))


@bp.post("/zuordnungen/<int:assignment_id>/entfernen")
@requires(Action.CHANGE_ASSIGNMENTS)
def remove_assignment(assignment_id: int) -> ResponseReturnValue:
    found = _load(assignment_id)
    require(Action.CHANGE_ASSIGNMENTS, found)
    if StepForm().is_stale(found.version):
        return _page(found, stale=[Difference(_("Stand"), state_label(found.state), _("Entfernen"))]), 409
    services.remove_assignment(found)
    db.session.commit()
    flash(_("Die Zuordnung ist entfernt, die Wochen sind wieder frei."), "success")
    return redirect(url_for("dashboard.project", project_id=found.project_id))


def _load(assignment_id: int) -> Assignment:
    return get_or_404(queries.with_names(assignments_visible_to(current_actor())), assignment_id)


def _page(found: Assignment, form: StateForm | None = None, stale: Sequence[Difference] = ()) -> str:
    actor = current_actor()
    with_share = share_visible_to(actor, found)
    plans = Scope.ALL in scopes(actor, Action.READ_ASSIGNMENTS)
    return render_template(
        "staffing/assignment.html",
        assignment=found,
        with_share=with_share,
        plans=plans,
        reads_need=may(actor, Action.READ_NEEDS, found.project),
        reads_project=_reads_project(actor, found),
        trail=_trail(found.state),
        steps=[state for state in services.allowed_states(found, actor) if state is not AssignmentState.ENDED],
        form=form or StateForm(formdata=None, agreed_on=clock.today()),
        stale=stale,
        delivery=deliveries.of_assignment(found) if found.books and presence_visible_to(actor, found) else None,
        short_words=short_words,
        asked=_is_asked(actor, found),
        verbs=_verbs(found) if allowed(actor, Action.CHANGE_ASSIGNMENTS) else (),
        cautions=services.warnings_for(found) if plans else (),
        overrides=queries.overrides_of(found) if plans else (),
        changeable=allowed(actor, Action.CHANGE_ASSIGNMENTS),
    )


def _reads_project(actor: Actor, found: Assignment) -> bool:
    """Whether the project behind the assignment is open to `actor`: to the home authority it is not."""
    works_there = actor.person_id == found.person_id and found.books
    own = works_there and Scope.TEAM in scopes(actor, Action.READ_PROJECTS)
    return own or may(actor, Action.READ_PROJECTS, found.project)


def _verbs(found: Assignment) -> list[tuple[str, str]]:
    """Address and name of what can be done with the assignment besides the next step."""
    possible = services.possible_verbs(found)
    return [(way, str(VERBS[verb])) for way, verb in WAYS.items() if verb in possible]


def _is_asked(actor: Actor, found: Assignment) -> bool:
    """Whether `actor` is the home authority that has not yet agreed: it can agree here, and nothing else."""
    plans = allowed(actor, Action.CHANGE_ASSIGNMENTS)
    return found.state is AssignmentState.REQUESTED and not plans and may(actor, Action.GIVE_AGREEMENT, found.person)


def _trail(now: AssignmentState) -> list[tuple[str, str]]:
    """The states in their order, each done, current or still open; a declined assignment ends where it was declined."""
    if now is AssignmentState.DECLINED:
        return [(state_label(AssignmentState.PROPOSED), "done"), (state_label(now), "current")]
    place = TRAIL.index(now)
    signs = ["done"] * place + ["current"] + ["open"] * (len(TRAIL) - place - 1)
    return [(state_label(state), sign) for state, sign in zip(TRAIL, signs, strict=True)]
