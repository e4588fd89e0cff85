"""What every answer carries, and what a GET cannot do."""

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import ObjectDeletedError

from portfolio.database import read_only, wal_is_safe
from portfolio.extensions import db
from portfolio.web.security import HEADERS
from tests import factories
from tests.support.client import Client

ANSWERS = ("/anmelden", "/gibt-es-nicht", "/healthz", "/api/v1/gibt-es-nicht", "/static/css/tokens.css")


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_pages_are_not_kept_by_caches(client: Client) -> None:
    assert client.get("/anmelden").headers["Cache-Control"] == "no-store"


def test_an_unknown_address_is_a_page_with_a_sentence(client: Client) -> None:
    answer = client.get("/gibt-es-nicht")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht, oder Sie dürfen sie nicht sehen." in answer.text


@pytest.mark.parametrize("path", ["/zuordnungen/1/bearbeiten", "/api/v1/assignments/1"])
def test_what_somebody_removed_meanwhile_is_not_there(app: Flask, path: str) -> None:
    removed = ObjectDeletedError(inspect(factories.organisation("WEG")))
    with app.test_request_context(path, method="POST"):
        answer = app.make_response(app.handle_user_exception(removed))
    assert answer.status_code == 404


def test_the_database_refuses_to_write_while_a_get_is_answered(app: Flask) -> None:
    token = read_only.set(True)
    try:
        with pytest.raises(DBAPIError):
            db.session.execute(text("DELETE FROM failed_login"), execution_options={"unaudited": True})
    finally:
        db.session.rollback()
        read_only.reset(token)


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True), ((3, 51, 2), False)],
)
def test_wal_is_used_only_where_sqlite_is_mended(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_wal_is_used_on_anything_newer() -> None:
    assert wal_is_safe((3, 52, 0))


def test_an_untrusted_host_is_refused_plainly(client: Client) -> None:
    client.application.config["TRUSTED_HOSTS"] = ["projektpool.example"]
    try:
        answer = client.get("/anmelden", headers={"Host": "evil.example"})
    finally:
        client.application.config["TRUSTED_HOSTS"] = None
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
