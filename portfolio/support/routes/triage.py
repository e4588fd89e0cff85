"""Triage: the CIO office asks back, accepts or rejects; what it may offer instead stands in offers.py."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.access.queries import coordinating_person_id
from portfolio.planning.weeks import WeekRange
from portfolio.support import labels, queries, services, wording
from portfolio.support.forms import AcceptForm, RejectForm, TextForm
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, show, take
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
    submitted, form = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide), RejectForm()
    return take(
        submitted,
        form,
        lambda: services.reject(submitted, form.text.data or "", current_actor(), form.rule.data),
        lambda found: _decide(found, reject=form),
        _("Die Anfrage ist abgelehnt."),
    )


@bp.post("/anfragen/<int:request_id>/annehmen")
@requires(Action.READ_REQUESTS)
def accept(request_id: int) -> ResponseReturnValue:
    submitted, form = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide), AcceptForm()
    form.offer_persons(_loads(submitted))
    return take(
        submitted,
        form,
        lambda: services.accept(submitted, form.acceptance(), current_actor(), form.judgement()),
        lambda found: _decide(found, accept=form),
        _("Die Anfrage ist angenommen, das Projekt ist angelegt."),
    )


def _decide(submitted: SupportRequest, **refused: VersionedForm) -> str:
    """The page of the decision; once somebody else has decided, the request as it is now."""
    if submitted.state is not RequestState.SUBMITTED:
        return show(submitted, **refused)
    supply, people = queries.supply_for(submitted), _loads(submitted)
    usual = coordinating_person_id(submitted.organisation_id)
    blank: dict[str, VersionedForm] = {"ask": TextForm(formdata=None), "reject": RejectForm(formdata=None)}
    if "accept" not in refused:
        blank["accept"] = _accept_form(submitted, usual, supply, people)
    return render_template(
        "support/decision.html",
        support_request=submitted,
        forms=blank | refused,
        refused=next(iter(refused.values()), None),
        supply=supply,
        promised=queries.promised([each.need for each in supply.values()]),
        coordinator=next((each for each in people if each.person_id == usual), None),
        today=clock.today(),
        labels=labels,
        wording=wording,
    )


def _accept_form(
    submitted: SupportRequest, usual: int | None, supply: dict[int, queries.Supply], people: list[queries.Load]
) -> AcceptForm:
    """With all needs ticked, or with those that somebody can take whole where the address says so."""
    only_free = request.args.get("bedarfe") == "frei"
    ticked = [need.id for need in submitted.needs if not only_free or supply[need.id].wholly_free]
    form = AcceptForm(formdata=None, data={"coordinator_id": usual, "need_ids": ticked})
    form.offer_persons(people)
    return form


def _loads(submitted: SupportRequest) -> list[queries.Load]:
    """How busy everybody is in the weeks of the request."""
    this_week = clock.this_week()
    return queries.loads(WeekRange(submitted.from_week or this_week, submitted.to_week or this_week))
