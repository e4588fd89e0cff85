"""What a decision is weighed by: where each choice leads, what is like the request, who was served how far.

The page of the decision fetches the first two as parts; without scripts they are pages of their own.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.access.queries import organisations_by_id
from portfolio.extensions import db
from portfolio.planning.served import Served, together
from portfolio.support import labels, queries, wording
from portfolio.support.models import RequestState
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load
from portfolio.web import clock
from portfolio.web.fragments import render_page

MOST_OPEN = 20


@bp.get("/anfragen/<int:request_id>/abwaegung")
@requires(Action.READ_REQUESTS)
def weighing(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    if submitted.state is not RequestState.SUBMITTED:
        return redirect(url_for("support.request", request_id=request_id))
    week = clock.this_week()
    return render_page(
        "support/weighing.html",
        "weighing",
        support_request=submitted,
        weighing=queries.weigh(submitted, week),
        period=queries.period(week),
        wording=wording,
    )


@bp.get("/anfragen/<int:request_id>/umfeld")
@requires(Action.READ_REQUESTS)
def surroundings(request_id: int) -> ResponseReturnValue:
    submitted = load(request_id, Action.TRIAGE_REQUESTS, queries.to_decide)
    if submitted.state is not RequestState.SUBMITTED:
        return redirect(url_for("support.request", request_id=request_id))
    return render_page(
        "support/surroundings.html",
        "surroundings",
        support_request=submitted,
        similar=queries.similar_projects(submitted),
        others=db.session.scalars(queries.open_requests(submitted).limit(MOST_OPEN)).all(),
        labels=labels,
        wording=wording,
    )


@bp.get("/anfragen/bedienter-anteil")
@requires(Action.TRIAGE_REQUESTS)
def served() -> str:
    week = clock.this_week()
    shares = queries.served_by_organisation(week)
    organisations = organisations_by_id(shares)
    chosen = request.args.get("ressort", type=int)
    if chosen is not None and chosen not in organisations:
        abort(404)
    return render_template(
        "support/served.html",
        rows=[(each, shares[each.id]) for each in organisations.values()],
        everybody=together(shares.values()),
        chosen=organisations.get(chosen or 0),
        own=shares.get(chosen or 0, Served()),
        answers=queries.answers_to(chosen, week) if chosen is not None else [],
        period=queries.period(week),
        wording=wording,
    )
