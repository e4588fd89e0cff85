"""The page of one request, and how a step on it ends."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from portfolio.access import guard
from portfolio.access.policy import Action, may
from portfolio.extensions import db
from portfolio.support import labels, queries, wording
from portfolio.support.comparison import pairs
from portfolio.support.forms import TextForm
from portfolio.support.models import SupportRequest
from portfolio.support.schedule import schedule_of
from portfolio.support.services.conversation import may_comment
from portfolio.support.transitions import possible_steps
from portfolio.web.fields import VersionedForm
from portfolio.web.problems import Problem, Stale

CONFLICT = 409
Page = Callable[[SupportRequest], str]


def load(
    request_id: int,
    action: Action,
    shape: Callable[[Select[SupportRequest]], Select[SupportRequest]] = queries.whole,
) -> SupportRequest:
    """The request, if the user sees it (else 404) and may do `action` with it (else 403)."""
    visible = queries.requests_visible_to(guard.current_actor())
    support_request = guard.get_or_404(shape(visible), request_id)
    guard.require(action, support_request)
    return support_request


def show(support_request: SupportRequest, **refused: VersionedForm) -> str:
    """The page with everything the reader may do now; `refused` brings back a form under the name of its step."""
    actor = guard.current_actor()
    blank = {name: TextForm(formdata=None) for name in ("answer", "decline", "comment")}
    return render_template(
        "support/request.html",
        support_request=support_request,
        forms=blank | refused,
        refused=next(iter(refused.values()), None),
        schedule=schedule_of(
            support_request.needs, support_request.from_week, support_request.to_week, support_request.deadline
        ),
        offer=list(pairs(support_request.needs, support_request.offered_needs)),
        steps=possible_steps(support_request, actor),
        may_comment=may_comment(support_request, actor),
        may_read_decisions=may(actor, Action.READ_DECISIONS, support_request),
        labels=labels,
        wording=wording,
    )


def take(
    support_request: SupportRequest, form: VersionedForm, step: Callable[[], object], again: Page, done: str
) -> ResponseReturnValue:
    """Validate, take the step, commit, and back to the request; else the page `again`, with what was typed and why."""
    if not form.validate_on_submit():
        return again(support_request), 422
    try:
        if form.is_stale(support_request.version):
            raise Stale
        step()
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return again(load(support_request.id, Action.READ_REQUESTS)), status_of(problem)
    db.session.commit()
    flash(done, "success")
    return redirect(url_for("support.request", request_id=support_request.id))


def status_of(problem: Problem) -> int:
    """What a page answers: a stale form is a conflict, for no browser knows of preconditions."""
    return CONFLICT if isinstance(problem, Stale) else problem.status
