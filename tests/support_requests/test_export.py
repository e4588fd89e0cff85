"""The list of requests as a file: the rows its reader sees, filtered and sorted as on the page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry, Verb
from portfolio.exchange.read import read_table
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.support.models import RequestState
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]


def submitted(by: Any, title: str, **values: Any) -> Any:
    moment = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    return factories.support_request(by, title, **{"state": RequestState.SUBMITTED, "submitted_at": moment} | values)


def rows(client: Client, query: str = "", kind: str = "csv") -> list[dict[str, str]]:
    """The lines of the file under its titles."""
    table = read_table(client.get(f"/anfragen.{kind}{query}").data, f"anfragen.{kind}")
    return [dict(row.cells) for row in table.rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_says_what_a_request_is_about(client_of: ClientOf, cast: Cast, kind: str) -> None:
    request = submitted(cast.education, "=Kita", needs=[cast.fim, cast.fim], deadline=date(2027, 3, 31))
    request.needs[1].kind, request.needs[1].person_days = NeedKind.VOLUME, 12
    request.project_id = cast.project.id

    (row,) = rows(client_of(cast.carla), kind=kind)

    assert (row["Titel"], row["Ressort"], row["Stand"]) == ("=Kita", "TMBWK", "Eingereicht")
    assert row["Eingereicht am"] == "2026-11-03"  # the day in Thuringia
    assert (row["Beginn"], row["Ende"], row["Frist"]) == ("KW 49/2026", "KW 07/2027", "2027-03-31")
    assert (row["Bedarfe"], row["Personentage"]) == ("2", "36")  # 12 weeks of two days, and 12 days
    assert row["Projekt"] == "OZG-2026-001"


@pytest.mark.parametrize(("who", "seen"), [("carla", {"Bildung", "Finanzen"}), ("mia", {"Bildung", "Entwurf"})])
def test_everybody_gets_what_they_see(client_of: ClientOf, cast: Cast, who: str, seen: set[str]) -> None:
    submitted(cast.education, "Bildung")
    submitted(cast.finance, "Finanzen")
    factories.support_request(cast.education, "Entwurf", from_week=None, to_week=None)

    assert {row["Titel"] for row in rows(client_of(cast.users[who]))} == seen


@pytest.mark.parametrize("who", ["lea", "paul", "rita", "anton"])
def test_who_has_no_list_has_no_file(client_of: ClientOf, cast: Cast, who: str) -> None:
    assert client_of(cast.users[who]).get("/anfragen.csv").status_code == 403


def test_filters_and_order_of_the_page_hold_for_all_pages(client_of: ClientOf, cast: Cast) -> None:
    for number in range(30):
        submitted(cast.education, f"Vorhaben {number:02d}")
    submitted(cast.education, "Vorhaben zurückgefragt", state=RequestState.QUESTION)
    carla, query = client_of(cast.carla), "?q=vorhaben&state=submitted&sort=-title"

    titles = [row["Titel"] for row in rows(carla, query)]

    assert titles == [f"Vorhaben {number:02d}" for number in reversed(range(30))]
    assert f"/anfragen.xlsx{query}".replace("&", "&amp;") in carla.get(f"/anfragen{query}").text


def test_export_is_logged(client_of: ClientOf, cast: Cast) -> None:
    submitted(cast.education, "Bildung")

    rows(client_of(cast.carla))

    assert db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED, object_type="support_request").count() == 1


def test_queries_do_not_grow_with_the_list(client_of: ClientOf, cast: Cast) -> None:
    carla, counts = client_of(cast.carla), []
    for total in (1, 600):
        for number in range(total):
            submitted(cast.education, f"Vorhaben {total}-{number}", needs=[cast.fim])
        db.session.commit()
        with count_queries() as queries:
            carla.get("/anfragen.csv")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
