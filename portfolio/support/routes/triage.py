"""Triage: the CIO office asks back, accepts, rejects or offers something else."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.access.queries import coordinating_person_id
from portfolio.support import labels, queries, services
from portfolio.support.forms import AcceptForm, CounterForm, TextForm
from portfolio.support.forms.needs import as_entered
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, show, take
from portfolio.support.routes.rows import rework_rows
from portfolio.web import clock
from portfolio.web.fields import VersionedForm


@bp.get("/anfragen/<int:request_id>/entscheidung")
@requires(Action.READ_REQUESTS)
def decision(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    if submitted.state is not RequestState.SUBMITTED:
        return redirect(url_for("support.request", request_id=request_id))
    return _decide(submitted)


@bp.post("/anfragen/<int:request_id>/rueckfrage")
@requires(Action.READ_REQUESTS)
def ask(request_id: int) -> ResponseReturnValue:
    submitted, form = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide), TextForm()
    return take(
        submitted,
        form,
        lambda: services.ask(submitted, form.text.data or "", current_actor()),
        lambda found: _decide(found, ask=form),
        _("Die Rückfrage ist beim Ressort."),
    )


@bp.post("/anfragen/<int:request_id>/ablehnen")
@requires(Action.READ_REQUESTS)
def reject(request_id: int) -> ResponseReturnValue:
    submitted, form = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide), TextForm()
    return take(
        submitted,
        form,
        lambda: services.reject(submitted, form.text.data or "", current_actor()),
        lambda found: _decide(found, reject=form),
        _("Die Anfrage ist abgelehnt."),
    )


@bp.post("/anfragen/<int:request_id>/annehmen")
@requires(Action.READ_REQUESTS)
def accept(request_id: int) -> ResponseReturnValue:
    submitted, form = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide), AcceptForm()
    _offer_persons(form)
    return take(
        submitted,
        form,
        lambda: services.accept(submitted, form.acceptance(), current_actor()),
        lambda found: _decide(found, accept=form),
        _("Die Anfrage ist angenommen, das Projekt ist angelegt."),
    )


@bp.get("/anfragen/<int:request_id>/gegenangebot")
@requires(Action.READ_REQUESTS)
def offer(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    if submitted.state is not RequestState.SUBMITTED:
        return redirect(url_for("support.request", request_id=request_id))
    asked = [as_entered(need, submitted.from_week, submitted.to_week) for need in submitted.needs]
    return _offer_page(submitted, _counter_form(submitted, formdata=None, data={"needs": asked}))


@bp.post("/anfragen/<int:request_id>/gegenangebot")
@requires(Action.READ_REQUESTS)
def counter(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    form = _counter_form(submitted)
    if rework_rows(form, request.form.get("step", "")):
        return _offer_page(submitted, form)
    return take(
        submitted,
        form,
        lambda: services.counter(submitted, form.needs_data(), form.text.data or "", current_actor()),
        lambda found: _offer_page(found, form),
        _("Das Gegenangebot ist beim Ressort."),
    )


def _decide(submitted: SupportRequest, **refused: VersionedForm) -> str:
    """The page of the decision; once somebody else has decided, the request as it is now."""
    if submitted.state is not RequestState.SUBMITTED:
        return show(submitted, **refused)
    blank: dict[str, VersionedForm] = {name: TextForm(formdata=None) for name in ("ask", "reject")}
    forms = blank | ({} if "accept" in refused else {"accept": _accept_form(submitted)}) | refused
    return render_template(
        "support/decision.html",
        support_request=submitted,
        forms=forms,
        refused=next(iter(refused.values()), None),
        quarter=labels.quarter_label(clock.today()),
        supply=queries.supply_for(submitted),
        labels=labels,
    )


def _accept_form(submitted: SupportRequest) -> AcceptForm:
    usual = {
        "coordinator_id": coordinating_person_id(submitted.organisation_id),
        "need_ids": [need.id for need in submitted.needs],
    }
    form = AcceptForm(formdata=None, data=usual)
    _offer_persons(form)
    return form


def _offer_persons(form: AcceptForm) -> None:
    form.offer_persons(queries.loads(queries.quarter_around(clock.today())))


def _counter_form(submitted: SupportRequest, **values: Any) -> CounterForm:
    form = CounterForm(**values)
    form.request = submitted
    form.offer_skills(queries.skills())
    return form


def _offer_page(submitted: SupportRequest, form: CounterForm) -> str:
    if submitted.state is not RequestState.SUBMITTED:
        return show(submitted, counter=form)
    return render_template("support/offer.html", support_request=submitted, form=form, labels=labels)
