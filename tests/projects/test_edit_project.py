"""Creating a project in one minute, and changing it without losing anybody's work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.projects.models import MaturityModel, Phase, Project, ServiceLink
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
EDIT = "/projekte/1/bearbeiten"


def _five(cast: Any, **values: Any) -> dict[str, Any]:
    """The five things a project needs."""
    needed = {"title": "Elterngeld online", "organisation_id": cast.education.id, "phase": "concept"}
    return needed | {"start": "2027-01-04", "end": "2027-12-31"} | values


def _all(project: Project, **values: Any) -> dict[str, Any]:
    """The form of `project` as it stands, with `values` typed over."""
    names = ("title", "organisation_id", "phase", "start", "end", "code", "priority", "lead_id", "coordinator_id")
    return {name: getattr(project, name) for name in names} | {"version": project.version} | values


def _newest() -> Project:
    return db.session.query(Project).order_by(Project.id.desc()).first()


def test_five_things_make_a_project(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.carla).post("/projekte/neu", data=_five(cast))
    project = _newest()
    assert answer.headers["Location"] == f"/projekte/{project.id}"
    assert (project.title, project.phase, project.priority) == ("Elterngeld online", Phase.CONCEPT, 3)


def test_code_continues_the_year(cast: Any, client_of: ClientOf) -> None:
    year = clock.today().year
    cast.project.code, cast.foreign_project.code = f"OZG-{year}-007", f"OZG-{year}-alt"
    client = client_of(cast.carla)
    assert f"OZG-{year}-008" in client.get("/projekte/neu").text
    client.post("/projekte/neu", data=_five(cast))
    assert _newest().code == f"OZG-{year}-008"


def test_german_dates_are_understood(cast: Any, client_of: ClientOf) -> None:
    client_of(cast.carla).post("/projekte/neu", data=_five(cast, start="04.01.2027"))
    assert _newest().start.isoformat() == "2027-01-04"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Bitte geben Sie dem Projekt einen Titel."),
        ({"title": "x" * 301}, "Bitte höchstens 300 Zeichen eingeben."),
        ({"title": "a\0b"}, "unzulässiges Zeichen"),
        ({"organisation_id": ""}, "Bitte wählen Sie den Auftraggeber."),
        ({"organisation_id": "999"}, "Keine gültige Auswahl."),
        ({"phase": "done"}, "Ungültige Auswahl"),
        ({"start": ""}, "Bitte geben Sie den Beginn an."),
        ({"start": "bald"}, "Bitte ein Datum eingeben, zum Beispiel 23.11.2026."),
        ({"start": "1999-12-31"}, "Bitte ein Datum zwischen 2000 und 2099 eingeben."),
        ({"end": "2026-12-31"}, "Das Ende liegt vor dem Beginn."),
        ({"lead_id": "999"}, "Keine gültige Auswahl."),
        ({"service_links-0-service": "gibt es nicht"}, "Dazu gibt es keine oder mehrere Leistungen."),
    ],
)
def test_bad_input_is_explained_and_kept(cast: Any, client_of: ClientOf, wrong: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.carla).post("/projekte/neu", data=_five(cast, goal="Weniger Papier") | wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "Weniger Papier" in answer.text
    assert db.session.query(Project).count() == 2


def test_code_is_unique(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.carla).post("/projekte/neu", data=_five(cast, code=" OZG-2026-001 "))
    assert (answer.status_code, "Diese Kennung hat schon ein anderes Projekt." in answer.text) == (409, True)


def test_inactive_person_is_not_offered(cast: Any, client_of: ClientOf) -> None:
    cast.paul_person.active = False
    assert "Paul Pohl" not in client_of(cast.carla).get("/projekte/neu").text


@pytest.mark.parametrize("typed", ["99 041 004 034 000", "1", "zuschuss"])
def test_service_by_key_by_choice_or_by_name(cast: Any, client_of: ClientOf, typed: str) -> None:
    service = factories.service("Kita-Zuschuss", service_key="99041004034000")
    factories.service("Wohngeld")
    row = {"service_links-0-service": typed, "service_links-0-maturity_now": 1, "service_links-0-maturity_target": 5}
    client_of(cast.carla).post("/projekte/neu", data=_five(cast) | row | {"service_links-0-model": "2.0"})
    link = _newest().service_links[0]
    assert (link.service_id, link.maturity_now, link.maturity_target, link.model) == (service.id, 1, 5, "2.0")


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ({"0-service": "1", "0-maturity_target": "5", "0-model": "1.1"}, "kennt nur die Stufen 0 bis 4."),
        ({"0-service": "1", "0-model": "1.1", "1-service": "1", "1-model": "1.1"}, "nur einmal zugeordnet"),
        ({"0-service": "999", "0-model": "1.1"}, "Dazu gibt es keine oder mehrere Leistungen."),
    ],
)
def test_services_that_make_no_sense(cast: Any, client_of: ClientOf, links: dict[str, str], sentence: str) -> None:
    factories.service()
    data = _five(cast) | {f"service_links-{name}": value for name, value in links.items()}
    answer = client_of(cast.carla).post("/projekte/neu", data=data)
    assert (answer.status_code, sentence in answer.text) == (422, True)


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita", "anton"])
def test_only_the_cio_office_creates(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    answers = client.get("/projekte/neu").status_code, client.post("/projekte/neu", data=_five(cast)).status_code
    assert (answers, db.session.query(Project).count()) == ((403, 403), 2)


@pytest.mark.parametrize("name", ["carla", "lea"])
def test_change(cast: Any, client_of: ClientOf, name: str) -> None:
    answer = client_of(cast.users[name]).post(EDIT, data=_all(cast.project, title="Kita digital", phase="pilot"))
    assert answer.headers["Location"] == "/projekte/1"
    assert (cast.project.title, cast.project.phase) == ("Kita digital", Phase.PILOT)
    assert cast.project.lead_id == cast.lea_person.id


@pytest.mark.parametrize(("name", "status"), [("konrad", 403), ("paul", 403), ("mia", 403), ("rita", 403)])
def test_readers_may_not_change(cast: Any, client_of: ClientOf, name: str, status: int) -> None:
    client = client_of(cast.users[name])
    data = _all(cast.project, title="Anders")
    assert (client.get(EDIT).status_code, client.post(EDIT, data=data).status_code) == (status, status)
    assert cast.project.title == "Kita-Fachkräfte online"


@pytest.mark.parametrize("number", [2, 999])
def test_lead_does_not_find_what_others_lead(cast: Any, client_of: ClientOf, number: int) -> None:
    client = client_of(cast.lea)
    assert client.get(f"/projekte/{number}/bearbeiten").status_code == 404
    assert client.post(f"/projekte/{number}/bearbeiten", data=_five(cast)).status_code == 404


def test_lead_with_another_role_sees_more_than_they_may_change(cast: Any, client_of: ClientOf) -> None:
    cast.lea.roles = cast.lea.roles | {factories.Role.MINISTRY}
    cast.lea.organisation_id = cast.finance.id
    assert client_of(cast.lea).get("/projekte/2/bearbeiten").status_code == 403


def test_lead_is_not_shown_persons_to_name(cast: Any, client_of: ClientOf) -> None:
    factories.person("Petra Berg")
    assert "Petra Berg" not in client_of(cast.lea).get(EDIT).text


def test_lead_cannot_hand_the_project_on(cast: Any, client_of: ClientOf) -> None:
    handed = {"lead_id": cast.paul_person.id, "coordinator_id": "", "organisation_id": cast.finance.id, "code": "X"}
    before = {name: getattr(cast.project, name) for name in handed}
    client_of(cast.lea).post(EDIT, data=_all(cast.project, title="Neu") | handed)
    assert cast.project.title == "Neu"
    assert {name: getattr(cast.project, name) for name in handed} == before


@pytest.mark.parametrize(("name", "status", "phase"), [("lea", 403, "cancelled"), ("carla", 302, "rollout")])
def test_only_the_cio_office_opens_a_closed_project_again(
    cast: Any, client_of: ClientOf, name: str, status: int, phase: str
) -> None:
    cast.project.phase = Phase.CANCELLED
    db.session.commit()
    answer = client_of(cast.users[name]).post(EDIT, data=_all(cast.project, phase="rollout"))
    assert (answer.status_code, cast.project.phase) == (status, phase)


def test_lead_may_close_the_project(cast: Any, client_of: ClientOf) -> None:
    client_of(cast.lea).post(EDIT, data=_all(cast.project, phase="completed"))
    assert cast.project.phase == Phase.COMPLETED


def test_somebody_who_left_may_stay_named(cast: Any, client_of: ClientOf) -> None:
    cast.lea_person.active = False
    answer = client_of(cast.carla).post(EDIT, data=_all(cast.project, title="Neu"))
    assert (answer.status_code, cast.project.title) == (302, "Neu")


def test_stale_form_shows_both_and_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    client = client_of(cast.carla)
    stale = _all(cast.project, title="Von Carla")
    cast.project.title = "Von Lea"
    answer = client.post(EDIT, data=stale)
    assert (answer.status_code, cast.project.title) == (409, "Von Lea")
    assert ("<td>Von Lea</td>" in answer.text, "<td>Von Carla</td>" in answer.text) == (True, True)
    assert f'value="{cast.project.version}"' in answer.text


def test_change_of_services_makes_other_forms_stale(cast: Any, client_of: ClientOf) -> None:
    factories.service()
    client = client_of(cast.carla)
    opened = _all(cast.project)
    client.post(EDIT, data=opened | {"service_links-0-service": "1", "service_links-0-model": "1.1"})
    assert (len(cast.project.service_links), client.post(EDIT, data=opened).status_code) == (1, 409)


def test_services_are_changed_in_place_and_removed(cast: Any, client_of: ClientOf) -> None:
    kept, dropped = factories.service("Bleibt"), factories.service("Geht")
    cast.project.service_links = [ServiceLink(service_id=each.id) for each in (kept, dropped)]
    db.session.commit()
    link_id = cast.project.service_links[0].id
    row = {"service_links-0-service": kept.id, "service_links-0-maturity_now": "2", "service_links-0-model": "1.1"}
    client_of(cast.carla).post(EDIT, data=_all(cast.project) | row)
    found = [(link.id, link.maturity_now, link.model) for link in cast.project.service_links]
    assert found == [(link_id, 2, MaturityModel.V1_1)]


def test_form_shows_what_is_stored(cast: Any, client_of: ClientOf) -> None:
    service = factories.service("Kita-Zuschuss", service_key="99041004034000")
    cast.project.service_links = [ServiceLink(service_id=service.id, maturity_now=2)]
    cast.project.goal = "Weniger Papier"
    text = client_of(cast.carla).get(EDIT).text
    shown = (
        'value="Kita-Fachkräfte online"',
        "Weniger Papier",
        'value="99041004034000"',
        'data-chosen="Kita-Zuschuss"',
    )
    assert [words for words in shown if words not in text] == []


def test_change_is_logged_once(cast: Any, client_of: ClientOf) -> None:
    before = db.session.query(AuditEntry).count()
    client_of(cast.carla).post(EDIT, data=_all(cast.project, title="Neu"))
    entries = db.session.query(AuditEntry).order_by(AuditEntry.id).all()[before:]
    assert [(entry.actor_id, entry.object_type, entry.project_id) for entry in entries] == [
        (cast.carla.id, "project", 1)
    ]


def test_saving_without_changes_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    version = cast.project.version
    client_of(cast.carla).post(EDIT, data=_all(cast.project))
    assert cast.project.version == version


def test_get_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    factories.forecast(factories.milestone(cast.project), clock.today(), cast.project.end)
    client = client_of(cast.carla)
    before = db.session.query(AuditEntry).count()
    forms = ("/projekte/neu", EDIT, "/projekte/1/meilensteine/neu", "/meilensteine/1", "/projekte/1/prognosen")
    assert {client.get(address).status_code for address in (*forms, "/prognosen/1")} == {200}
    assert db.session.query(AuditEntry).count() == before


def test_ended_organisation_is_offered_only_to_its_old_projects(cast: Any, client_of: ClientOf) -> None:
    cast.education.valid_to = clock.today() - timedelta(days=1)
    client = client_of(cast.carla)
    pages = [client.get(page).text for page in (EDIT, "/projekte/neu")]
    assert [f'value="{cast.education.id}">Ministerium' in page.replace(" selected", "") for page in pages] == [
        True,
        False,
    ]
