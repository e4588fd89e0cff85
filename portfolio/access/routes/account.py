"""The own account: contact, password, sessions, tokens."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portfolio.access import queries, services
from portfolio.access.forms.account import ContactForm, PasswordForm, TokenForm
from portfolio.access.guard import get_or_404, requires
from portfolio.access.policy import Action
from portfolio.access.problems import TooManyAttempts
from portfolio.access.routes.blueprint import bp
from portfolio.access.secrets import token_hash
from portfolio.extensions import db
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.get("/konto")
@requires(Action.USE_OWN_ACCOUNT)
def account() -> str:
    return _page(TokenForm())


@bp.route("/konto/angaben", methods=["GET", "POST"])
@requires(Action.USE_OWN_ACCOUNT)
def edit_account() -> ResponseReturnValue:
    form = ContactForm(obj=current_user)
    if not form.is_submitted():
        return render_template("access/contact.html", form=form)
    if not form.validate():
        return render_template("access/contact.html", form=form), 422
    if form.is_stale(current_user.version):
        stored = ContactForm(None, obj=current_user)
        form.version.data = current_user.version
        return render_template("access/contact.html", form=form, differences=differences(stored, form)), 409
    services.change_contact(current_user, form.name.data, form.email.data)
    db.session.commit()
    flash(_("Ihre Angaben sind gespeichert."), "success")
    return redirect(url_for("access.account"))


@bp.route("/konto/passwort", methods=["GET", "POST"])
@requires(Action.USE_OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.is_submitted():
        return render_template("access/password.html", form=form)
    if not form.validate():
        return render_template("access/password.html", form=form), 422
    try:
        _change_password(form)
    except Problem as problem:
        form.refuse(problem)
        status = problem.status
        waiting = {"Retry-After": services.RETRY_AFTER} if isinstance(problem, TooManyAttempts) else {}
        return render_template("access/password.html", form=form), status, waiting
    db.session.commit()
    flash(
        _("Ihr neues Passwort gilt ab sofort. Ihre anderen Sitzungen und Ihre Zugriffstoken sind beendet."), "success"
    )
    return redirect(url_for("access.account"))


def _change_password(form: PasswordForm) -> None:
    """This door to the password has the same limit as the login page."""
    session_token = current_user.session_token
    attempt = services.note_attempt(current_user.login, request.remote_addr or "")
    db.session.commit()
    services.change_password(attempt, form.old_password.data, form.password.data, keep=session_token)


@bp.post("/konto/sitzungen/beenden")
@requires(Action.USE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    services.end_sessions(current_user, keep=current_user.session_token)
    db.session.commit()
    flash(_("Alle anderen Sitzungen sind beendet."), "success")
    return redirect(url_for("access.account"))


@bp.post("/konto/sitzungen/<int:session_id>/beenden")
@requires(Action.USE_OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    services.end_session(get_or_404(queries.sessions_of(current_user.id), session_id))
    db.session.commit()
    return redirect(url_for("access.account"))


@bp.post("/konto/zugriffstoken")
@requires(Action.USE_OWN_ACCOUNT)
def create_token() -> ResponseReturnValue:
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    token, text = services.create_token(current_user, form.name.data, form.days.data)
    db.session.commit()
    # Shown in this answer and nowhere else: an address or a cookie would keep it.
    return _page(TokenForm(None), created=token, text=text), 201


@bp.post("/konto/zugriffstoken/<int:token_id>/widerrufen")
@requires(Action.USE_OWN_ACCOUNT)
def revoke_token(token_id: int) -> ResponseReturnValue:
    services.revoke_token(get_or_404(queries.tokens_of(current_user.id), token_id))
    db.session.commit()
    flash(_("Das Zugriffstoken ist widerrufen."), "success")
    return redirect(url_for("access.account"))


def _page(form: TokenForm, **context: Any) -> str:
    user_id = current_user.id
    return render_template(
        "access/account.html",
        form=form,
        person=queries.person_name(current_user.person_id),
        coordinated=queries.coordinated_by(current_user),
        sessions=db.session.scalars(queries.sessions_of(user_id)).all(),
        this_session=token_hash(current_user.session_token),
        tokens=db.session.scalars(queries.tokens_of(user_id)).all(),
        now=clock.now(),
        **context,
    )
