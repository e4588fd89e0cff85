"""Accepting: the project it makes, some needs only, lead and coordinator, and two who accept at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.projects.models import Phase, Project
from portfolio.staffing.models import Assignment, Need
from portfolio.support.models import Decision, RequestState, SupportRequest
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support_requests import forms


@pytest.fixture
def carla(client_of: Callable[[Any], Client], cast: Cast) -> Client:
    return client_of(cast.carla)


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    wanted = [cast.fim, factories.skill("BPMN")]
    return factories.support_request(cast.education, needs=wanted, state=RequestState.SUBMITTED)


def accept(client: Client, cast: Cast, request: SupportRequest, **values: Any) -> Any:
    usual = {"lead_id": cast.lea_person.id, "lead_share": 0, "coordinator_share": 0}
    usual["need_ids"] = [need.id for need in request.needs]
    answer = client.post(f"/anfragen/{request.id}/annehmen", data=forms.step(request) | usual | values)
    db.session.refresh(request)
    return answer


def needs_of(project: Project) -> list[Need]:
    return db.session.query(Need).filter_by(project_id=project.id).order_by(Need.id).all()


def test_project_says_what_the_request_said(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    service = factories.service("Wohngeld")
    request_of_mia.services = [service]

    accept(carla, cast, request_of_mia)

    project = request_of_mia.project
    assert (project.title, project.goal) == (request_of_mia.title, request_of_mia.description)
    assert (project.phase, project.organisation_id) == (Phase.PREPARATION, cast.education.id)
    assert (project.start, project.end) == (Week.of(2026, 49).monday, Week.of(2027, 7).sunday)
    assert [link.service_id for link in project.service_links] == [service.id]
    assert project.milestones == []


def test_page_leads_to_the_project(
    client_of: Callable[[Any], Client], carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    accept(carla, cast, request_of_mia, need_ids=[request_of_mia.needs[0].id])

    page = client_of(cast.mia).get(f"/anfragen/{request_of_mia.id}").text

    assert f'href="/projekte/{request_of_mia.project_id}"' in page
    assert ("Teilweise angenommen" in page, "nicht angenommen" in page) == (True, True)


def test_a_later_deadline_ends_the_project(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    request_of_mia.deadline = date(2027, 12, 31)

    accept(carla, cast, request_of_mia)

    assert request_of_mia.project.end == date(2027, 12, 31)


def test_needs_become_those_of_the_project(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    volume = request_of_mia.needs[1]
    volume.kind, volume.person_days, volume.mandatory, volume.priority = NeedKind.VOLUME, 12, True, 1

    accept(carla, cast, request_of_mia)

    steady, other = needs_of(request_of_mia.project)
    assert (steady.skill_id, steady.share, steady.level, steady.kind) == (cast.fim.id, 40, 2, NeedKind.STEADY)
    assert (other.person_days, other.mandatory, other.priority) == (12, True, 1)
    assert all(need.accepted for need in request_of_mia.needs)


def test_accepting_books_nobody(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    before = db.session.query(Assignment).count()

    accept(carla, cast, request_of_mia)

    assert db.session.query(Assignment).count() == before


def test_accepting_some_needs(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    first, second = request_of_mia.needs

    accept(carla, cast, request_of_mia, need_ids=[second.id])

    assert request_of_mia.state is RequestState.PARTLY_ACCEPTED
    assert [need.skill_id for need in needs_of(request_of_mia.project)] == [second.skill_id]
    assert (first.accepted, second.accepted) == (False, True)


def test_decision_keeps_who_and_when(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    accept(carla, cast, request_of_mia)

    assert request_of_mia.decided_by_id == cast.carla.id
    assert request_of_mia.decided_at is not None


def test_whoever_coordinates_the_ministry_is_the_default(
    carla: Client, cast: Cast, request_of_mia: SupportRequest
) -> None:
    accept(carla, cast, request_of_mia, coordinator_id="")

    assert request_of_mia.project.coordinator_id == cast.konrad_person.id


def test_coordinator_who_left_is_nobodys_default(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    cast.konrad_person.active = False

    accept(carla, cast, request_of_mia, coordinator_id="")

    assert request_of_mia.project.coordinator_id is None


def test_shares_make_needs_for_lead_and_coordinator(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    leading = factories.skill("Projektleitung", code="PM-LEIT")
    coordinating = factories.skill("Koordination", code="PM-KOORD")

    accept(carla, cast, request_of_mia, lead_share=30, coordinator_share=10)

    added = [(need.skill_id, need.share) for need in needs_of(request_of_mia.project)[2:]]
    assert added == [(leading.id, 30), (coordinating.id, 10)]


REFUSED = {
    "no lead": ({"lead_id": ""}, "Bitte wählen Sie eine Projektleitung."),
    "unknown lead": ({"lead_id": 4711}, "Keine gültige Auswahl"),
    "share too large": ({"lead_share": 101}, "zwischen 0 und 100 Prozent"),
    "share no number": ({"coordinator_share": "viel"}, "Keine gültige, ganze Zahl."),
    "skill not in the catalogue": ({"lead_share": 30}, "fehlt die Fähigkeit mit dem Kürzel PM-LEIT"),
    "nothing ticked": ({"need_ids": []}, "mindestens einen Bedarf"),
    "need of another request": ({"need_ids": [4711]}, "gehört nicht zu dieser Anfrage"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_makes_no_project(carla: Client, cast: Cast, request_of_mia: SupportRequest, name: str) -> None:
    values, sentence = REFUSED[name]
    before = db.session.query(Project).count()

    answer = accept(carla, cast, request_of_mia, **values)

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert request_of_mia.state is RequestState.SUBMITTED
    assert db.session.query(Project).count() == before


def test_inactive_person_cannot_lead(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    cast.lea_person.active = False

    assert accept(carla, cast, request_of_mia).status_code == 422
    assert request_of_mia.project is None


def test_two_who_accept_at_once_make_one_project(
    client_of: Callable[[Any], Client], cast: Cast, request_of_mia: SupportRequest
) -> None:
    deciders = [client_of(cast.carla), client_of(cast.carla)]
    data = forms.step(request_of_mia, lead_id=cast.lea_person.id, lead_share=0, coordinator_share=0)
    data["need_ids"] = [need.id for need in request_of_mia.needs]
    address, before = f"/anfragen/{request_of_mia.id}/annehmen", db.session.query(Project).count()
    db.session.commit()
    start = Barrier(2)

    def decide(client: Client) -> int:
        start.wait(timeout=10)
        return client.post(address, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, deciders))

    assert answers == [302, 409]
    assert db.session.query(Project).count() == before + 1
    assert db.session.query(Decision).count() == 1


def test_reason_typed_in_vain_is_given_back(carla: Client, cast: Cast, request_of_mia: SupportRequest) -> None:
    request_of_mia.state = RequestState.WITHDRAWN
    request_of_mia.submitted_at = clock.now()

    answer = accept(carla, cast, request_of_mia, reason="Eine mühsam getippte Begründung")

    assert answer.status_code == 409
    assert "Eine mühsam getippte Begründung" in answer.text
