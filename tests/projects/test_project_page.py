"""One project, as each of its readers may see it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.planning.problem import NeedKind
from portfolio.projects.models import MaturityModel, Milestone, Phase, ServiceLink
from portfolio.staffing.models import AssignmentState
from portfolio.support.models import RequestState
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
PAGES = ("/projekte/1", "/projekte/1/team", "/projekte/1/meilensteine")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_readers_see_it(cast: Any, client_of: ClientOf, name: str, page: str) -> None:
    assert cast.project.title in client_of(cast.users[name]).get(page).text


@pytest.mark.parametrize("page", [*PAGES, "/projekte/1/meilensteine.csv"])
@pytest.mark.parametrize(("name", "status"), [("otto", 404), ("rita", 403), ("anton", 403)])
def test_others_do_not(cast: Any, client_of: ClientOf, name: str, status: int, page: str) -> None:
    assert client_of(cast.users[name]).get(page).status_code == status


@pytest.mark.parametrize("missing", ["999", "99999999999999999999"])
def test_missing_project_is_not_found(cast: Any, client_of: ClientOf, missing: str) -> None:
    client = client_of(cast.carla)
    answers = [client.get(page.replace("1", missing)).status_code for page in PAGES]
    assert answers == [404, 404, 404]


def test_foreign_and_missing_look_the_same(cast: Any, client_of: ClientOf) -> None:
    client = client_of(cast.lea)
    bodies = [client.get(f"/projekte/{number}").text for number in (cast.foreign_project.id, 999)]
    same = [body.partition("<main")[2].partition("Kennung dieser Anfrage")[0] for body in bodies]
    assert same[0] == same[1]


def test_facts(cast: Any, client_of: ClientOf) -> None:
    service = factories.service("Kita-Zuschuss", service_key="99041004034000")
    link = {"maturity_now": 1, "maturity_target": 3, "model": MaturityModel.V1_1, "as_of": date(2026, 11, 2)}
    cast.project.service_links = [ServiceLink(service_id=service.id, **link)]
    text = client_of(cast.mia).get("/projekte/1").text
    wanted = ("OZG-2026-001", "Umsetzung", "Ministerium für Bildung", "Lea Lindner", "Konrad Kühn")
    found = ("Kita-Zuschuss", "99 041 004 034 000", "1 (Information)", "3 (Online-Leistung)", "02.11.2026")
    assert [words for words in (*wanted, *found) if words not in text] == []


@pytest.mark.parametrize(
    ("phase", "shown"),
    [
        ("pilot", 'steps__item--current" aria-current="step">'),
        ("completed", "steps__item--done"),
        ("deferred", "Das Projekt ist zurückgestellt."),
        ("cancelled", "Das Projekt ist abgebrochen."),
    ],
)
def test_way_of_the_project(cast: Any, client_of: ClientOf, phase: str, shown: str) -> None:
    cast.project.phase = Phase(phase)
    text = client_of(cast.mia).get("/projekte/1").text
    assert (shown in text, text.count('aria-current="step"')) == (True, 1 if phase == "pilot" else 0)


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_where_the_project_came_from(cast: Any, client_of: ClientOf, name: str) -> None:
    told = name in ("carla", "konrad", "mia")
    state = RequestState.ACCEPTED
    factories.support_request(cast.education, "Fachkräfte gewinnen", state=state, project_id=cast.project.id)
    assert ("Fachkräfte gewinnen" in client_of(cast.users[name]).get("/projekte/1").text) is told


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_lights_are_those_of_the_released_report(cast: Any, client_of: ClientOf, name: str) -> None:
    factories.report(cast.project, Light.RED, as_of=date(2026, 11, 1), decisions_needed="Umfang klären")
    factories.report(cast.project, Light.YELLOW, as_of=date(2026, 11, 20), released_at=None, reason="Geheim")
    text = client_of(cast.users[name]).get("/projekte/1").text
    assert [words for words in ("Gesamt: Rot", "Umfang klären") if words not in text] == []
    assert ("Gelb" in text, "Geheim" in text) == (False, False)
    assert ("Entwurf fertigstellen" in text) is (name in ("carla", "konrad", "lea"))


def test_next_milestones_only(cast: Any, client_of: ClientOf) -> None:
    for number in range(1, 8):
        reached = date(2026, 11, 1) if number == 1 else None
        factories.milestone(cast.project, f"Ziel {number}", planned_date=date(2027, number, 1), reached_on=reached)
    factories.forecast(db.session.get(Milestone, 2), date(2026, 11, 1), date(2027, 12, 1))
    text = client_of(cast.mia).get("/projekte/1").text
    assert [number for number in range(1, 8) if f"Ziel {number}" in text] == [3, 4, 5, 6, 7]
    assert ("1 von 7 Meilensteinen erreicht" in text, ">M3</span> Ziel 3" in text) == (True, True)


def test_crowd_is_one_click_away(cast: Any, client_of: ClientOf) -> None:
    for _number in range(10):
        factories.need(cast.project, cast.fim)
        factories.assignment(factories.person(), cast.project, share=20)
    text = client_of(cast.carla).get("/projekte/1").text
    assert ("Und 2 weitere Bedarfe" in text, "Und 1 weitere Zuordnung" in text) == (True, True)


@pytest.mark.parametrize("page", ["/projekte/1", "/projekte/1/team"])
@pytest.mark.parametrize("name", ["carla", "konrad", "lea"])
def test_team_and_coverage_for_those_who_plan(cast: Any, client_of: ClientOf, name: str, page: str) -> None:
    need = factories.need(cast.project, cast.fim, share=50)
    factories.assignment(factories.person("Petra Berg"), cast.project, need_id=need.id, share=25)
    text = client_of(cast.users[name]).get(page).text
    assert ("Petra Berg" in text, "25\u202f% (10 h/Woche)" in text, "gedeckt" in text) == (True, True, True)


def test_coverage_counts_delivered_hours(cast: Any, client_of: ClientOf) -> None:
    week = FIRST_WEEK + 1
    need = factories.need(cast.project, cast.fim, share=40, from_week=week, to_week=week)
    person = factories.person()
    factories.assignment(person, cast.project, need_id=need.id, share=40, from_week=week, to_week=week)
    factories.absence(person, week.monday, week.days[1])
    assert "60\u202f% gedeckt" in client_of(cast.carla).get("/projekte/1").text


def test_gaps_are_named_week_by_week(cast: Any, client_of: ClientOf) -> None:
    last = FIRST_WEEK + 3
    need = factories.need(cast.project, cast.fim, share=50, to_week=last)
    factories.assignment(factories.person(), cast.project, need_id=need.id, share=30, to_week=FIRST_WEEK + 1)
    text = client_of(cast.carla).get("/projekte/1/team").text
    assert ("KW 49/2026 – KW 50/2026: 20\u202f%" in text, "KW 51/2026 – KW 52/2026: 50\u202f%" in text) == (True, True)


def test_volume_lacks_person_days_not_weeks(cast: Any, client_of: ClientOf) -> None:
    need = factories.need(cast.project, cast.fim, kind=NeedKind.VOLUME, person_days=12)
    week = FIRST_WEEK + 1
    factories.assignment(factories.person(), cast.project, need_id=need.id, from_week=week, to_week=week)
    text = client_of(cast.carla).get("/projekte/1/team").text
    assert ("12 Personentage" in text, "10 Personentage" in text) == (True, True)


@pytest.mark.parametrize("page", ["/projekte/1", "/projekte/1/team"])
def test_ministry_sees_names_and_mail_but_no_shares(cast: Any, client_of: ClientOf, page: str) -> None:
    cast.paul_person.email = "paul.pohl@example.org"
    need = factories.need(cast.project, cast.fim, share=80)
    other = factories.person("Petra Berg")
    factories.assignment(other, cast.project, need_id=need.id, share=35, state=AssignmentState.REQUESTED)
    text = client_of(cast.mia).get(page).text
    shown = [words for words in ("Paul Pohl", "paul.pohl@example.org", "Petra Berg", "noch offen") if words in text]
    hidden = ("35\u202f%", "14 h", "50\u202f%", "20 h", "angefragt", "bestätigt", "gedeckt", "Person suchen")
    assert (len(shown), [words for words in hidden if words in text]) == (4, [])


def test_lead_sees_names_but_no_mail(cast: Any, client_of: ClientOf) -> None:
    cast.paul_person.email = "paul.pohl@example.org"
    text = client_of(cast.lea).get("/projekte/1/team").text
    assert ("Paul Pohl" in text, "paul.pohl@example.org" in text) == (True, False)


@pytest.mark.parametrize(("name", "shown"), [("carla", 2), ("konrad", 2), ("mia", 2), ("lea", 0), ("paul", 0)])
def test_addresses_only_for_those_who_may_have_them(cast: Any, client_of: ClientOf, name: str, shown: int) -> None:
    cast.paul_person.email, cast.konrad_person.email = "paul@example.org", "konrad@example.org"
    client = client_of(cast.users[name])
    text = client.get("/projekte/1").text + client.get("/projekte/1/team").text
    assert sum(f">{each}@example.org<" in text for each in ("paul", "konrad")) == shown


def test_somebody_on_two_assignments_is_named_once(cast: Any, client_of: ClientOf) -> None:
    factories.assignment(cast.paul_person, cast.project, share=20, from_week=FIRST_WEEK + 20, to_week=FIRST_WEEK + 21)
    team = client_of(cast.mia).get("/projekte/1/team").text
    assert team.count(">Paul Pohl<") == 1


def test_pool_member_sees_their_own_part_only(cast: Any, client_of: ClientOf) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(factories.person("Petra Berg"), cast.project, need_id=need.id, share=35)
    text = client_of(cast.paul).get("/projekte/1/team").text
    assert ("Paul Pohl" in text, "50\u202f% (20 h/Woche)" in text) == (True, True)
    assert ("Petra Berg" in text, "35\u202f%" in text, "Bedarfe mit Zeitraum" in text) == (False, False, False)


def test_declined_assignments_are_no_team(cast: Any, client_of: ClientOf) -> None:
    factories.assignment(factories.person("Petra Berg"), cast.project, state=AssignmentState.DECLINED)
    assert "Petra Berg" not in client_of(cast.carla).get("/projekte/1").text


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("carla", {"bearbeiten", "prognosen", "bedarfe/neu", "bedarfe/1"}),
        ("lea", {"bearbeiten", "prognosen", "bedarfe/neu", "bedarfe/1"}),
        ("konrad", {"prognosen", "bedarfe/neu", "bedarfe/1"}),
        ("mia", set()),
        ("paul", set()),
    ],
)
def test_only_what_the_reader_may_do_is_offered(cast: Any, client_of: ClientOf, name: str, offered: set[str]) -> None:
    factories.milestone(cast.project)
    factories.need(cast.project, cast.fim)
    text = client_of(cast.users[name]).get("/projekte/1").text
    assert {step for step in ("bearbeiten", "prognosen", "bedarfe/neu", "bedarfe/1") if f'{step}"' in text} == offered


def test_closed_project_takes_no_more_needs(cast: Any, client_of: ClientOf) -> None:
    cast.project.phase = factories.Phase.COMPLETED
    assert "bedarfe/neu" not in client_of(cast.carla).get("/projekte/1/team").text


def _fill(cast: Any, count: int) -> None:
    for number in range(count):
        milestone = factories.milestone(cast.project, planned_date=date(2027, 3, 1))
        for month in (9, 10, 11):
            factories.forecast(milestone, date(2026, month, 1), date(2027, 3, number % 28 + 1))
        need = factories.need(cast.project, cast.fim)
        person = factories.person()
        factories.absence(person, FIRST_WEEK.monday, FIRST_WEEK.sunday)
        factories.assignment(person, cast.project, need_id=need.id)
        service = factories.service(f"Leistung {number}")
        cast.project.service_links.append(ServiceLink(service_id=service.id))
        cast.project.technical_bases.append(factories.technical_basis(f"Technik {service.id}"))
        factories.risk(cast.project)
        factories.report(cast.project)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "mia"])
def test_query_budget_does_not_depend_on_size(cast: Any, client_of: ClientOf, name: str, page: str) -> None:
    client = client_of(cast.users[name])
    counted = []
    factories.support_request(cast.education, state=RequestState.ACCEPTED, project_id=cast.project.id)
    for size in (3, 60):
        _fill(cast, size)
        client.get(page)
        with count_queries() as queries:
            client.get(page)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 12
