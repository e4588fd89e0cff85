"""Organisations through their pages: everybody reads them, administrators change them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portfolio.access.models import Organisation, OrganisationKind, User
from portfolio.extensions import db
from portfolio.web import clock
from tests import factories
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[User], Client]
NEW = {"code": "TMDI", "name": "Ministerium für Digitales", "kind": "supreme", "valid_from": "13.12.2024"}


def fields(organisation: Organisation, **changes: Any) -> dict[str, Any]:
    """What the form of `organisation` sends, with `changes`."""
    names = ("version", "code", "name", "kind", "valid_from", "valid_to", "parent_id", "successor_id")
    return {name: getattr(organisation, name) or "" for name in names} | changes


def edit(client: Client, organisation: Organisation, **changes: Any) -> Any:
    return client.post(f"/organisationen/{organisation.id}/bearbeiten", data=fields(organisation, **changes))


def test_admin_creates_an_organisation(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.anton).post("/organisationen/neu", data=NEW | {"parent_id": cast.finance.id})

    created = db.session.query(Organisation).filter_by(code="TMDI").one()
    assert answer.location == f"/organisationen/{created.id}"
    assert (created.kind, created.valid_from) == (OrganisationKind.SUPREME, date(2024, 12, 13))
    assert created.parent is cast.finance


def test_admin_gives_a_ministry_its_successor(cast: Any, client_of: ClientOf) -> None:
    successor = factories.organisation("TMDI", name="Ministerium für Digitales")
    anton = client_of(cast.anton)

    edit(anton, cast.finance, valid_to="2024-12-12", successor_id=successor.id)

    assert (cast.finance.successor, cast.finance.valid_to) == (successor, date(2024, 12, 12))
    assert "Finanzministerium (TFM)" in anton.get(f"/organisationen/{successor.id}").text
    assert "besteht nicht mehr" in anton.get(f"/organisationen/{cast.finance.id}").text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"code": "TFM"}, "code", "Dieses Kürzel hat schon eine andere Organisation."),
        ({"code": " "}, "code", "Bitte geben Sie ein Kürzel ein."),
        ({"name": ""}, "name", "Bitte geben Sie einen Namen ein."),
        ({"valid_to": "12.12.2024"}, "valid_to", "Das Ende darf nicht vor dem Beginn liegen."),
        ({"valid_to": "31.02.2025"}, "valid_to", "Bitte ein Datum eingeben, zum Beispiel 23.11.2026."),
        ({"kind": "verein"}, "kind", "ültig"),
        ({"successor_id": "4711"}, "successor_id", "ültig"),
    ],
)
def test_bad_input_is_explained(
    cast: Any, client_of: ClientOf, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = client_of(cast.anton).post("/organisationen/neu", data=NEW | changes)

    assert answer.status_code == 422
    assert sentence in answer.text.split(f'id="{field}-error"')[1][:400]
    assert db.session.query(Organisation).count() == 2


@pytest.mark.parametrize("link", ["successor_id", "parent_id"])
def test_no_way_leads_back_to_the_organisation(cast: Any, client_of: ClientOf, link: str) -> None:
    between = factories.organisation("TMIK", **{link: cast.finance.id})
    anton = client_of(cast.anton)

    assert edit(anton, cast.finance, **{link: between.id}).status_code == 422
    assert edit(anton, cast.finance, **{link: cast.finance.id}).status_code == 422
    assert getattr(cast.finance, link) is None


def test_stale_form_shows_both_states(cast: Any, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    opened = fields(cast.finance, name="Finanzen")
    edit(anton, cast.finance, name="Ministerium für Finanzen")

    answer = anton.post(f"/organisationen/{cast.finance.id}/bearbeiten", data=opened)

    assert answer.status_code == 409
    assert "<td>Ministerium für Finanzen</td><td>Finanzen</td>" in answer.text
    assert cast.finance.name == "Ministerium für Finanzen"


def test_list_shows_present_organisations_and_on_demand_all(cast: Any, client_of: ClientOf) -> None:
    today = clock.today()
    factories.organisation("ALT", valid_to=today - timedelta(days=1))
    factories.organisation("BALD", valid_from=today + timedelta(days=1))
    factories.organisation("HEUTE", valid_from=today, valid_to=today)
    mia = client_of(cast.mia)

    def shown(query: str) -> set[str]:
        text = mia.get(f"/organisationen{query}").text
        return {code for code in ("ALT", "BALD", "HEUTE", "TFM") if f">{code}</td>" in text}

    assert shown("") == {"HEUTE", "TFM"}
    assert shown("?former=y") == {"ALT", "BALD", "HEUTE", "TFM"}


def test_list_is_searched_filtered_and_sorted(cast: Any, client_of: ClientOf) -> None:
    factories.organisation("TLBV", name="Landesamt für Bau", kind=OrganisationKind.HIGHER)
    factories.organisation("ÖTV", name="Öffentliche Stelle", kind=OrganisationKind.OTHER)
    mia = client_of(cast.mia)

    def found(query: str) -> list[str]:
        text = mia.get(f"/organisationen?{query}").text
        codes = [code for code in ("TLBV", "TMBWK", "TFM", "ÖTV") if f">{code}</td>" in text]
        return sorted(codes, key=lambda code: text.index(f">{code}<"))

    assert found("q=oeffentl") == ["ÖTV"]
    assert found("q=minist+bild") == ["TMBWK"]
    assert found("q=tlbv") == ["TLBV"]
    assert found("kind=higher") == ["TLBV"]
    assert found("sort=-code&q=minist") == ["TMBWK", "TFM"]
    assert found("") == ["TFM", "TLBV", "TMBWK", "ÖTV"]
    assert "Keine Organisation gefunden" in mia.get("/organisationen?q=zzz").text


def test_list_asks_a_fixed_number_of_queries(cast: Any, client_of: ClientOf) -> None:
    mia = client_of(cast.mia)
    with count_queries() as few:
        mia.get("/organisationen")
    for _ in range(15):
        factories.organisation(successor_id=cast.finance.id)
    db.session.commit()
    with count_queries() as many:
        mia.get("/organisationen")

    assert len(few) == len(many) <= 12


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "rita"])
def test_everybody_reads_and_nobody_else_changes(cast: Any, client_of: ClientOf, name: str) -> None:
    client, address = client_of(cast.users[name]), f"/organisationen/{cast.finance.id}"

    assert [client.get(page).status_code for page in ("/organisationen", address)] == [200, 200]
    assert "Bearbeiten" not in client.get(address).text
    assert [client.get(page).status_code for page in ("/organisationen/neu", f"{address}/bearbeiten")] == [403, 403]
    assert client.post("/organisationen/neu", data=NEW).status_code == 403
    assert edit(client, cast.finance, name="Meins").status_code == 403
    assert cast.finance.name == "Finanzministerium"


@pytest.mark.parametrize("page", ["/organisationen/4711", "/organisationen/4711/bearbeiten"])
def test_missing_organisation_is_not_found(cast: Any, client_of: ClientOf, page: str) -> None:
    assert client_of(cast.anton).get(page).status_code == 404
