"""The list of services: searching, filtering, paging; the search behind pickers."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.catalogue import queries
from portfolio.extensions import db
from tests import factories
from tests.catalogue import builders
from tests.support.client import Client
from tests.support.queries import count_queries

HTMX = {"HX-Request": "true"}


@pytest.fixture
def shelf(cast: Any) -> None:
    """Three services, one of them without key."""
    waste = builders.bundle("10110", "Abfallentsorgung", builders.topic_area("Umwelt"))
    family = builders.bundle("10001", "Kinderbetreuung", builders.topic_area("Familie"))
    factories.service("Abfallgebühr", service_key="99001001000000", bundle_id=waste.id, typing=["2a", "5"])
    factories.service("Abfallgebühr Festsetzung", service_key="99001001002000", bundle_id=waste.id)
    factories.service("Straßenfest", service_key=None, bundle_id=family.id)


def names(page: str) -> list[str]:
    """The services of the table, in their order."""
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split('<th scope="row">')[1:] if "<tbody>" in page else []
    return [row.split("</a>")[0].rpartition(">")[2] for row in rows]


def test_every_role_reads_the_catalogue(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    for user in cast.users.values():
        page = client_of(user).get("/leistungen").text
        assert names(page) == ["Abfallgebühr", "Abfallgebühr Festsetzung", "Straßenfest"]


def test_nobody_reads_it_without_login(client: Client, cast: Any) -> None:
    assert client.get("/leistungen").location.startswith("/anmelden")


def test_columns_show_key_kind_typing_and_bundle(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    page = client_of(cast.mia).get("/leistungen").text

    for text in ("99 001 001 000 000", ">LO<", ">LOV<", "ohne Schlüssel", "2a, 5", "Abfallentsorgung"):
        assert text in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gebuehr abfall", ["Abfallgebühr", "Abfallgebühr Festsetzung"]),
        ("GEBÜHR", ["Abfallgebühr", "Abfallgebühr Festsetzung"]),
        ("fest", ["Abfallgebühr Festsetzung", "Straßenfest"]),
        ("strassen", ["Straßenfest"]),
        ("99 001 001 002", ["Abfallgebühr Festsetzung"]),
        ("99.001.001", ["Abfallgebühr", "Abfallgebühr Festsetzung"]),
        ("001 001", []),
        ("%", []),
        ("_", []),
        ("\0", ["Abfallgebühr", "Abfallgebühr Festsetzung", "Straßenfest"]),
        ("a " * 2000, ["Abfallgebühr", "Abfallgebühr Festsetzung", "Straßenfest"]),
    ],
)
def test_search(client_of: Callable[..., Client], cast: Any, shelf: None, text: str, found: list[str]) -> None:
    answer = client_of(cast.mia).get("/leistungen", query_string={"q": text})

    assert names(answer.text) == found
    assert bool(found) != ("Keine Leistung gefunden" in answer.text)


@pytest.mark.parametrize(
    ("kind", "found"),
    [("LO", ["Abfallgebühr"]), ("LOV", ["Abfallgebühr Festsetzung"]), ("LOVD", []), ("Unsinn", None)],
)
def test_filter_by_kind(client_of: Callable[..., Client], cast: Any, shelf: None, kind: str, found: Any) -> None:
    page = client_of(cast.mia).get("/leistungen", query_string={"kind": kind}).text

    assert names(page) == (["Abfallgebühr", "Abfallgebühr Festsetzung", "Straßenfest"] if found is None else found)


def test_filter_by_topic_area(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    family = queries.topic_areas()[0]
    client = client_of(cast.mia)

    assert names(client.get(f"/leistungen?topic_area={family.id}").text) == ["Straßenfest"]
    assert len(names(client.get("/leistungen?topic_area=999999999999999").text)) == 3


def test_sorting_by_key_puts_services_without_key_last(
    client_of: Callable[..., Client], cast: Any, shelf: None
) -> None:
    page = client_of(cast.mia).get("/leistungen?sort=-key").text

    assert names(page) == ["Abfallgebühr Festsetzung", "Abfallgebühr", "Straßenfest"]


def test_while_typing_only_the_list_is_answered(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    part = client_of(cast.mia).get("/leistungen?q=strasse", headers=HTMX).text

    assert names(part) == ["Straßenfest"]
    assert "<html" not in part
    assert "<form" not in part


def test_pages_hold_twenty_five(client_of: Callable[..., Client], cast: Any) -> None:
    for number in range(30):
        factories.service(f"Leistung {number:02d}")
    client = client_of(cast.mia)

    assert len(names(client.get("/leistungen").text)) == 25
    assert names(client.get("/leistungen?page=2&q=leistung").text) == [f"Leistung {n}" for n in range(25, 30)]
    assert client.get("/leistungen?page=3").status_code == 404
    assert client.get(f"/leistungen?page={10**30}").status_code == 404


def test_an_empty_catalogue_says_who_fills_it(client_of: Callable[..., Client], cast: Any) -> None:
    assert "Die Administration übernimmt den Katalog" in client_of(cast.mia).get("/leistungen").text
    assert "legen Sie hier die erste Leistung an" in client_of(cast.anton).get("/leistungen").text


def test_queries_do_not_grow_with_the_catalogue(client_of: Callable[..., Client], cast: Any) -> None:
    client, counts = client_of(cast.mia), []
    for _round in range(2):
        for number in range(20):
            bundle = builders.bundle(f"{len(counts)}00{number:02d}", f"Bündel {number}")
            factories.service(f"Leistung {number}", bundle_id=bundle.id)
        db.session.commit()
        with count_queries() as asked:
            client.get("/leistungen")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 5


def test_picker_offers_at_most_twelve_with_their_keys(client_of: Callable[..., Client], cast: Any) -> None:
    services = [factories.service(f"Gebühr {number:02d}") for number in range(14)]

    items = client_of(cast.mia).get("/leistungen/suche?q=gebuehr").json["items"]

    assert len(items) == 12
    assert items[0]["id"] == services[0].id
    assert items[0]["label"] == "Gebühr 00"
    assert items[0]["hint"].replace(" ", "") == services[0].service_key


def test_detail_explains_the_kind_and_links_the_bundle(
    client_of: Callable[..., Client], cast: Any, shelf: None
) -> None:
    client = client_of(cast.otto)
    address = client.get("/leistungen?q=festsetzung").text.split('<th scope="row"><a href="')[1].split('"')[0]

    page = client.get(address).text

    assert "LOV – Leistungsobjekt mit Verrichtung" in page
    assert "10110 Abfallentsorgung" in page
    assert "Bearbeiten" not in page
    assert client.get("/leistungen/99999").status_code == 404


def test_filter_by_what_is_missing(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    factories.service("Ohne Bündel")
    client = client_of(cast.mia)

    assert names(client.get("/leistungen?kind=none").text) == ["Straßenfest"]
    assert names(client.get("/leistungen?topic_area=0").text) == ["Ohne Bündel"]


def test_filter_of_bundles_without_topic_area(client_of: Callable[..., Client], cast: Any, shelf: None) -> None:
    builders.bundle("10999", "Heimatloses")
    page = client_of(cast.mia).get("/leistungen/buendel?topic_area=0").text
    assert "Heimatloses" in page
    assert "Abfallentsorgung" not in page
