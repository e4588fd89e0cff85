"""GET changes nothing: the database itself refuses writes while one is answered."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

from portfolio.database import read_only
from portfolio.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


def writes_access_log(view: View) -> View:
    """Mark a GET that must record who exported what: the one kind of GET allowed to write."""
    view.writes_access_log = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    read_only.set(request.method in SAFE_METHODS and not getattr(view, "writes_access_log", False))


def _end(_error: BaseException | None) -> None:
    db.session.rollback()
    read_only.set(False)
