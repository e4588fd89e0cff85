"""Language and colours: kept with the account, before the login with the session."""

import flask
from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portfolio.access.addresses import local_address
from portfolio.access.guard import public
from portfolio.access.routes.blueprint import bp
from portfolio.extensions import db

THEMES = ("light", "dark")
FOLLOW_SYSTEM = "system"


@bp.post("/sprache")
@public
def set_language() -> ResponseReturnValue:
    language = request.form.get("language")
    if language not in current_app.config["LANGUAGES"]:
        abort(422)
    return _keep("locale", language)


@bp.post("/darstellung")
@public
def set_theme() -> ResponseReturnValue:
    theme = request.form.get("theme")
    if theme not in (*THEMES, FOLLOW_SYSTEM):
        abort(422)
    return _keep("theme", None if theme == FOLLOW_SYSTEM else theme)


def _keep(preference: str, value: str | None) -> ResponseReturnValue:
    """Store the choice where its maker will meet it again, and go back to the page it was made on."""
    flask.session[preference] = value
    if current_user.is_authenticated:
        setattr(current_user, preference, value)
        db.session.commit()
    return redirect(local_address(request.form.get("next")) or url_for("dashboard.home"))


@bp.app_context_processor
def _theme() -> dict[str, str | None]:
    chosen = getattr(current_user, "theme", None) or flask.session.get("theme")
    return {"theme": chosen if chosen in THEMES else None}
