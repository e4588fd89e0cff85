"""The counter-offer: other needs than asked for, tried on the pool before they are sent."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.support import labels, queries, services
from portfolio.support.forms import CounterForm
from portfolio.support.forms.needs import as_entered
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, show, status_of, take
from portfolio.support.routes.rows import rework_rows
from portfolio.web.problems import Problem

TRY = "try"


@bp.get("/anfragen/<int:request_id>/gegenangebot")
@requires(Action.READ_REQUESTS)
def offer(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    if submitted.state is not RequestState.SUBMITTED:
        return redirect(url_for("support.request", request_id=request_id))
    asked = [as_entered(need, submitted.from_week, submitted.to_week) for need in submitted.needs]
    form = _counter_form(submitted, formdata=None, data={"needs": asked})
    return _offer_page(submitted, form, tuple(queries.supply_for(submitted).values()))


@bp.post("/anfragen/<int:request_id>/gegenangebot")
@requires(Action.READ_REQUESTS)
def counter(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    form, step = _counter_form(submitted), request.form.get("step", "")
    if rework_rows(form, step):
        return _offer_page(submitted, form)
    if step == TRY:
        return _tried(submitted, form)
    return take(
        submitted,
        form,
        lambda: services.counter(submitted, form.needs_data(), form.text.data or "", current_actor(), form.rule.data),
        lambda found: _offer_page(found, form),
        _("Das Gegenangebot ist beim Ressort."),
    )


def _tried(submitted: SupportRequest, form: CounterForm) -> ResponseReturnValue:
    """What the pool has for the needs as typed; the reason may still be missing."""
    form.text.validators = ()
    if not form.validate_on_submit():
        return _offer_page(submitted, form), 422
    try:
        planned = services.as_planned(form.needs_data())
    except Problem as problem:
        form.refuse(problem)
        return _offer_page(submitted, form), status_of(problem)
    return _offer_page(submitted, form, queries.supplies(planned))


def _counter_form(submitted: SupportRequest, **values: Any) -> CounterForm:
    form = CounterForm(**values)
    form.request = submitted
    form.offer_skills(queries.skills())
    return form


def _offer_page(submitted: SupportRequest, form: CounterForm, supply: tuple[queries.Supply, ...] = ()) -> str:
    if submitted.state is not RequestState.SUBMITTED:
        return show(submitted, counter=form)
    return render_template(
        "support/offer.html", support_request=submitted, form=form, supply=supply, names=form.skill_names, labels=labels
    )
