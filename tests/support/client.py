"""The test client: answers as a browser gets them, and an eye on what a test would not think to check."""

import hashlib
import logging
import os
from contextvars import Context
from typing import Any
from weakref import WeakSet

from flask import Flask, has_app_context, has_request_context, request, url_for
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from portfolio.extensions import Versioned, db
from tests.support import html

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_LEFT = "test_uncommitted"
_ERRORS = "test_errors"
_MADE = "test_made"
_MOVED = "test_moved"
WELCOME_LATE = frozenset(
    {
        # Somebody's own choice, or one that overwrites nothing worth reading.
        "access.change_password",
        "access.set_language",
        "access.set_password",
        "access.set_theme",
        # They add, and take nothing away.
        "projects.log_progress",
        "support.comment",
    }
)


class Client(FlaskClient):
    """Each request runs outside the test's application context, as on a server: own session, own `g`.

    What the test arranged is committed before, and what it holds is read anew after. Requests that change
    things carry the CSRF token. A test fails when HTML is faulty, when an answer promises success while its
    changes were not committed, when a page changed what has a version without being told which, and on an unexpected
    error (unless `expect_errors` is set).
    """

    expect_errors = False
    check_html = True

    def log_in(self, login: str, password: str) -> TestResponse:
        if has_app_context():
            db.session.commit()  # the end of the context below takes back what is not
        with self.application.test_request_context():
            address = url_for("access.login")
        answer = self.post(address, data={"login": login, "password": password})
        assert answer.status_code in (302, 303), f"{login} could not log in: {answer.status_code}"
        return answer

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        return Context().run(self._open, *args, **kwargs)

    def _open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if kwargs.get("method") in UNSAFE and self._cookies is not None:
            kwargs["headers"] = Headers(kwargs.get("headers"))
            if "Authorization" not in kwargs["headers"]:
                kwargs["headers"].setdefault("X-CSRFToken", self._csrf_token())
        self.application.extensions[_ERRORS].clear()  # what went wrong outside of requests, as in a worker
        response = super().open(*args, **{"buffered": True} | kwargs)
        self._demand_no_error()
        self._demand_commit(response)
        self._demand_version(response)
        _break_freely(response)
        if self.check_html and _on_sqlite(self.application):  # the other database gives the same pages
            _demand_valid_html(response)
        return response

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())
        return str(URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(raw))

    def _demand_no_error(self) -> None:
        errors: list[BaseException] = self.application.extensions[_ERRORS]
        if errors and not self.expect_errors:
            raise errors.pop()
        errors.clear()

    def _demand_commit(self, response: TestResponse) -> None:
        left = self.application.extensions.pop(_LEFT, [])
        assert not left or response.status_code >= 400, (
            f"{response.request.method} {response.request.path} answered {response.status_code}"
            f" but did not commit its changes to {', '.join(left)}"
        )

    def _demand_version(self, response: TestResponse) -> None:
        moved = self.application.extensions.pop(_MOVED, set())
        assert not moved or response.status_code >= 400, (
            f"{response.request.method} {response.request.path} changed {', '.join(sorted(moved))}"
            " for a form that does not say which version it was opened with"
        )


def _on_sqlite(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


def _break_freely(response: TestResponse) -> None:
    """Tests read a page as people do: whether a line may break at a space is not to be seen in its words."""
    if response.mimetype == "text/html":
        response.set_data(response.get_data(as_text=True).replace("\u00a0", " "))


def _demand_valid_html(response: TestResponse) -> None:
    if response.mimetype != "text/html" or not response.data:
        return
    fragment = not response.text.lstrip()[:9].lower().startswith("<!doctype")
    faults = html.faults(response.text, fragment=fragment)
    where = f"{response.request.method} {response.request.path} answered {response.status_code}"
    assert not faults, f"{where} with faulty HTML:\n  " + "\n  ".join(faults)


def watch(app: Flask) -> None:
    """Let `app` tell its test clients what it did not commit and which errors it hid behind an error page."""
    app.test_client_class = Client
    errors: list[BaseException] = []
    app.extensions[_ERRORS] = errors
    logging.getLogger("portfolio").addHandler(_Collector(errors))

    @app.teardown_request
    def _note_uncommitted(_error: BaseException | None) -> None:
        if request.method in UNSAFE:
            session = db.session()
            app.extensions[_LEFT] = session.info.get(_LEFT) or _changed(session)
            app.extensions[_MOVED] = session.info.pop(_MOVED, set())


class _Collector(logging.Handler):
    """Keeps the exceptions that were logged."""

    def __init__(self, errors: list[BaseException]) -> None:
        super().__init__(logging.ERROR)
        self.errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.errors.append(record.exc_info[1])


def _changed(session: Session) -> list[str]:
    dirty = (thing for thing in session.dirty if session.is_modified(thing))
    return sorted({type(thing).__name__ for thing in (*session.new, *dirty, *session.deleted)})


@event.listens_for(db.session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    session.info[_LEFT] = _changed(session) or session.info.get(_LEFT, [])
    session.info.setdefault(_MADE, WeakSet()).update(session.new)
    if _needs_version():
        session.info.setdefault(_MOVED, set()).update(_moved(session))


def _needs_version() -> bool:
    """Whether a form is being sent that changes what somebody else may have changed meanwhile, and says no version."""
    page = has_request_context() and not request.path.startswith("/api/")
    return page and "version" not in request.form and request.endpoint not in WELCOME_LATE


def _moved(session: Session) -> set[str]:
    """What has a version, was there before this transaction, and is changed by it."""
    made = session.info[_MADE]
    changed = (*(thing for thing in session.dirty if session.is_modified(thing)), *session.deleted)
    return {type(thing).__name__ for thing in changed if isinstance(thing, Versioned) and thing not in made}


@event.listens_for(db.session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[_LEFT] = ["a bulk statement"]


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_LEFT, None)
        session.info.pop(_MADE, None)
