"""The list of requests: who sees which, search, filters, order, pages, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.support.models import RequestState
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
MOST_QUERIES = 12


def titles(client: Client, query: str = "") -> list[str]:
    """The titles on the page, from top to bottom."""
    rows = client.get(f"/anfragen{query}").text.split('<th scope="row">')[1:]
    return [row.split("</a>")[0].split(">")[1] for row in rows]


def submitted(by: Any, title: str, **values: Any) -> Any:
    state = values.pop("state", RequestState.SUBMITTED)
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    return factories.support_request(by, title, state=state, submitted_at=moment, **values)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("carla", {"Bildung", "Finanzen"}),
        ("konrad", {"Bildung"}),
        ("mia", {"Bildung", "Entwurf", "Verworfener Entwurf"}),
        ("otto", {"Finanzen"}),
    ],
)
def test_everybody_sees_what_is_theirs(client_of: ClientOf, cast: Cast, who: str, seen: set[str]) -> None:
    submitted(cast.education, "Bildung")
    submitted(cast.finance, "Finanzen")
    factories.support_request(cast.education, "Entwurf")
    factories.support_request(cast.education, "Verworfener Entwurf", state=RequestState.WITHDRAWN)

    assert set(titles(client_of(cast.users[who]))) == seen


@pytest.mark.parametrize("who", ["lea", "paul", "rita", "anton"])
def test_others_have_no_list(client_of: ClientOf, cast: Cast, who: str) -> None:
    assert client_of(cast.users[who]).get("/anfragen").status_code == 403


def test_page_of_a_request_shows_its_reader_what_can_be_done_now(client_of: ClientOf, cast: Cast) -> None:
    request = submitted(cast.education, "Bildung", needs=[cast.fim])
    address = f"/anfragen/{request.id}"

    pages = {who: client_of(cast.users[who]).get(address).text for who in ("mia", "carla", "konrad")}

    assert "Zurückziehen" in pages["mia"]
    assert "Entscheiden" not in pages["mia"]
    assert "Entscheiden" in pages["carla"]
    assert "Zurückziehen" not in pages["carla"]
    assert "Kommentieren" not in pages["konrad"]
    assert "40 % (16 h/Woche)".replace(" %", "\u202f%") in pages["konrad"]


@pytest.mark.parametrize("text", ["kitaplatz", "KITA platz", "gebuehr", "Gebühr 50"])
def test_search_folds_case_and_umlauts(client_of: ClientOf, cast: Cast, text: str) -> None:
    submitted(cast.education, "Kitaplatz online", description="Ohne Gebühr, 50 % schneller")
    submitted(cast.education, "Wohngeld")

    assert titles(client_of(cast.carla), f"?q={text}") == ["Kitaplatz online"]


@pytest.mark.parametrize("text", ["%", "_", "/", "\0"])
def test_signs_of_the_search_language_are_only_signs(client_of: ClientOf, cast: Cast, text: str) -> None:
    submitted(cast.education, "Kitaplatz online")

    answer = client_of(cast.carla).get("/anfragen", query_string={"q": text})

    assert answer.status_code == 200
    assert ("Keine Anfrage passt dazu." in answer.text) is (text != "\0")


def test_filters_narrow_the_list(client_of: ClientOf, cast: Cast) -> None:
    submitted(cast.education, "Bildung")
    submitted(cast.education, "Rückfrage an Bildung", state=RequestState.QUESTION)
    submitted(cast.finance, "Finanzen")
    carla = client_of(cast.carla)

    assert titles(carla, "?state=question") == ["Rückfrage an Bildung"]
    assert titles(carla, f"?organisation_id={cast.finance.id}") == ["Finanzen"]
    assert len(titles(carla, "?state=unsinn&organisation_id=99999999999")) == 3


def test_ministry_learns_nothing_of_other_ministries_from_the_filter(client_of: ClientOf, cast: Cast) -> None:
    submitted(cast.education, "Bildung")
    submitted(cast.finance, "Finanzen")

    page = client_of(cast.otto).get(f"/anfragen?organisation_id={cast.education.id}").text

    assert cast.education.name not in page
    assert "Finanzen" in page


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["Abfall", "Überbrückung", "Zoll"]),
        ("-title", ["Zoll", "Überbrückung", "Abfall"]),
        ("weeks", ["Zoll", "Abfall", "Überbrückung"]),
        ("-weeks", ["Abfall", "Zoll", "Überbrückung"]),
        ("submitted", ["Abfall", "Überbrückung", "Zoll"]),
        ("unsinn", ["Zoll", "Überbrückung", "Abfall"]),
    ],
)
def test_order(client_of: ClientOf, cast: Cast, sort: str, expected: list[str]) -> None:
    weeks = {"Abfall": Week.of(2027, 20), "Überbrückung": None, "Zoll": Week.of(2027, 5)}
    for number, (title, week) in enumerate(weeks.items()):
        row = submitted(cast.education, title, from_week=week, to_week=week)
        row.submitted_at += timedelta(days=number)

    assert titles(client_of(cast.carla), f"?sort={sort}") == expected


def test_pages_of_25_with_the_same_number_of_queries(client_of: ClientOf, cast: Cast) -> None:
    carla, counts = client_of(cast.carla), []
    for total in (1, 30):
        for number in range(total):
            submitted(cast.education, f"Vorhaben {total}-{number}", needs=[cast.fim, cast.fim])
        db.session.commit()
        with count_queries() as queries:
            shown = titles(carla)
        counts.append(len(queries))

    assert len(shown) == 25
    assert len(titles(carla, "?page=2")) == 6
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_empty_list_says_what_to_do(client_of: ClientOf, cast: Cast) -> None:
    assert "Neue Anfrage" in client_of(cast.mia).get("/anfragen").text
    assert "Sobald ein Ressort" in client_of(cast.carla).get("/anfragen").text


def test_day_of_submission_is_the_day_in_thuringia(client_of: ClientOf, cast: Cast) -> None:
    submitted(cast.education, "Kurz nach Mitternacht").submitted_at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert "02.07.2026" in client_of(cast.carla).get("/anfragen").text
