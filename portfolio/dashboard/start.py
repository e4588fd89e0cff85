"""Home and the legal pages; lists and details that read across domains stand beside, one file each."""

from flask import render_template

from portfolio.access.guard import current_actor, public, requires
from portfolio.access.policy import Action, allowed
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.home import sections
from portfolio.pool.labels import LEVELS
from portfolio.support.labels import STATES, TONES
from portfolio.web import clock


@bp.get("/")
@requires(Action.USE_OWN_ACCOUNT)
def home() -> str:
    actor = current_actor()
    return render_template(
        "dashboard/home.html",
        sections=sections(actor, clock.today()),
        files_requests=allowed(actor, Action.FILE_REQUESTS),
        request_states=STATES,
        request_tones=TONES,
        levels=LEVELS,
        decides=allowed(actor, Action.TRIAGE_REQUESTS),
        shows_contact=allowed(actor, Action.FILE_REQUESTS),
    )


@bp.get("/barrierefreiheit")
@public
def accessibility() -> str:
    return render_template("dashboard/accessibility.html")


@bp.get("/datenschutz")
@public
def privacy() -> str:
    return render_template("dashboard/privacy.html")


@bp.get("/impressum")
@public
def imprint() -> str:
    return render_template("dashboard/imprint.html")


@bp.get("/funktionsliste")
@public
def functions() -> str:
    return render_template("dashboard/functions.html")
