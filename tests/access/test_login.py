"""Logging in and out through the page."""

import re
from datetime import timedelta
from typing import Any

import pytest

from portfolio.access.models import FailedLogin, UserSession
from portfolio.extensions import db
from portfolio.web import clock
from tests.factories import PASSWORD
from tests.support.client import Client

TOKEN = re.compile('name="csrf_token" [^>]*')  # carries the second it was made in


def attempt(client: Client, login: str, password: str = PASSWORD, **options: Any) -> Any:
    return client.post("/anmelden", data={"login": login, "password": password}, **options)


def test_home_without_a_session_leads_to_the_login_page(client: Client) -> None:
    answer = client.get("/", follow_redirects=True)

    assert answer.request.path == "/anmelden"
    first_form = answer.text.split('<form method="post"')[1].split("</form>")[0]
    assert 'name="login"' in first_form
    assert 'name="password"' in first_form


def test_page_is_german_unless_the_browser_asks_otherwise(client: Client) -> None:
    german = client.get("/anmelden")
    english = client.get("/anmelden", headers={"Accept-Language": "en-GB,en;q=0.8"})

    assert '<html lang="de"' in german.text
    assert "Passwort" in german.text
    assert '<html lang="en"' in english.text


def test_login_opens_home_and_logout_closes_it(client: Client, cast: Any) -> None:
    assert attempt(client, "carla").location == "/"
    assert client.get("/").status_code == 200

    client.post("/abmelden")

    assert client.get("/").status_code == 302


def test_login_ignores_case_and_space_around(client: Client, cast: Any) -> None:
    assert attempt(client, " Carla ").status_code == 302


def test_logout_ends_the_session_on_the_server(client: Client, cast: Any) -> None:
    attempt(client, "carla")
    stolen = client.get_cookie("projektpool").value
    client.post("/abmelden")

    client.set_cookie("projektpool", stolen)

    assert client.get("/konto").status_code == 302
    assert db.session.query(UserSession).count() == 0


@pytest.mark.parametrize(("login", "password"), [("carla", "falsch"), ("niemand", PASSWORD), ("\0", PASSWORD)])
def test_wrong_login_and_wrong_password_get_no_session(client: Client, cast: Any, login: str, password: str) -> None:
    answer = attempt(client, login, password)

    assert answer.status_code == 422
    assert "<html" in answer.text
    assert db.session.query(UserSession).count() == 0


def test_refusals_do_not_tell_accounts_apart(client: Client, cast: Any) -> None:
    cast.otto.enabled = False

    texts = {attempt(client, login, "falsch").text.replace(login, "…") for login in ("carla", "niemand", "otto")}

    assert len({TOKEN.sub("", text.split("<main")[1]) for text in texts}) == 1


def test_disabled_account_cannot_log_in(client: Client, cast: Any) -> None:
    cast.carla.enabled = False

    assert attempt(client, "carla").status_code == 422


def test_eleventh_attempt_on_an_account_waits_even_with_the_right_password(client: Client, cast: Any) -> None:
    for _ in range(10):
        assert attempt(client, "carla", "falsch").status_code == 422

    answer = attempt(client, "CARLA")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "warten Sie fünf Minuten" in answer.text
    assert attempt(client, "mia").status_code == 302


@pytest.mark.parametrize(("address", "count"), [("127.0.0.1", 200), ("other", 1000)])
def test_attempts_are_limited_per_address_and_overall(client: Client, cast: Any, address: str, count: int) -> None:
    now = clock.now()
    attempts = [FailedLogin(login=f"account-{number}", address=address, at=now) for number in range(count)]
    db.session.add_all(attempts[1:])

    assert attempt(client, "carla").status_code == 302

    db.session.add(attempts[0])
    assert attempt(client, "carla").status_code == 429


def test_old_attempts_are_forgotten(client: Client, cast: Any) -> None:
    then = clock.now() - timedelta(minutes=5, seconds=1)
    db.session.add_all(FailedLogin(login="carla", address="127.0.0.1", at=then) for _ in range(10))

    assert attempt(client, "carla").status_code == 302
    assert db.session.query(FailedLogin).count() == 0


def test_session_cookie_changes_on_login(client: Client, cast: Any) -> None:
    client.get("/anmelden")
    with client.session_transaction() as session:
        session["planted"] = "before"

    attempt(client, "carla")

    with client.session_transaction() as session:
        assert "planted" not in session


def test_session_ends_after_its_hours(client: Client, cast: Any) -> None:
    attempt(client, "carla")
    db.session.query(UserSession).one().expires_at = clock.now() - timedelta(seconds=1)

    assert client.get("/konto").status_code == 302


def test_login_leads_back_to_the_page_asked_for(client: Client, cast: Any) -> None:
    wall = client.get("/konto?seite=2")

    answer = client.post(wall.location, data={"login": "carla", "password": PASSWORD})

    assert answer.location == "/konto?seite=2"


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "javascript:1", "konto"]
)
def test_login_never_leads_elsewhere(client: Client, cast: Any, target: str) -> None:
    answer = client.post("/anmelden", query_string={"next": target}, data={"login": "carla", "password": PASSWORD})

    assert answer.location == "/"


def test_login_without_the_forms_token_is_refused(client: Client, cast: Any) -> None:
    answer = attempt(client, "carla", headers={"X-CSRFToken": "forged"})

    assert answer.status_code == 400
