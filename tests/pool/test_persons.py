"""Creating, changing and deactivating persons."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.pool.models import Person
from tests import factories
from tests.pool import rows
from tests.pool.rows import NOW
from tests.support.client import Client
from tests.support.review import read_on

FORM = {
    "name": "Nora Neu",
    "email": "nora.neu@behoerde.example",
    "home_organisation_id": "",
    "location": "Erfurt",
    "contract_share": "80",
    "max_parallel": "3",
    "active": "y",
}


def named(name: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.name == name))


def test_cio_office_creates_a_person(client_of: Callable[..., Client], cast: Any) -> None:
    data = FORM | {"home_organisation_id": str(cast.finance.id), "email": "Nora.Neu@BEHOERDE.example"}

    answer = client_of(cast.carla).post("/personen/neu", data=data)

    nora = named("Nora Neu")
    assert answer.location == f"/personen/{nora.id}"
    assert (nora.email, nora.home_organisation_id) == ("Nora.Neu@behoerde.example", cast.finance.id)
    assert (nora.location, nora.contract_share, nora.max_parallel, nora.active) == ("Erfurt", 80, 3, True)


def test_administration_creates_persons_but_decides_no_shares(client_of: Callable[..., Client], cast: Any) -> None:
    client = client_of(cast.anton)

    page = client.get("/personen/neu").text
    client.post("/personen/neu", data=FORM)

    assert "Vertragsanteil" not in page
    assert (named("Nora Neu").contract_share, named("Nora Neu").max_parallel) == (100, 2)


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "otto", "rita"])
def test_nobody_else_creates_or_changes_persons(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client = client_of(cast.users[name])
    person_id = cast.paul_person.id

    assert client.post("/personen/neu", data=FORM).status_code == 403
    for address in ("bearbeiten", "poolanteile", "deaktivieren", "aktivieren"):
        assert client.post(f"/personen/{person_id}/{address}", data=FORM).status_code == 403
    assert named("Nora Neu") is None
    assert cast.paul_person.active


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Bitte geben Sie einen Namen ein."),
        ({"name": "x" * 201}, "200"),
        ({"name": "Nora\0"}, "unzulässiges Zeichen"),
        ({"email": "nora"}, "vollständige E-Mail-Adresse"),
        ({"email": "nora@"}, "vollständige E-Mail-Adresse"),
        ({"home_organisation_id": "99999"}, "Diese Behörde gibt es nicht."),
        ({"home_organisation_id": "abc"}, "Diese Behörde gibt es nicht."),
        ({"contract_share": "101"}, "zwischen 1 und 100"),
        ({"contract_share": "0"}, "zwischen 1 und 100"),
        ({"contract_share": ""}, "Bitte geben Sie den Vertragsanteil an."),
        ({"max_parallel": "21"}, "1 bis 20 Projekte"),
        ({"max_parallel": "viele"}, "ganze Zahl"),
    ],
)
def test_wrong_input_is_explained_at_the_field_and_kept(
    client_of: Callable[..., Client], cast: Any, change: dict[str, str], sentence: str
) -> None:
    answer = client_of(cast.carla).post("/personen/neu", data=FORM | change)

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2  # on top and at the field
    assert 'aria-invalid="true"' in answer.text
    assert 'value="Erfurt"' in answer.text
    assert db.session.query(Person).count() == 3


def test_edit_shows_what_is_stored_and_saves_it(client_of: Callable[..., Client], cast: Any) -> None:
    paul, client = cast.paul_person, client_of(cast.carla)
    address = f"/personen/{paul.id}/bearbeiten"

    page = client.get(address).text
    answer = client.post(address, data=FORM | {"contract_share": "100", "version": str(paul.version)})

    assert 'value="Paul Pohl"' in page
    assert f'<option selected value="{cast.finance.id}">Finanzministerium' in page
    assert answer.location == f"/personen/{paul.id}"
    assert (named("Nora Neu").id, named("Nora Neu").sort_key) == (paul.id, "nora neu")


def test_a_stale_form_shows_both_and_saves_nothing(client_of: Callable[..., Client], cast: Any) -> None:
    paul, client = cast.paul_person, client_of(cast.carla)
    address, data = f"/personen/{paul.id}/bearbeiten", FORM | {"contract_share": "100", "version": str(paul.version)}
    client.post(address, data=data | {"name": "Paul Poole", "home_organisation_id": str(cast.finance.id)})

    answer = client.post(address, data=data)

    assert answer.status_code == 409
    assert "<td>Paul Poole</td><td>Nora Neu</td>" in answer.text
    assert "<td>Finanzministerium (TFM)</td><td>–</td>" in answer.text
    assert named("Paul Poole").id == paul.id


def test_saving_again_after_a_conflict_takes_what_was_typed(client_of: Callable[..., Client], cast: Any) -> None:
    paul, client = cast.paul_person, client_of(cast.carla)
    address, data = f"/personen/{paul.id}/bearbeiten", FORM | {"contract_share": "100"}
    client.post(address, data=data | {"name": "Paul Poole", "version": str(paul.version)})
    shown = client.post(address, data=data | {"version": "1"}).text
    version = shown.split('name="version" type="hidden" value="')[1].split('"')[0]

    client.post(address, data=data | {"version": version})

    assert named("Nora Neu").id == paul.id


def test_contract_cannot_shrink_below_the_pool_share_of_today(client_of: Callable[..., Client], cast: Any) -> None:
    person = rows.person("Bea", (NOW - 50, NOW - 10, 100), (NOW - 9, None, 60))
    client, address = client_of(cast.carla), f"/personen/{person.id}/bearbeiten"
    version = {"version": str(person.version)}

    refused = client.post(address, data=FORM | version | {"contract_share": "50"})
    taken = client.post(address, data=FORM | version | {"contract_share": "60"})

    assert refused.status_code == 422
    assert "verringern Sie zuerst den Poolanteil" in refused.text
    assert taken.status_code == 302
    assert person.contract_share == 60


def test_a_shared_email_address_is_allowed_and_told(client_of: Callable[..., Client], cast: Any) -> None:
    factories.person("Max Muster", email="Nora.Neu@behoerde.example")
    client = client_of(cast.carla)

    page = client.post("/personen/neu", data=FORM, follow_redirects=True).text

    assert named("Nora Neu") is not None
    assert "Dieselbe E-Mail-Adresse steht auch bei: Max Muster." in page


def test_a_former_authority_stays_with_who_has_it_and_is_offered_to_nobody_else(
    client_of: Callable[..., Client], cast: Any
) -> None:
    former = factories.organisation("ALT", valid_to=NOW.monday.replace(year=2024))
    cast.paul_person.home_organisation_id = former.id
    client = client_of(cast.carla)

    assert "Behörde ALT" in client.get(f"/personen/{cast.paul_person.id}/bearbeiten").text
    assert "Behörde ALT" not in client.get("/personen/neu").text


@pytest.mark.parametrize("name", ["carla", "anton"])
def test_deactivating_and_activating(client_of: Callable[..., Client], cast: Any, name: str) -> None:
    client, paul = client_of(cast.users[name]), cast.paul_person

    read_on(client, f"/personen/{paul.id}/deaktivieren", {"version": paul.version})
    assert not paul.active

    client.post(f"/personen/{paul.id}/aktivieren", data={"version": paul.version})
    assert paul.active


def test_unknown_persons_are_not_found(client_of: Callable[..., Client], cast: Any) -> None:
    client = client_of(cast.carla)

    for address in ("bearbeiten", "poolanteile", "faehigkeiten", "abwesenheiten"):
        assert client.get(f"/personen/99999/{address}").status_code == 404
    assert client.get(f"/personen/{10**12}").status_code == 404
