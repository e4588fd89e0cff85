"""Meine Daten: everything about the user, as a page and as a file, and nothing about others."""

from collections.abc import Callable
from datetime import date
from typing import Any

from portfolio.access import privacy
from portfolio.access.models import User
from portfolio.access.privacy import Section
from portfolio.access.services import create_token
from portfolio.extensions import db
from tests import factories
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[User], Client]


def test_file_holds_account_sessions_tokens_and_changes(cast: Any, client_of: ClientOf) -> None:
    create_token(cast.paul, "Kalender")

    answer = client_of(cast.paul).get("/konto/meine-daten.json")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
    [account] = answer.json["account"]
    assert (account["login"], account["person"], account["roles"]) == ("paul", "Paul Pohl", ["Poolmitglied"])
    assert len(answer.json["sessions"]) == 1
    assert answer.json["tokens"][0]["name"] == "Kalender"
    assert {"person", "assignment", "user", "api_token"} <= {each["object_type"] for each in answer.json["changes"]}


def test_page_shows_the_same_in_words(cast: Any, client_of: ClientOf) -> None:
    create_token(cast.konrad, "Kalender")

    text = client_of(cast.konrad).get("/konto/meine-daten").text

    for words in ("Koordination", "Ministerium für Bildung", "Konrad Kühn", "Kalender", "Person „Konrad Kühn“"):
        assert words in text


def test_nothing_about_others_is_in_it(cast: Any, client_of: ClientOf) -> None:
    create_token(cast.otto, "Geheimes Skript")

    mia = client_of(cast.mia)

    for page in ("/konto/meine-daten", "/konto/meine-daten.json"):
        assert "Geheimes Skript" not in mia.get(page).text
        assert "otto" not in mia.get(page).text


def test_no_secret_is_in_it(cast: Any, client_of: ClientOf) -> None:
    token, text = create_token(cast.mia, "Skript")

    everything = client_of(cast.mia).get("/konto/meine-daten.json").text

    for secret in (text, token.token_hash, cast.mia.password_hash):
        assert secret not in everything


def test_what_a_domain_registers_appears(cast: Any, client_of: ClientOf, monkeypatch: Any) -> None:
    def animals(user: User) -> Section:
        fields = {"name": "Rufname", "tame": "zahm"}
        rows = [{"name": f"Hund von {user.login}", "tame": True}, {"name": "Katze", "tame": False}]
        return Section(key="animals", title="Tiere", fields=fields, rows=rows)

    monkeypatch.setattr(privacy, "collectors", [*privacy.collectors, animals])
    mia = client_of(cast.mia)

    assert mia.get("/konto/meine-daten.json").json["animals"][0] == {"name": "Hund von mia", "tame": True}
    assert "<td>Hund von mia</td><td>ja</td>" in mia.get("/konto/meine-daten").text


def test_page_asks_a_fixed_number_of_queries(cast: Any, client_of: ClientOf) -> None:
    for _ in range(30):
        factories.assignment(cast.paul_person, factories.project(), share=1)
    db.session.commit()
    paul = client_of(cast.paul)
    with count_queries() as asked:
        paul.get("/konto/meine-daten")

    assert len(asked) <= 20


def test_a_person_finds_what_pool_and_staffing_hold_about_them(cast: Any, client_of: ClientOf) -> None:
    factories.absence(cast.paul_person, date(2027, 3, 1), date(2027, 3, 5))
    factories.absence(cast.lea_person, date(2027, 4, 1), date(2027, 4, 5))
    paul = client_of(cast.paul)
    held = paul.get("/konto/meine-daten.json").json
    assert (held["person"][0]["name"], held["pool_shares"][0]["share"]) == ("Paul Pohl", 100)
    assert [(row["skill"], row["level"]) for row in held["skills"]] == [("FIM-Prozesse", 3)]
    assert held["absences"] == [{"from_date": "2027-03-01", "to_date": "2027-03-05"}]
    assert [(row["project"], row["share"]) for row in held["assignments"]] == [("Kita-Fachkräfte online", 50)]
    with count_queries() as queries:
        assert "Kita-Fachkräfte online" in paul.get("/konto/meine-daten").text
    assert len(queries) <= 15, queries
