"""One search over everything: what it finds, and for whom it finds nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.support.models import RequestState
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries

HTMX = {"HX-Request": "true"}
ClientOf = Callable[[Any], Client]
TITLES = ("Kita-Fachkräfte online", "Kita-Antrag online", "Kira Kitanova", "Kitaplatz", "Kita-Aufsicht")


@pytest.fixture
def things(cast: Cast) -> None:
    """One thing of each kind with „Kita“ in its name, all of the education ministry; the project is in the cast."""
    factories.support_request(cast.education, TITLES[1], state=RequestState.SUBMITTED)
    factories.person(TITLES[2])
    factories.service(TITLES[3], service_key="99041004034000")
    factories.organisation("KITA", name=TITLES[4])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("carla", {0, 1, 2, 3, 4}),
        ("konrad", {0, 1, 2, 3, 4}),
        ("lea", {0, 3, 4}),
        ("paul", {0, 3, 4}),
        ("mia", {0, 1, 3, 4}),
        ("otto", {3, 4}),
        ("rita", {3, 4}),
        ("anton", {2, 3, 4}),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_everybody_finds_what_they_may_read(
    client_of: ClientOf, cast: Cast, things: None, name: str, found: set[int], headers: dict[str, str]
) -> None:
    text = client_of(cast.users[name]).get("/suche?q=kita", headers=headers).text

    assert {number for number, title in enumerate(TITLES) if f"<span>{title}</span>" in text} == found


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("fachkraefte KITA", TITLES[0]),
        ("OZG-2026-001", TITLES[0]),
        ("nova kira", TITLES[2]),
        ("99 041 004", TITLES[3]),
        ("kita aufsicht", TITLES[4]),
    ],
)
def test_pieces_stand_anywhere(client_of: ClientOf, cast: Cast, things: None, query: str, title: str) -> None:
    assert f"<span>{title}</span>" in client_of(cast.carla).get("/suche", query_string={"q": query}).text


@pytest.mark.parametrize("query", ["%", "_", "' OR 1=1 --", "zzz"])
def test_nothing_found_says_what_to_do(client_of: ClientOf, cast: Cast, things: None, query: str) -> None:
    page = client_of(cast.carla).get("/suche", query_string={"q": query}).text

    assert "Nichts gefunden" in page
    assert "Suchen Sie mit weniger Buchstaben" in page


@pytest.mark.parametrize("query", ["", " ", "\0", "\u0301"])
def test_nothing_typed_asks_the_database_nothing_more(client_of: ClientOf, cast: Cast, query: str) -> None:
    client = client_of(cast.carla)
    with count_queries() as asked:
        page = client.get("/suche", query_string={"q": query}).text
    assert len(asked) <= 2
    assert "hits__title" not in page


def test_drafts_are_found_by_their_ministry_alone(client_of: ClientOf, cast: Cast) -> None:
    factories.support_request(cast.education, "Geheimer Entwurf")

    found = [name for name, user in cast.users.items() if "Geheimer" in client_of(user).get("/suche?q=geheimer").text]

    assert found == ["mia"]


def test_many_hits_lead_to_the_list(client_of: ClientOf, cast: Cast) -> None:
    for number in range(12):
        factories.service(f"Gebühr {number:02d}")
    client = client_of(cast.mia)

    page, part = client.get("/suche?q=gebuehr").text, client.get("/suche?q=gebuehr", headers=HTMX).text

    assert 'href="/leistungen?q=gebuehr"' in page
    assert [text.count("<span>Gebühr") for text in (page, part)] == [10, 4]
    assert "Alle 12 Treffer" in part


def test_what_begins_with_the_word_comes_first(client_of: ClientOf, cast: Cast) -> None:
    for name in ("Abgabe für Wohngeld", "Wohngeld"):
        factories.service(name)

    page = client_of(cast.mia).get("/suche?q=wohn").text

    assert page.index("<span>Wohngeld") < page.index("<span>Abgabe")


def test_while_typing_only_the_hits_are_answered(client_of: ClientOf, cast: Cast, things: None) -> None:
    client = client_of(cast.carla)

    assert "<html" not in client.get("/suche?q=kita", headers=HTMX).text
    assert client.get("/suche?q=", headers=HTMX).text == ""


def test_queries_do_not_grow_with_the_hits(client_of: ClientOf, cast: Cast, things: None) -> None:
    client, counts = client_of(cast.carla), []
    for _round in range(2):
        for number in range(20):
            factories.service(f"Kita {number}")
            factories.person(f"Kita {number}")
        client.get("/")
        with count_queries() as asked:
            client.get("/suche?q=kita")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8


def test_nobody_searches_without_login(client: Client) -> None:
    assert client.get("/suche?q=kita").location.startswith("/anmelden")


def test_every_page_has_the_field_and_the_search_page_only_its_own(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.rita)

    assert [client.get(page).text.count('id="suchfeld"') for page in ("/", "/leistungen", "/suche")] == [1, 1, 1]
