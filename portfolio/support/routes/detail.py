"""The page of a request, and the steps the ministry takes there; comments come from both sides."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.support import services
from portfolio.support.forms import CommentForm, TextForm
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import load, show, take
from portfolio.support.services.conversation import may_comment
from portfolio.web.fields import StepForm


@bp.get("/anfragen/<int:request_id>", endpoint="request")
@requires(Action.READ_REQUESTS)
def show_request(request_id: int) -> str:
    return show(load(request_id, Action.READ_REQUESTS))


@bp.post("/anfragen/<int:request_id>/einreichen")
@requires(Action.READ_REQUESTS)
def submit(request_id: int) -> ResponseReturnValue:
    draft, form = load(request_id, Action.FILE_REQUESTS), StepForm()
    done = _("Die Anfrage ist eingereicht.")
    return take(draft, form, lambda: services.submit(draft), lambda found: show(found, submit=form), done)


@bp.post("/anfragen/<int:request_id>/zurueckziehen")
@requires(Action.READ_REQUESTS)
def withdraw(request_id: int) -> ResponseReturnValue:
    wanted, form = load(request_id, Action.FILE_REQUESTS), StepForm()
    done = _("Die Anfrage ist zurückgezogen.")
    return take(wanted, form, lambda: services.withdraw(wanted), lambda found: show(found, withdraw=form), done)


@bp.post("/anfragen/<int:request_id>/antwort")
@requires(Action.READ_REQUESTS)
def answer(request_id: int) -> ResponseReturnValue:
    asked, form = load(request_id, Action.FILE_REQUESTS), TextForm()
    return take(
        asked,
        form,
        lambda: services.answer(asked, form.text.data or "", current_actor()),
        lambda found: show(found, answer=form),
        _("Ihre Antwort ist beim CIO-Büro."),
    )


@bp.post("/anfragen/<int:request_id>/zustimmen")
@requires(Action.READ_REQUESTS)
def agree(request_id: int) -> ResponseReturnValue:
    offered, form = load(request_id, Action.FILE_REQUESTS), StepForm()
    done = _("Sie haben dem Gegenangebot zugestimmt. Die Anfrage liegt damit zur Entscheidung vor.")
    return take(offered, form, lambda: services.agree(offered), lambda found: show(found, agree=form), done)


@bp.post("/anfragen/<int:request_id>/gegenangebot-ablehnen")
@requires(Action.READ_REQUESTS)
def decline(request_id: int) -> ResponseReturnValue:
    offered, form = load(request_id, Action.FILE_REQUESTS), TextForm()
    return take(
        offered,
        form,
        lambda: services.decline(offered, form.text.data or "", current_actor()),
        lambda found: show(found, decline=form),
        _("Das Gegenangebot ist abgelehnt. Es gilt wieder, was Sie angefragt haben."),
    )


@bp.post("/anfragen/<int:request_id>/kommentare")
@requires(Action.READ_REQUESTS)
def comment(request_id: int) -> ResponseReturnValue:
    commented = load(request_id, Action.READ_REQUESTS)
    if not may_comment(commented, current_actor()):
        abort(403)
    form = CommentForm()
    return take(
        commented,
        form,
        lambda: services.comment(commented, form.text.data or "", current_actor()),
        lambda found: show(found, comment=form),
        _("Ihr Kommentar ist gespeichert."),
    )
