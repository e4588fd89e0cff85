"""Changing the catalogue by hand: the administration only, and with reasons where it is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.catalogue.models import Service
from portfolio.extensions import db
from tests import factories
from tests.catalogue import builders
from tests.support.client import Client

FORM = {
    "name": "Kita-Antrag",
    "service_key": "99 041 004 034 000",
    "typing": "2a, 2b",
    "bundle_id": "10110",
    "legal_basis": "Kita-Gesetz",
}


def stored() -> list[Service]:
    return list(db.session.scalars(select(Service).order_by(Service.id)))


def test_admin_adds_a_service(client_of: Callable[..., Client], cast: Any) -> None:
    bundle = builders.bundle("10110")

    answer = client_of(cast.anton).post("/leistungen/neu", data=FORM)

    (service,) = stored()
    assert answer.location == f"/leistungen/{service.id}"
    assert (service.service_key, service.typing) == ("99041004034000", ["2a", "2b"])
    assert (service.bundle_id, service.legal_basis) == (bundle.id, "Kita-Gesetz")


def test_only_the_administration_changes_the_catalogue(client_of: Callable[..., Client], cast: Any) -> None:
    service = factories.service("Abfallgebühr")
    bundle = builders.bundle()
    for name, user in cast.users.items():
        if name == "anton":
            continue
        client = client_of(user)
        for address in ("neu", "buendel/neu", f"{service.id}/bearbeiten", f"buendel/{bundle.id}/bearbeiten"):
            assert client.get(f"/leistungen/{address}").status_code == 403
            assert client.post(f"/leistungen/{address}", data=FORM).status_code == 403

    assert [each.name for each in stored()] == ["Abfallgebühr"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"service_key": "99 041 004 034 00"}, "Ihre Eingabe hat 13 Ziffern."),
        ({"service_key": "98041004034000"}, "beginnt mit 99"),
        ({"service_key": "99041004034abc"}, "Ein Leistungsschlüssel hat 14 Ziffern"),
        ({"service_key": "99001001000000"}, "hat schon eine andere Leistung"),
        ({"service_key": "", "name": "Beratung", "bundle_id": ""}, "gibt es in dieser OZG-Leistung schon"),
        ({"name": " "}, "Bitte geben Sie einen Namen ein."),
        ({"name": "x" * 1001}, "1000"),
        ({"bundle_id": "99999"}, "„99999“ gibt es nicht"),
        ({"typing": "eine viel zu lange Typisierung"}, "mit Kommas"),
    ],
)
def test_wrong_input_is_explained_and_kept(
    client_of: Callable[..., Client], cast: Any, change: dict[str, str], sentence: str
) -> None:
    builders.bundle("10110")
    factories.service("Abfallgebühr", service_key="99001001000000")
    factories.service("Beratung", service_key=None)

    answer = client_of(cast.anton).post("/leistungen/neu", data=FORM | change)

    assert answer.status_code in (409, 422)
    assert answer.text.count(sentence) >= 2  # on top and at the field
    assert "Kita-Gesetz" in answer.text
    assert len(stored()) == 2


def test_edit_shows_what_is_stored_and_saves(client_of: Callable[..., Client], cast: Any) -> None:
    bundle = builders.bundle("10110", "Abfallentsorgung")
    service = factories.service("Abfall", service_key="99001001000000", bundle_id=bundle.id, typing=["2a", "5"])
    client = client_of(cast.anton)

    page = client.get(f"/leistungen/{service.id}/bearbeiten").text
    client.post(f"/leistungen/{service.id}/bearbeiten", data=FORM | {"version": "1", "bundle_id": ""})

    for text in ('value="99 001 001 000 000"', 'value="2a, 5"', 'value="10110"', "10110 Abfallentsorgung"):
        assert text in page
    assert (stored()[0].name, stored()[0].bundle_id, stored()[0].version) == ("Kita-Antrag", None, 2)


def test_a_stale_form_shows_both_and_saves_nothing(client_of: Callable[..., Client], cast: Any) -> None:
    service = factories.service("Abfallgebühr", service_key="99001001000000")
    client, address = client_of(cast.anton), f"/leistungen/{service.id}/bearbeiten"
    client.post(address, data=FORM | {"bundle_id": "", "name": "Müllgebühr", "version": "1"})

    answer = client.post(address, data=FORM | {"bundle_id": "", "version": "1"})

    assert answer.status_code == 409
    assert "<td>Müllgebühr</td><td>Kita-Antrag</td>" in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert stored()[0].name == "Müllgebühr"


def test_admin_adds_and_changes_a_bundle(client_of: Callable[..., Client], cast: Any) -> None:
    area = builders.topic_area("Familie")
    client = client_of(cast.anton)
    form = {"ozg_id": "10001", "name": "Kita", "situation": "Geburt", "topic_area_id": str(area.id)}

    address = client.post("/leistungen/buendel/neu", data=form).location
    client.post(f"{address}/bearbeiten", data=form | {"name": "Kinderbetreuung", "version": "1"})

    page = client.get(address).text
    for text in ("Kinderbetreuung", "10001", "Familie", "Geburt", "Noch keine Leistung"):
        assert text in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ozg_id": "101"}, "hat fünf Ziffern"),
        ({"ozg_id": "10110"}, "hat schon eine andere OZG-Leistung"),
        ({"ozg_id": ""}, "Bitte geben Sie die fünfstellige Nummer ein."),
        ({"name": ""}, "Bitte geben Sie einen Namen ein."),
        ({"topic_area_id": "77"}, "Themenfeld"),
    ],
)
def test_wrong_bundles_are_explained(
    client_of: Callable[..., Client], cast: Any, change: dict[str, str], sentence: str
) -> None:
    builders.bundle("10110")

    answer = client_of(cast.anton).post("/leistungen/buendel/neu", data={"ozg_id": "10001", "name": "Kita"} | change)

    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_bundles_are_listed_searched_and_counted(client_of: Callable[..., Client], cast: Any) -> None:
    bundle = builders.bundle("10110", "Abfallentsorgung", builders.topic_area("Umwelt"))
    builders.bundle("10001", "Kinderbetreuung")
    factories.service("Abfallgebühr", bundle_id=bundle.id)
    client = client_of(cast.rita)

    found = client.get("/leistungen/buendel?q=entsorg").text
    by_number = client.get("/leistungen/buendel?q=1000").text

    assert "Abfallentsorgung" in found
    assert '<td class="numeric">1</td>' in found
    assert "Kinderbetreuung" not in found
    assert "Kinderbetreuung" in by_number


def test_a_stale_bundle_shows_both(client_of: Callable[..., Client], cast: Any) -> None:
    bundle = builders.bundle("10110", "Abfallentsorgung")
    client, address = client_of(cast.anton), f"/leistungen/buendel/{bundle.id}/bearbeiten"
    client.post(address, data={"ozg_id": "10110", "name": "Abfall", "version": "1"})

    answer = client.post(address, data={"ozg_id": "10110", "name": "Müll", "version": "1"})

    assert answer.status_code == 409
    assert "<td>Abfall</td><td>Müll</td>" in answer.text


def test_picker_of_bundles_answers_with_their_numbers(client_of: Callable[..., Client], cast: Any) -> None:
    builders.bundle("10110", "Abfallentsorgung")

    answer = client_of(cast.anton).get("/leistungen/buendel/suche?q=abfall")

    assert answer.json == {"items": [{"id": "10110", "label": "10110 Abfallentsorgung"}]}
    assert client_of(cast.mia).get("/leistungen/buendel/suche?q=abfall").status_code == 403
