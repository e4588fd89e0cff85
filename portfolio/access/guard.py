"""The first two gates: a login wall in front of everything, and the action each route requires."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from portfolio.access import queries
from portfolio.access.models import User
from portfolio.access.policy import Action, Actor, allowed, may
from portfolio.audit.record import actor_id
from portfolio.extensions import db, login_manager

LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; a larger number in an address names nothing

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The route needs `action`; 403 without. Rows are filtered by the query that loads them."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(action)
            return view(*args, **kwargs)

        guarded.required_action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[P, R]) -> Callable[P, R]:
    """The route needs no login: the login page, the legal pages, health."""
    view.public = True  # type: ignore[attr-defined]
    return view


def current_actor() -> Actor:
    """The rights of whoever makes this request."""
    actor: Actor = current_user.actor
    return actor


def require(action: Action, thing: object | None = None) -> None:
    """403 unless the current user may do `action` (to `thing`, where one is given)."""
    actor = current_actor()
    if not (allowed(actor, action) if thing is None else may(actor, action, thing)):
        abort(403)


def get_or_404(statement: Select[Row], identity: int) -> Row:
    """The row of `statement` (already filtered to what may be seen) with this id, else 404."""
    if identity > LARGEST_ID:
        abort(404)
    entity = statement.column_descriptions[0]["entity"]
    row: Row | None = db.session.scalars(statement.where(entity.id == identity)).unique().one_or_none()
    if row is None:
        abort(404)
    return row


def init_app(app: Flask) -> None:
    login_manager.user_loader(_load_user)
    app.before_request(_login_wall)


def _load_user(token: str) -> User | None:
    return queries.user_of_session(token)


def _login_wall() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if current_user.is_authenticated:
        actor_id.set(current_user.id)
        return None
    actor_id.set(None)
    own_gate = request.path.startswith("/api/")  # the API asks for a bearer token itself
    if view is None or getattr(view, "public", False) or own_gate:
        return None
    session.pop("_user_id", None)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("access.login", next=None if wanted == "/" else wanted))
