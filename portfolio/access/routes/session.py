"""Logging in and out."""

from datetime import timedelta

import flask
from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from portfolio.access import services
from portfolio.access.addresses import local_address
from portfolio.access.forms.session import LoginForm
from portfolio.access.guard import public
from portfolio.access.models import User
from portfolio.access.problems import LoginRefused, TooManyAttempts
from portfolio.access.routes.blueprint import bp
from portfolio.extensions import db

KEPT_ON_LOGIN = ("locale", "theme")


@bp.route("/anmelden", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    wanted = local_address(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(wanted or url_for("dashboard.home"))
    form = LoginForm()
    if not form.is_submitted():
        return _page(form, wanted)
    if not form.validate():
        return _page(form, wanted), 422
    try:
        user = _sign_in(form)
    except LoginRefused as refusal:
        form.refuse(refusal)
        return _page(form, wanted), 422
    except TooManyAttempts as refusal:
        form.refuse(refusal)
        return _page(form, wanted), 429, {"Retry-After": services.RETRY_AFTER}
    _begin_session(user)
    db.session.commit()
    return redirect(wanted or url_for("dashboard.home"))


@bp.post("/abmelden")
@public
def logout() -> ResponseReturnValue:
    if current_user.is_authenticated:
        services.sign_out(current_user.session_token)
        db.session.commit()
    flask.session.clear()
    return redirect(url_for("access.login"))


def _sign_in(form: LoginForm) -> User:
    attempt = services.note_attempt(form.login.data, request.remote_addr or "")
    db.session.commit()
    return services.sign_in(attempt, form.password.data, timedelta(hours=current_app.config["SESSION_HOURS"]))


def _begin_session(user: User) -> None:
    """A new session, so that one planted before the login is worth nothing after it."""
    kept = {key: flask.session[key] for key in KEPT_ON_LOGIN if key in flask.session}
    flask.session.clear()
    flask.session.update(kept)
    login_user(user)


def _page(form: LoginForm, wanted: str | None) -> str:
    return render_template("access/login.html", form=form, wanted=wanted)
