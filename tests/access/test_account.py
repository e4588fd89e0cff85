"""The own account: contact, password, sessions, tokens, language and theme."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portfolio.access import queries
from portfolio.access.models import ApiToken, User, UserSession
from portfolio.access.services import create_token
from portfolio.audit.models import AuditDetail
from portfolio.extensions import db
from portfolio.web import clock
from tests.factories import PASSWORD
from tests.support.client import Client

ClientOf = Callable[[User], Client]
NEW = "ein ganz neues Kennwort"


def change_password(client: Client, **changes: str) -> Any:
    data = {"old_password": PASSWORD, "password": NEW, "again": NEW} | changes
    return client.post("/konto/passwort", data=data)


def test_name_and_address_are_changed(cast: Any, client_of: ClientOf) -> None:
    data = {"version": cast.mia.version, "name": " Mia Meier ", "email": "mia@example.org"}

    answer = client_of(cast.mia).post("/konto/angaben", data=data)

    assert answer.location == "/konto"
    assert (cast.mia.name, cast.mia.email) == ("Mia Meier", "mia@example.org")


def test_nobody_gives_themselves_rights(cast: Any, client_of: ClientOf) -> None:
    data = {"version": cast.mia.version, "name": "Mia", "roles": "admin", "organisation_id": cast.finance.id}

    client_of(cast.mia).post("/konto/angaben", data=data)

    assert {role.value for role in cast.mia.roles} == {"ministry"}
    assert cast.mia.organisation_id == cast.education.id


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("name", "x" * 201), ("email", "keine Adresse")])
def test_bad_contact_is_explained(cast: Any, client_of: ClientOf, field: str, value: str) -> None:
    answer = client_of(cast.mia).post("/konto/angaben", data={"name": "Mia", "email": ""} | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_stale_contact_shows_both_states(cast: Any, client_of: ClientOf) -> None:
    data = {"version": cast.mia.version - 1, "name": "Mia Meier", "email": ""}

    answer = client_of(cast.mia).post("/konto/angaben", data=data)

    assert answer.status_code == 409
    assert "<td>Konto mia</td><td>Mia Meier</td>" in answer.text


def test_new_password_ends_all_other_sessions_and_tokens(cast: Any, client_of: ClientOf, client: Client) -> None:
    here, elsewhere = client_of(cast.mia), client_of(cast.mia)
    token, _text = create_token(cast.mia, "Skript")

    assert change_password(here).location == "/konto"

    assert here.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 302
    assert token.revoked_at is not None
    assert client.post("/anmelden", data={"login": "mia", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"old_password": "geraten"}, "Das bisherige Passwort ist falsch."),
        ({"old_password": ""}, "Bitte geben Sie Ihr bisheriges Passwort ein."),
        ({"password": "zu kurz", "again": "zu kurz"}, "mindestens 12 Zeichen"),
        ({"again": "anders getippt"}, "nicht gleich"),
    ],
)
def test_password_stays_when_something_is_wrong(
    cast: Any, client_of: ClientOf, changes: dict[str, str], sentence: str
) -> None:
    before = cast.mia.password_hash

    answer = change_password(client_of(cast.mia), **changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert cast.mia.password_hash == before


def test_guessing_the_old_password_is_limited_like_the_login(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)
    for _ in range(10):
        assert change_password(mia, old_password="geraten").status_code == 422

    answer = change_password(mia)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"


def test_own_sessions_are_listed_and_ended(cast: Any, client_of: ClientOf) -> None:
    here, first, second = (client_of(cast.mia) for _ in range(3))
    oldest = db.session.query(UserSession).filter_by(user_id=cast.mia.id).order_by(UserSession.id)[1]

    here.post(f"/konto/sitzungen/{oldest.id}/beenden")
    assert (first.get("/konto").status_code, second.get("/konto").status_code) == (302, 200)

    here.post("/konto/sitzungen/beenden")
    assert (second.get("/konto").status_code, here.get("/konto").status_code) == (302, 200)


def test_sessions_and_tokens_of_others_are_not_found(cast: Any, client_of: ClientOf) -> None:
    client_of(cast.otto)
    session = db.session.query(UserSession).filter_by(user_id=cast.otto.id).one()
    token, _text = create_token(cast.otto, "Skript")
    mia = client_of(cast.mia)

    assert mia.post(f"/konto/sitzungen/{session.id}/beenden").status_code == 404
    assert mia.post(f"/konto/zugriffstoken/{token.id}/widerrufen").status_code == 404
    assert db.session.query(UserSession).filter_by(user_id=cast.otto.id).count() == 1
    assert token.revoked_at is None


def test_token_is_shown_once_and_opens_the_account(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)

    answer = mia.post("/konto/zugriffstoken", data={"name": "Auswertung", "days": "30"})

    found = re.search(r'<code class="token">([^<]+)</code>', answer.text)
    assert answer.status_code == 201
    assert found
    user = queries.user_of_token(found[1])
    assert user is not None
    assert user.login == "mia"
    assert found[1] not in mia.get("/konto").text
    assert "Auswertung" in mia.get("/konto").text


def test_token_is_stored_and_logged_only_hashed(cast: Any) -> None:
    token, text = create_token(cast.mia, "Skript", days=10)
    db.session.commit()

    assert len(text) >= 43  # 256 bits
    assert text not in token.token_hash
    assert token.expires_at - token.created_at == timedelta(days=10)
    logged = str([detail.values for detail in db.session.query(AuditDetail)])
    assert text not in logged
    assert token.token_hash not in logged


@pytest.mark.parametrize("days", ["0", "731", "viele", ""])
def test_bad_lifetime_is_explained(cast: Any, client_of: ClientOf, days: str) -> None:
    answer = client_of(cast.mia).post("/konto/zugriffstoken", data={"name": "Skript", "days": days})

    assert answer.status_code == 422
    assert 'id="days-error"' in answer.text
    assert db.session.query(ApiToken).count() == 0


def test_revoked_expired_and_disabled_tokens_open_nothing(cast: Any, client_of: ClientOf) -> None:
    token, text = create_token(cast.mia, "Skript")
    _expired, old = create_token(cast.mia, "Alt", days=-1)
    _locked, of_otto = create_token(cast.otto, "Skript")
    cast.otto.enabled = False

    client_of(cast.mia).post(f"/konto/zugriffstoken/{token.id}/widerrufen")

    assert [queries.user_of_token(each) for each in (text, old, of_otto, "geraten")] == [None] * 4


def test_revoking_twice_keeps_the_first_moment(cast: Any, client_of: ClientOf) -> None:
    token, _text = create_token(cast.mia, "Skript")
    first = token.revoked_at = clock.now() - timedelta(days=1)

    client_of(cast.mia).post(f"/konto/zugriffstoken/{token.id}/widerrufen")

    assert token.revoked_at == first


PAGES = ("/konto", "/konto/angaben", "/konto/passwort", "/konto/meine-daten", "/konto/meine-daten.json")


@pytest.mark.parametrize("page", PAGES)
def test_every_role_has_an_account_and_strangers_have_none(
    cast: Any, client_of: ClientOf, client: Client, page: str
) -> None:
    assert {client_of(user).get(page).status_code for user in cast.users.values()} == {200}
    assert client.get(page).status_code == 302


def test_reading_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)
    before = db.session.query(AuditDetail).count()
    for page in PAGES:
        mia.get(page)

    assert db.session.query(AuditDetail).count() == before


def test_language_and_theme_are_kept_with_the_account(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)

    mia.post("/sprache", data={"language": "en"})
    mia.post("/darstellung", data={"theme": "dark"})

    elsewhere = client_of(cast.mia).get("/konto").text
    assert '<html lang="en" data-kern-theme="dark">' in elsewhere


def test_following_the_system_takes_the_theme_back(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)
    for theme in ("dark", "system"):
        mia.post("/darstellung", data={"theme": theme})

    assert "data-kern-theme" not in mia.get("/konto").text
    assert cast.mia.theme is None


def test_before_the_login_the_session_keeps_the_choice(cast: Any, client: Client) -> None:
    client.post("/sprache", data={"language": "en"})
    client.post("/darstellung", data={"theme": "light"})

    assert '<html lang="en" data-kern-theme="light">' in client.get("/anmelden").text
    client.post("/anmelden", data={"login": "mia", "password": PASSWORD})
    assert '<html lang="en" data-kern-theme="light">' in client.get("/konto").text


@pytest.mark.parametrize(("target", "location"), [("/konto?a=1", "/konto?a=1"), ("//example.org", "/"), ("", "/")])
def test_choice_leads_back_but_never_elsewhere(app: Flask, client: Client, target: str, location: str) -> None:
    assert client.post("/sprache", data={"language": "de", "next": target}).location == location
    assert client.post("/darstellung", data={"theme": "dark", "next": target}).location == location


@pytest.mark.parametrize(
    ("address", "data"), [("/sprache", {"language": "xx"}), ("/sprache", {}), ("/darstellung", {"theme": "pink"})]
)
def test_unknown_choice_is_refused(app: Flask, client: Client, address: str, data: dict[str, str]) -> None:
    assert client.post(address, data=data).status_code == 422
