"""Accounts, for administrators: the list, one of them, creating and changing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portfolio.access import queries, services
from portfolio.access.forms.filters import UserFilter
from portfolio.access.forms.users import NewPasswordForm, NewUserForm, UserForm
from portfolio.access.guard import get_or_404, requires
from portfolio.access.models import User
from portfolio.access.policy import Action
from portfolio.access.routes.blueprint import bp
from portfolio.extensions import db
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.paging import page_of
from portfolio.web.problems import Problem


@bp.get("/benutzer", endpoint="users")
@requires(Action.MANAGE_USERS)
def list_users() -> str:
    form = UserFilter(request.args)
    found = queries.users(form.q.data, form.chosen_role, request.args.get("sort", ""))
    return render_template("access/users.html", form=form, page=page_of(found))


@bp.get("/benutzer/<int:user_id>")
@requires(Action.MANAGE_USERS)
def user(user_id: int) -> str:
    found = get_or_404(queries.users(), user_id)
    return render_template(
        "access/user.html",
        user=found,
        person=queries.person_name(found.person_id),
        coordinated=queries.coordinated_by(found),
        sessions=db.session.scalars(queries.sessions_of(user_id)).all(),
        tokens=db.session.scalars(queries.tokens_of(user_id)).all(),
        now=clock.now(),
    )


@bp.route("/benutzer/neu", methods=["GET", "POST"])
@requires(Action.MANAGE_USERS)
def create_user() -> ResponseReturnValue:
    form = NewUserForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        created = services.create_user(form.values(), form.password.data or None)
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    flash(_("Das Konto ist angelegt."), "success")
    return redirect(url_for("access.user", user_id=created.id))


@bp.route("/benutzer/<int:user_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.MANAGE_USERS)
def edit_user(user_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.users(), user_id)
    form = UserForm(found)
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found, differences=differences(UserForm(found, formdata=None), form)), 409
    try:
        services.change_user(found, form.values())
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("Das Konto ist gespeichert."), "success")
    return redirect(url_for("access.user", user_id=user_id))


@bp.route("/benutzer/<int:user_id>/passwort", methods=["GET", "POST"])
@requires(Action.MANAGE_USERS)
def set_password(user_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.users(), user_id)
    form = NewPasswordForm()
    if not form.is_submitted():
        return render_template("access/new_password.html", form=form, user=found)
    if not form.validate():
        return render_template("access/new_password.html", form=form, user=found), 422
    try:
        services.set_password(found, form.password.data)
    except Problem as problem:
        form.refuse(problem)
        return render_template("access/new_password.html", form=form, user=found), problem.status
    db.session.commit()
    flash(_("Das neue Passwort gilt ab sofort."), "success")
    return redirect(url_for("access.user", user_id=user_id))


@bp.post("/benutzer/<int:user_id>/sitzungen/beenden")
@requires(Action.MANAGE_USERS)
def end_sessions_of(user_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.users(), user_id)
    services.end_sessions(found)
    db.session.commit()
    if found.id != current_user.id:
        flash(_("Alle Sitzungen des Kontos sind beendet."), "success")
    return redirect(url_for("access.user", user_id=user_id))


@bp.post("/benutzer/<int:user_id>/zugriffstoken/<int:token_id>/widerrufen")
@requires(Action.MANAGE_USERS)
def revoke_token_of(user_id: int, token_id: int) -> ResponseReturnValue:
    token = get_or_404(queries.tokens_of(user_id), token_id)
    services.revoke_token(token)
    db.session.commit()
    flash(_("Das Zugriffstoken ist widerrufen."), "success")
    return redirect(url_for("access.user", user_id=user_id))


def _page(form: UserForm, found: User | None = None, **context: Any) -> str:
    return render_template("access/user_form.html", form=form, user=found, **context)
