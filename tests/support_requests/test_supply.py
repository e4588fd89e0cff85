"""What the decision page says the pool could give."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.planning.shortage import ShortageKind
from portfolio.planning.weeks import WeekRange
from portfolio.projects.models import Phase
from portfolio.support import queries
from portfolio.support.models import RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    """Asks for 40 % FIM from level 2 for 12 weeks; Paul has level 3 and is booked with 50 %."""
    return factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)


def supply(request: SupportRequest) -> queries.Supply:
    return queries.supply_for(request)[request.needs[0].id]


def test_free_share_of_those_who_have_the_level(cast: Cast, request_of_mia: SupportRequest) -> None:
    factories.person("Berta", skills={cast.fim: 4})
    factories.person("Noch nicht so weit", skills={cast.fim: 1})

    found = supply(request_of_mia)

    assert (found.skilled, found.wholly_free) == (2, 2)
    assert (found.mean_free, found.least_free) == (150, 150)
    assert found.shortage is None


def test_persons_who_left_are_not_counted(cast: Cast, request_of_mia: SupportRequest) -> None:
    cast.paul_person.active = False

    assert supply(request_of_mia).skilled == 0


def test_shortage_is_named(cast: Cast, request_of_mia: SupportRequest) -> None:
    factories.assignment(cast.paul_person, cast.foreign_project, share=40, to_week=FIRST_WEEK + 5)

    found = supply(request_of_mia)

    assert (found.skilled, found.wholly_free, found.least_free) == (1, 0, 10)
    assert found.shortage is not None
    assert found.shortage.kind is ShortageKind.NO_CAPACITY


def test_volume_is_judged_by_its_person_days(cast: Cast, request_of_mia: SupportRequest) -> None:
    need = request_of_mia.needs[0]
    need.kind, need.person_days = NeedKind.VOLUME, 200

    assert supply(request_of_mia).wholly_free == 0


def test_queries_do_not_grow_with_the_needs(cast: Cast, request_of_mia: SupportRequest) -> None:
    large = factories.support_request(cast.education, needs=[cast.fim] * 20, state=RequestState.SUBMITTED)
    db.session.flush()

    counts = []
    for request in (request_of_mia, large):
        assert request.needs  # loaded before counting
        with count_queries() as asked:
            queries.supply_for(request)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_needs_of_one_skill_share_its_people(cast: Cast, request_of_mia: SupportRequest) -> None:
    both = factories.support_request(cast.education, needs=[cast.fim, cast.fim], state=RequestState.SUBMITTED)
    cast.paul_person.pool_shares[0].share = 90

    first, second = queries.supply_for(both).values()

    assert (first.wholly_free, second.wholly_free) == (1, 1)
    assert first.missing_hours + second.missing_hours == 12 * 16  # Paul has 40 % for both


def test_volume_is_set_against_the_free_weeks_evenly(cast: Cast, request_of_mia: SupportRequest) -> None:
    need = request_of_mia.needs[0]
    need.kind, need.person_days = NeedKind.VOLUME, 12

    found = supply(request_of_mia)

    assert set(found.wanted) == {20}
    assert [(run.free, run.missing) for run in found.runs] == [(50, 0)]
    assert found.work_hours == 96


def test_weeks_with_too_little_are_counted(cast: Cast, request_of_mia: SupportRequest) -> None:
    factories.assignment(cast.paul_person, cast.foreign_project, share=40, to_week=FIRST_WEEK + 1)

    found = supply(request_of_mia)

    assert found.short_weeks == 2
    assert [(run.last - run.first + 1, run.missing) for run in found.runs] == [(2, 30), (10, 0)]


def test_open_needs_of_others_for_the_skill_are_counted(cast: Cast, request_of_mia: SupportRequest) -> None:
    factories.need(cast.project, cast.fim)
    factories.need(cast.project, cast.fim, from_week=FIRST_WEEK + 40, to_week=FIRST_WEEK + 50)
    factories.need(cast.project, factories.skill())

    assert queries.promised([supply(request_of_mia).need]) == {cast.fim.id: 1}


def load_of(name: str) -> queries.Load:
    found = queries.loads(WeekRange(FIRST_WEEK, FIRST_WEEK + 9))
    return next(load for load in found if load.name == name)


def test_load_is_the_mean_of_what_is_booked(cast: Cast) -> None:
    factories.assignment(cast.lea_person, cast.foreign_project, share=30, to_week=FIRST_WEEK + 4)

    assert load_of("Lea Lindner").booked == 15
    assert load_of("Konrad Kühn").booked == 0


def test_load_counts_running_projects(cast: Cast) -> None:
    factories.project(lead_id=cast.lea_person.id, phase=Phase.COMPLETED)

    assert (load_of("Lea Lindner").leads, load_of("Lea Lindner").coordinates) == (1, 0)
    assert (load_of("Konrad Kühn").leads, load_of("Konrad Kühn").coordinates) == (0, 1)


def test_who_leads_or_has_the_skill_comes_first(cast: Cast) -> None:
    leading = factories.skill("Projektleitung", code="PM-LEIT")
    factories.person("Erfahren", skills={leading: 3})
    factories.person("Anfänger", skills={leading: 2})

    able = {load.name for load in queries.loads(WeekRange(FIRST_WEEK, FIRST_WEEK)) if load.can_lead}

    assert able == {"Lea Lindner", "Erfahren"}


def test_page_shows_supply_and_loads_in_few_queries(
    client_of: Callable[[Any], Client], cast: Cast, request_of_mia: SupportRequest
) -> None:
    carla, address = client_of(cast.carla), f"/anfragen/{request_of_mia.id}/entscheidung"
    db.session.commit()
    with count_queries() as asked:
        page = carla.get(address).text

    assert "1 Person ganz frei" in page
    assert "Konrad Kühn: 0\u202f% gebucht, koordiniert 1 Projekt" in page
    assert len(asked) <= 12


def test_page_leads_back_once_decided(client_of: Callable[[Any], Client], cast: Cast) -> None:
    decided = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.REJECTED)
    carla = client_of(cast.carla)

    for page in ("entscheidung", "gegenangebot"):
        assert carla.get(f"/anfragen/{decided.id}/{page}").location == f"/anfragen/{decided.id}"


@pytest.mark.parametrize(("who", "expected"), [("mia", 403), ("konrad", 403), ("otto", 404), ("anton", 403)])
@pytest.mark.parametrize("page", ["entscheidung", "gegenangebot"])
def test_triage_is_the_cio_offices(
    client_of: Callable[[Any], Client], cast: Cast, request_of_mia: SupportRequest, page: str, who: str, expected: int
) -> None:
    answer = client_of(cast.users[who]).get(f"/anfragen/{request_of_mia.id}/{page}")

    assert answer.status_code == expected
