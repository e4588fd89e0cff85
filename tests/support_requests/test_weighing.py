"""What stands beside a decision: where each choice leads, and what is like the request."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.planning.choices import Choice
from portfolio.planning.lights import Light
from portfolio.projects.models import ServiceLink
from portfolio.support import queries
from portfolio.support.models import RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.catalogue import builders
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    """Asks for 40 % FIM, which Paul has free, and for BPMN, which nobody has."""
    wanted = [cast.fim, factories.skill("BPMN")]
    return factories.support_request(cast.education, needs=wanted, state=RequestState.SUBMITTED)


def test_choices_with_what_can_be_booked(cast: Cast, request_of_mia: SupportRequest) -> None:
    weighing = queries.weigh(request_of_mia, FIRST_WEEK)

    found = {each.choice: (each.needs, each.work_hours, each.bookable_hours) for each in weighing.choices}
    assert found == {
        Choice.ACCEPT_ALL: (2, 384, 192),
        Choice.ACCEPT_PART: (1, 192, 192),
        Choice.COUNTER_OFFER: (1, 192, 192),
        Choice.REJECT: (0, 0, 0),
    }


def test_served_share_of_the_ministry_beside_that_of_all(cast: Cast, request_of_mia: SupportRequest) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, share=40)
    factories.need(cast.foreign_project, cast.fim)

    weighing = queries.weigh(request_of_mia, FIRST_WEEK)

    assert (weighing.ministry.percent, weighing.everybody.percent) == (100, 50)


def test_part_ticks_what_somebody_can_take_whole(
    client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest
) -> None:
    carla, here = client_of(cast.carla), f"/anfragen/{request_of_mia.id}"
    first, second = request_of_mia.needs

    assert f'href="{here}/entscheidung?bedarfe=frei"' in carla.get(f"{here}/abwaegung").text
    page = carla.get(f"{here}/entscheidung?bedarfe=frei").text

    assert f'id="need-{first.id}" checked' in page
    assert f'id="need-{second.id}">' in page


def project_with(cast: Cast, title: str, service: Any = None, skill: Any = None, **values: Any) -> Any:
    project = factories.project(title, **{"organisation_id": cast.finance.id} | values)
    if service is not None:
        project.service_links = [ServiceLink(service_id=service.id)]
    if skill is not None:
        factories.need(project, skill)
    return project


def test_similar_projects_the_nearest_first(cast: Cast, request_of_mia: SupportRequest) -> None:
    bundle = builders.bundle("10001")
    wohngeld = factories.service("Wohngeld", bundle_id=bundle.id)
    sibling = factories.service("Lastenzuschuss", bundle_id=bundle.id)
    request_of_mia.services = [wohngeld]
    project_with(cast, "Skill", skill=cast.fim)
    project_with(cast, "Bündel", service=sibling)
    project_with(cast, "Leistung", service=wohngeld)
    project_with(cast, "Skill im eigenen Haus", skill=cast.fim, organisation_id=cast.education.id)
    project_with(cast, "Nur das eigene Haus", organisation_id=cast.education.id)

    found = queries.similar_projects(request_of_mia)

    titles = [each.project.title for each in found]
    assert titles == ["Leistung", "Bündel", "Skill im eigenen Haus", "Skill"]


def test_page_says_why_a_project_is_similar(client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest) -> None:
    service = factories.service("Wohngeld")
    request_of_mia.services = [service]
    project = project_with(cast, "Ganz ähnlich", service, cast.fim, organisation_id=cast.education.id)
    factories.report(project, Light.YELLOW)

    page = client_of(cast.carla).get(f"/anfragen/{request_of_mia.id}/umfeld").text

    assert "gleiche Leistung: Wohngeld; gemeinsame Fähigkeit: FIM-Prozesse; gleiches Ressort" in page
    assert ("Umsetzung · 0\u202f% gedeckt" in page, "Gelb" in page) == (True, True)


def test_other_open_requests_of_the_ministry(client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest) -> None:
    factories.support_request(cast.education, "Noch offen", state=RequestState.QUESTION)
    factories.support_request(cast.education, "Schon entschieden", state=RequestState.REJECTED)
    factories.support_request(cast.finance, "Anderes Haus", state=RequestState.SUBMITTED)

    page = client_of(cast.carla).get(f"/anfragen/{request_of_mia.id}/umfeld").text

    assert [title in page for title in ("Noch offen", "Schon entschieden", "Anderes Haus")] == [True, False, False]


@pytest.mark.parametrize("page", ["abwaegung", "umfeld"])
def test_parts_come_alone_for_htmx_in_few_queries(
    client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest, page: str
) -> None:
    for number in range(8):
        project_with(cast, f"Ähnlich {number}", skill=cast.fim)
    carla, address = client_of(cast.carla), f"/anfragen/{request_of_mia.id}/{page}"

    with count_queries() as asked:
        answer = carla.get(address, headers=HTMX)

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert len(asked) <= 12


@pytest.mark.parametrize(("who", "expected"), [("mia", 403), ("konrad", 403), ("otto", 404), ("anton", 403)])
@pytest.mark.parametrize("page", ["abwaegung", "umfeld"])
def test_weighing_is_the_cio_offices(
    client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest, page: str, who: str, expected: int
) -> None:
    assert client_of(cast.users[who]).get(f"/anfragen/{request_of_mia.id}/{page}").status_code == expected


@pytest.mark.parametrize("page", ["abwaegung", "umfeld"])
def test_nothing_is_weighed_once_decided(client_of: ClientOf, cast: Cast, page: str) -> None:
    decided = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.REJECTED)

    answer = client_of(cast.carla).get(f"/anfragen/{decided.id}/{page}")

    assert answer.location == f"/anfragen/{decided.id}"


def test_offer_is_tried_on_the_pool_before_it_is_sent(
    client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest
) -> None:
    carla, address = client_of(cast.carla), f"/anfragen/{request_of_mia.id}/gegenangebot"
    typed = forms.step(request_of_mia, step="try", rule="none", text="") | forms.need(cast.fim, share=60)

    page = carla.post(address, data=typed)

    assert page.status_code == 200
    assert "höchstens 240 h von 288 h besetzen" in page.text
    assert request_of_mia.state is RequestState.SUBMITTED


WRONG = {
    "no skill": ({"skill_id": ""}, "Bitte wählen Sie eine Fähigkeit."),
    "weeks reversed": ({"from_week": "KW 10/2027", "to_week": "KW 9/2027"}, "Das Ende liegt vor dem Beginn."),
    "no days": ({"kind": "volume", "person_days": ""}, "Personentage"),
}


@pytest.mark.parametrize("name", WRONG)
def test_nonsense_is_not_tried(client_of: ClientOf, cast: Cast, request_of_mia: SupportRequest, name: str) -> None:
    values, sentence = WRONG[name]
    typed = (
        forms.step(request_of_mia, step="try", rule="none", text="")
        | forms.need(cast.fim)
        | {f"needs-0-{field}": value for field, value in values.items()}
    )

    answer = client_of(cast.carla).post(f"/anfragen/{request_of_mia.id}/gegenangebot", data=typed)

    assert answer.status_code == 422
    assert sentence in answer.text
