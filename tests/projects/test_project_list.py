"""The list of projects: who sees which, search, filters, sorting, paging, export."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.projects.models import DeliveryModel, FimStatus, MaturityModel, Phase, ServiceLink
from portfolio.web import clock
from portfolio.web.models import FederalState
from tests import factories
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]


def _codes(client: Client, address: str) -> list[str]:
    text = client.get(address).text
    return [part.partition("<")[0] for part in text.split('<span class="muted nowrap">OZG-')[1:]]


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_shows_the_projects_of_the_reader(cast: Any, client_of: ClientOf, name: str) -> None:
    page = client_of(cast.users[name]).get("/projekte")
    assert cast.project.title in page.text
    assert (cast.foreign_project.title in page.text) is (name == "carla")


@pytest.mark.parametrize("name", ["rita", "anton"])
def test_is_not_for_everybody(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    assert [client.get(address).status_code for address in ("/projekte", "/projekte.csv")] == [403, 403]


def test_needs_a_login(client: Client) -> None:
    assert "/anmelden" in client.get("/projekte").headers["Location"]


@pytest.mark.parametrize("words", ["kita", "fachkraefte KITA", "Fachkräfte", "2026-001", "online 001"])
def test_search_finds_title_and_code(cast: Any, client_of: ClientOf, words: str) -> None:
    page = client_of(cast.carla).get("/projekte", query_string={"q": words})
    assert cast.project.title in page.text
    assert cast.foreign_project.title not in page.text


@pytest.mark.parametrize("words", ["%", "_", "/", "kita steuer", "\0x", "wort " * 500])
def test_search_takes_everything_literally(cast: Any, client_of: ClientOf, words: str) -> None:
    page = client_of(cast.carla).get("/projekte", query_string={"q": words})
    assert (page.status_code, "Kein Projekt gefunden" in page.text) == (200, True)


def test_filters(cast: Any, client_of: ClientOf) -> None:
    cast.foreign_project.phase = Phase.COMPLETED
    client = client_of(cast.carla)
    addresses = ("phase=completed", "phase=running", f"organisation_id={cast.finance.id}", "lead=lindner", "phase=x")
    found = [_codes(client, f"/projekte?{address}") for address in addresses]
    assert found == [["2026-002"], ["2026-001"], ["2026-002"], ["2026-001"], ["2026-002", "2026-001"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("delivery_model=own", ["2026-001"]),
        ("delivery_model=efa_open", []),
        ("delivery_model=x", ["2026-002", "2026-001"]),
        ("service=kita zuschu", ["2026-001"]),
        ("service=99 041 004", ["2026-001"]),
        ("service=wohngeld", []),
    ],
)
def test_filter_by_delivery_and_service(cast: Any, client_of: ClientOf, asked: str, found: list[str]) -> None:
    service = factories.service("Kita-Zuschuss", service_key="99041004034000")
    cast.project.delivery_model, cast.project.service_links = DeliveryModel.OWN, [ServiceLink(service_id=service.id)]
    assert _codes(client_of(cast.carla), f"/projekte?{asked}") == found


@pytest.mark.parametrize(("sort", "order"), [("staffing", ["003", "001", "002"]), ("-staffing", ["001", "003", "002"])])
def test_sorts_by_what_is_not_staffed(cast: Any, client_of: ClientOf, sort: str, order: list[str]) -> None:
    factories.need(cast.project, cast.fim)
    half = factories.project("Halb besetzt", code="OZG-2026-003", organisation_id=cast.education.id)
    factories.need(half, cast.fim)
    factories.assignment(factories.person(), half, need_id=factories.need(half, cast.fim).id)
    client = client_of(cast.carla)
    assert _codes(client, f"/projekte?sort={sort}") == [f"2026-{each}" for each in order]
    text = client.get("/projekte").text
    assert ("1 von 1 offen" in text, "1 von 2 offen" in text) == (True, True)


def test_closed_project_looks_for_nobody(cast: Any, client_of: ClientOf) -> None:
    factories.need(cast.project, cast.fim)
    cast.project.phase = Phase.COMPLETED
    text = client_of(cast.carla).get("/projekte?phase=completed").text
    assert (cast.project.title in text, "offen" in text, "besetzt" in text) == (True, False, False)


@pytest.mark.parametrize(
    "filters", ["organisation_id=99999999999999999999", "organisation_id=x", "phase=%00", "page=0"]
)
def test_nonsense_in_the_address_is_no_error(cast: Any, client_of: ClientOf, filters: str) -> None:
    assert client_of(cast.carla).get(f"/projekte?{filters}").status_code in (200, 404)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("code", "2026-001"),
        ("-code", "2026-002"),
        ("title", "2026-002"),
        ("-title", "2026-001"),
        ("lead", "2026-001"),
        ("-lead", "2026-001"),
        ("nonsense", "2026-002"),
    ],
)
def test_sorts_with_gaps_last(cast: Any, client_of: ClientOf, sort: str, first: str) -> None:
    assert _codes(client_of(cast.carla), f"/projekte?sort={sort}")[0] == first


def test_pages_keep_filters(cast: Any, client_of: ClientOf) -> None:
    for number in range(30):
        factories.project(f"Portal {number:02d}", organisation_id=cast.education.id)
    client = client_of(cast.carla)
    first = client.get("/projekte?q=portal")
    assert "q=portal&amp;page=2" in first.text
    assert len(_codes(client, "/projekte?q=portal&page=2")) == 5
    assert client.get("/projekte?q=portal&page=3").status_code == 404


def test_next_milestone_with_its_delay(cast: Any, client_of: ClientOf) -> None:
    today = clock.today()
    late = factories.milestone(cast.project, "Abnahme", planned_date=today + timedelta(days=30))
    factories.forecast(late, today - timedelta(days=9), today + timedelta(days=90))
    factories.forecast(late, today, today + timedelta(days=42))
    factories.milestone(cast.project, "Auftakt", planned_date=date(2026, 1, 1), reached_on=date(2026, 1, 2))
    factories.milestone(cast.project, "Betrieb", planned_date=today + timedelta(days=60))
    text = client_of(cast.lea).get("/projekte").text
    assert ("Abnahme" in text, "12 Tage später" in text) == (True, True)
    assert ("Betrieb" in text, "Auftakt" in text) == (False, False)


def test_overdue_milestone_says_so(cast: Any, client_of: ClientOf) -> None:
    factories.milestone(cast.project, "Abnahme", planned_date=clock.today() - timedelta(days=3))
    assert "überfällig seit 3 Tagen" in client_of(cast.lea).get("/projekte").text


def test_counts_open_needs(cast: Any, client_of: ClientOf) -> None:
    for _ in range(3):
        factories.need(cast.project, cast.fim)
    assert "3 von 3 offen" in client_of(cast.mia).get("/projekte").text


def test_pool_member_is_not_told_of_needs(cast: Any, client_of: ClientOf) -> None:
    factories.need(cast.project, cast.fim)
    text = client_of(cast.paul).get("/projekte?sort=staffing").text
    assert (cast.project.title in text, "offen" in text) == (True, False)


def test_htmx_gets_the_results_only(cast: Any, client_of: ClientOf) -> None:
    fragment = client_of(cast.carla).get("/projekte?q=kita", headers={"HX-Request": "true"})
    assert ("<html" in fragment.text, cast.project.title in fragment.text) == (False, True)


def test_empty_list_says_what_to_do(cast: Any, client_of: ClientOf) -> None:
    lonely = factories.user("neu", factories.Role.MINISTRY, organisation_id=factories.organisation().id)
    assert "Noch keine Projekte" in client_of(lonely).get("/projekte").text


def test_export_holds_what_the_reader_sees(cast: Any, client_of: ClientOf) -> None:
    factories.need(cast.project, cast.fim)
    cast.project.title = "=1+1 wäre 2"
    answer = client_of(cast.mia).get("/projekte.csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Disposition"] == "attachment; filename=projekte.csv"
    assert [line.split(";")[0] for line in lines] == ['"Kennung"', '"OZG-2026-001"']
    assert ("wäre 2" in lines[1], '"=1+1' in lines[1]) == (True, False)


def test_export_tells_all_that_is_known(cast: Any, client_of: ClientOf) -> None:
    service = factories.service("Kita-Zuschuss", service_key="99041004034000")
    link = {"maturity_now": 1, "maturity_target": 5, "model": MaturityModel.V2_0, "as_of": date(2026, 11, 23)}
    cast.project.service_links = [ServiceLink(service_id=service.id, **link)]
    cast.project.technical_bases = [factories.technical_basis("ThAVEL"), factories.technical_basis("FIT-Connect")]
    cast.project.fim_process, cast.project.implementing_state = FimStatus.SUBMITTED, FederalState.HH
    cast.project.sdg_relevant, cast.project.file_reference = False, "1040/2026"
    text = client_of(cast.carla).get("/projekte.csv").text
    words = ("FIT-Connect, ThAVEL", "Hamburg", '"nein"', "eingereicht", "1040/2026")
    maturity = "Kita-Zuschuss (99041004034000, Reifegrad 1, Ziel 5, Modell 2.0, Stand 23.11.2026)"
    assert [each for each in (*words, maturity) if each not in text] == []


def test_export_is_filtered_and_logged(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.carla).get("/projekte.csv?q=grundsteuer&sort=-code")
    entry = db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED).one()
    assert answer.text.count("OZG-2026") == 1
    assert (entry.actor_id, entry.object_type) == (cast.carla.id, "project")


def _fill(cast: Any, count: int) -> None:
    for _ in range(count):
        project = factories.project(organisation_id=cast.education.id, lead_id=cast.lea_person.id)
        factories.forecast(factories.milestone(project), Week.of(2026, 40).monday, project.end)
        factories.need(project, cast.fim)
    db.session.commit()


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_query_budget_does_not_depend_on_size(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    counted = []
    for size in (5, 60):
        _fill(cast, size)
        with count_queries() as queries:
            client.get("/projekte")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8
