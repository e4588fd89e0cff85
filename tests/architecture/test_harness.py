"""The test client and the databases must themselves catch what they are there to catch."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portfolio import create_app
from portfolio.access.guard import public
from portfolio.access.models import Organisation
from portfolio.extensions import db
from tests import factories
from tests.support import html
from tests.support.client import Client, watch
from tests.support.databases import Database
from tests.support.queries import count_queries
from tests.support.run import SETTINGS

PAGE = "<!doctype html><html lang='de'><head><title>Seite</title></head><body>{}</body></html>"


@pytest.fixture
def careless(database: Database) -> Iterator[Client]:
    """A client of an application with three careless routes."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database.url})
    app.add_url_rule("/vergessen", view_func=public(_forget_commit), methods=["POST"])
    app.add_url_rule("/unsauber", view_func=public(lambda: PAGE.format("<p>offen</div>")), endpoint="unclean")
    app.add_url_rule("/kaputt", view_func=public(lambda: str(1 // 0)), endpoint="broken")
    watch(app)
    with app.app_context():
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()


def _forget_commit() -> str:
    factories.organisation("VERGESSEN")
    return PAGE.format("gespeichert")


def test_forgotten_commit_is_noticed(careless: Client) -> None:
    with pytest.raises(AssertionError, match=r"did not commit its changes to .*Organisation"):
        careless.post("/vergessen")


@pytest.mark.only("sqlite")
def test_faulty_html_is_noticed(careless: Client) -> None:
    with pytest.raises(AssertionError, match="faulty HTML"):
        careless.get("/unsauber")


def test_hidden_error_is_raised(careless: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        careless.get("/kaputt")


@pytest.mark.parametrize("code", ["ERSTE", "ZWEITE"])
def test_each_test_finds_an_empty_database_and_the_first_id(app: Flask, code: str) -> None:
    organisation = factories.organisation(code)
    db.session.commit()
    assert (db.session.query(Organisation).count(), organisation.id) == (1, 1)


def test_queries_are_counted(app: Flask) -> None:
    with count_queries() as queries:
        db.session.query(Organisation).count()
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<p id="a"></p><p id="a"></p>', "id 'a' stands 2 times"),
        ('<label for="b">B</label>', "label for 'b'"),
        ('<form method="post"></form>', "no csrf_token"),
        ("<table><p>x</p></table>", "line 1"),
    ],
)
def test_faults_of_a_page(body: str, fault: str) -> None:
    assert any(fault in found for found in html.faults(PAGE.format(body)))


def test_clean_page_has_no_faults() -> None:
    assert html.faults(PAGE.format("<label for='b'>B</label><input id='b'>")) == []
