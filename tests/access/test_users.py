"""Accounts, as administrators manage them through the pages."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.access.models import ApiToken, User, UserSession
from portfolio.access.policy import Role
from portfolio.access.services import create_token
from portfolio.extensions import db
from tests import factories
from tests.access.account_form import edit, fields
from tests.factories import PASSWORD
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[User], Client]


def new_account(**changes: Any) -> dict[str, Any]:
    return {"login": "neu", "name": "Nele Neu", "roles": "auditor", "enabled": "y"} | changes


def can_log_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    return client.post("/anmelden", data={"login": login, "password": password}).status_code == 302


def test_admin_creates_an_account_that_can_log_in(cast: Any, client_of: ClientOf, client: Client) -> None:
    data = new_account(password="ein langes Kennwort", organisation_id=cast.education.id, email="nele@example.org")

    answer = client_of(cast.anton).post("/benutzer/neu", data=data)

    created = db.session.query(User).filter_by(login="neu").one()
    assert answer.location == f"/benutzer/{created.id}"
    assert (created.roles, created.organisation_id) == ({Role.AUDITOR}, cast.education.id)
    assert can_log_in(client, "neu", "ein langes Kennwort")


def test_account_without_a_password_cannot_log_in(cast: Any, client_of: ClientOf, client: Client) -> None:
    client_of(cast.anton).post("/benutzer/neu", data=new_account())

    assert not can_log_in(client, "neu", "")
    assert not can_log_in(client, "neu")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"login": "CARLA"}, "Diesen Anmeldenamen hat schon ein anderes Konto"),
        ({"login": " "}, "Bitte geben Sie einen Anmeldenamen ein."),
        ({"name": "N\0ele"}, "unzulässiges Zeichen"),
        ({"roles": []}, "Bitte wählen Sie mindestens eine Rolle."),
        ({"roles": "king"}, "ültig"),
        ({"password": "zu kurz"}, "Das Passwort braucht mindestens 12 Zeichen."),
        ({"email": "keine Adresse"}, "gültige E-Mail-Adresse"),
        ({"organisation_id": "4711"}, "ültig"),
        ({"person_id": "4711"}, "ültig"),
    ],
)
def test_bad_input_is_explained_and_kept(
    cast: Any, client_of: ClientOf, changes: dict[str, Any], sentence: str
) -> None:
    answer = client_of(cast.anton).post("/benutzer/neu", data=new_account() | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(User).count() == len(cast.users)


def test_a_person_has_one_account(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.anton).post("/benutzer/neu", data=new_account(person_id=cast.paul.person_id))

    assert answer.status_code == 422
    assert "Diese Person hat schon ein Konto." in answer.text


def test_admin_changes_every_part_of_an_account(cast: Any, client_of: ClientOf) -> None:
    person = factories.person("Petra Pool")
    changes = {
        "login": "Karl ",
        "name": "Karl Kühn",
        "roles": ["coordinator", "project_lead"],
        "person_id": person.id,
        "coordinates": [cast.finance.id],
    }

    answer = edit(client_of(cast.anton), cast.konrad, **changes)

    assert answer.status_code == 302
    assert (cast.konrad.login, cast.konrad.name, cast.konrad.person_id) == ("karl", "Karl Kühn", person.id)
    assert cast.konrad.roles == {Role.COORDINATOR, Role.PROJECT_LEAD}
    assert cast.konrad.actor.coordinated == {cast.finance.id}


def test_changing_only_what_is_coordinated_moves_the_version_on(cast: Any, client_of: ClientOf) -> None:
    version = cast.konrad.version

    edit(client_of(cast.anton), cast.konrad, coordinates=[])

    assert cast.konrad.version == version + 1
    assert cast.konrad.coordinations == []


def test_stale_form_shows_both_states_and_saves_nothing(cast: Any, client_of: ClientOf) -> None:
    opened = fields(cast.mia, name="Mia Neu")
    edit(client_of(cast.anton), cast.mia, name="Mia Inzwischen")

    answer = client_of(cast.anton).post(f"/benutzer/{cast.mia.id}/bearbeiten", data=opened)

    assert answer.status_code == 409
    assert "<td>Mia Inzwischen</td><td>Mia Neu</td>" in answer.text
    assert cast.mia.name == "Mia Inzwischen"


@pytest.mark.parametrize("changes", [{"roles": ["auditor"]}, {"enabled": None}], ids=["other roles", "disabled"])
def test_taking_rights_ends_sessions_and_tokens(cast: Any, client_of: ClientOf, changes: dict[str, Any]) -> None:
    session_of_mia = client_of(cast.mia)
    token, _text = create_token(cast.mia, "Skript")

    edit(client_of(cast.anton), cast.mia, **changes)

    assert session_of_mia.get("/konto").status_code == 302
    assert token.revoked_at is not None


def test_other_changes_leave_sessions_open(cast: Any, client_of: ClientOf) -> None:
    session_of_mia = client_of(cast.mia)

    edit(client_of(cast.anton), cast.mia, name="Mia Meier")

    assert session_of_mia.get("/konto").status_code == 200


def test_new_password_ends_sessions_and_tokens(cast: Any, client_of: ClientOf, client: Client) -> None:
    session_of_mia = client_of(cast.mia)
    token, _text = create_token(cast.mia, "Skript")

    client_of(cast.anton).post(f"/benutzer/{cast.mia.id}/passwort", data={"password": "ein neues Kennwort"})

    assert session_of_mia.get("/konto").status_code == 302
    assert token.revoked_at is not None
    assert not can_log_in(client, "mia")
    assert can_log_in(client, "mia", "ein neues Kennwort")


def test_short_password_is_refused(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.anton).post(f"/benutzer/{cast.mia.id}/passwort", data={"password": "zu kurz"})

    assert answer.status_code == 422
    assert "mindestens 12 Zeichen" in answer.text


def test_admin_ends_the_sessions_of_an_account(cast: Any, client_of: ClientOf) -> None:
    session_of_mia = client_of(cast.mia)

    client_of(cast.anton).post(f"/benutzer/{cast.mia.id}/sitzungen/beenden")

    assert session_of_mia.get("/konto").status_code == 302
    assert db.session.query(UserSession).filter_by(user_id=cast.mia.id).count() == 0


def test_admin_revokes_a_token_of_somebody_else(cast: Any, client_of: ClientOf) -> None:
    token, _text = create_token(cast.mia, "Skript")
    anton = client_of(cast.anton)

    assert anton.post(f"/benutzer/{cast.otto.id}/zugriffstoken/{token.id}/widerrufen").status_code == 404
    assert token.revoked_at is None
    anton.post(f"/benutzer/{cast.mia.id}/zugriffstoken/{token.id}/widerrufen")
    assert token.revoked_at is not None
    assert "widerrufen" in anton.get(f"/benutzer/{cast.mia.id}").text


def test_list_is_searched_filtered_and_sorted(cast: Any, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    cast.otto.name = "Otto Öhler"
    logins = [user.login for user in cast.users.values()]

    def found(query: str) -> list[str]:
        text = anton.get(f"/benutzer?{query}").text
        return sorted(
            (login for login in logins if f"<td>{login}</td>" in text), key=lambda each: text.index(f">{each}<")
        )

    assert found("q=oehl") == ["otto"]
    assert found("q=KONTO+mia") == ["mia"]
    assert found("role=ministry&sort=-login") == ["otto", "mia"]
    assert found("role=unsinn&q=%00carla") == ["carla"]
    assert "Kein Konto gefunden" in anton.get("/benutzer?q=zzz").text


def test_list_asks_a_fixed_number_of_queries(cast: Any, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    with count_queries() as few:
        anton.get("/benutzer")
    for number in range(15):
        factories.user(
            f"weiteres-{number}", Role.MINISTRY, organisation_id=cast.education.id, coordinates=[cast.finance]
        )
    db.session.commit()
    with count_queries() as many:
        anton.get("/benutzer")

    assert len(few) == len(many) <= 12


PAGES = ("/benutzer", "/benutzer/neu", "/benutzer/{id}", "/benutzer/{id}/bearbeiten", "/benutzer/{id}/passwort")


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "rita"])
def test_nobody_else_manages_accounts(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    for page in PAGES:
        assert client.get(page.format(id=cast.otto.id)).status_code == 403
    for action in ("bearbeiten", "passwort", "sitzungen/beenden"):
        assert client.post(f"/benutzer/{cast.otto.id}/{action}", data=fields(cast.otto)).status_code == 403


@pytest.mark.parametrize("page", PAGES[2:])
@pytest.mark.parametrize("missing", [4711, 2**31, 10**30])
def test_missing_account_is_not_found(cast: Any, client_of: ClientOf, page: str, missing: int) -> None:
    assert client_of(cast.anton).get(page.format(id=missing)).status_code == 404


def test_reading_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    create_token(cast.mia, "Skript")

    for page in PAGES:
        assert anton.get(page.format(id=cast.mia.id)).status_code == 200

    assert db.session.query(ApiToken).filter_by(revoked_at=None).count() == 1
    assert cast.mia.version == 1
