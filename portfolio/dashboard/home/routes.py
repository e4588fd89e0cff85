"""The home page, the whole of its lists, and what administration does there with jobs that failed."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.labels import role_label
from portfolio.access.policy import Action, Actor, Role, allowed
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.home.labels import WORDS
from portfolio.dashboard.home.roles import LISTS, page_of_list, roles_of, sections
from portfolio.dashboard.home.system import failed
from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.jobs.models import Job
from portfolio.pool.labels import LEVELS
from portfolio.support.labels import STATES, TONES
from portfolio.web import clock
from portfolio.web.fragments import render_page
from portfolio.web.paging import LAST_PAGE

LISTED = {kind: name for name, kind in LISTS.items()}


@bp.get("/")
@requires(Action.USE_OWN_ACCOUNT)
def home() -> str:
    """One role at a time; scripts fetch those of the others, for whom more than one is too much to ask at once."""
    actor = current_actor()
    roles = roles_of(actor)
    role = _wanted(actor) or roles[0]
    return render_page(
        "dashboard/home.html",
        "sections",
        role=role,
        others=[each for each in roles if each is not role],
        sections=sections(actor, role, clock.today()),
        files_requests=allowed(actor, Action.FILE_REQUESTS),
        **_words(),
    )


@bp.get("/start/<string:name>")
@requires(Action.USE_OWN_ACCOUNT)
def home_list(name: str) -> str:
    """All of a list of which the home page shows the first few."""
    actor, kind = current_actor(), LISTS.get(name)
    role = _wanted(actor)
    if kind is None or role is None:
        abort(404)
    number = min(request.args.get("page", 1, type=int), LAST_PAGE)
    page = page_of_list(actor, role, kind, clock.today(), number)
    if page is None:
        abort(404)
    return render_template("dashboard/home_list.html", page=page, kind=kind, role=role, **_words())


def _wanted(actor: Actor) -> Role | None:
    """The role the address names, if it is one of the actor's."""
    return next((role for role in roles_of(actor) if role == request.args.get("rolle")), None)


def _words() -> dict[str, object]:
    return {
        "words": WORDS,
        "listed": LISTED,
        "role_label": role_label,
        "request_states": STATES,
        "request_tones": TONES,
        "levels": LEVELS,
        "this_week": clock.this_week(),
        "today": clock.today(),
    }


@bp.post("/aufgaben/<int:job_id>/wiederholen")
@requires(Action.CHANGE_SETTINGS)
def retry_job(job_id: int) -> ResponseReturnValue:
    return _settle(job_id, queue.retry, _("Die Aufgabe wird noch einmal versucht."))


@bp.post("/aufgaben/<int:job_id>/verwerfen")
@requires(Action.CHANGE_SETTINGS)
def dismiss_job(job_id: int) -> ResponseReturnValue:
    return _settle(job_id, queue.cancel, _("Die Aufgabe ist verworfen."))


def _settle(job_id: int, settle: Callable[[Job], None], done: str) -> ResponseReturnValue:
    settle(get_or_404(failed(), job_id))
    db.session.commit()
    flash(done, "success")
    return redirect(url_for("dashboard.home", rolle=Role.ADMIN))
