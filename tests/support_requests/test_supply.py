"""What the decision page says the pool could give."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.planning.shortage import ShortageKind
from portfolio.planning.weeks import Week
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


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 23), Week.of(2026, 40), Week.of(2026, 53)),
        (date(2027, 1, 1), Week.of(2026, 53), Week.of(2027, 13)),
        (date(2027, 6, 30), Week.of(2027, 13), Week.of(2027, 26)),
    ],
)
def test_weeks_of_a_quarter(day: date, first: Week, last: Week) -> None:
    quarter = queries.quarter_around(day)

    assert (quarter.first, quarter.last) == (first, last)


def test_load_is_the_mean_of_what_is_booked(cast: Cast) -> None:
    booked = {load.name: load.booked for load in queries.loads(queries.quarter_around(FIRST_WEEK.monday))}

    assert booked["Paul Pohl"] == round(50 * 5 / 14)  # 5 of the quarter's 14 weeks are booked with 50 %
    assert booked["Konrad Kühn"] == 0


def test_page_shows_supply_and_loads_in_few_queries(
    client_of: Callable[[Any], Client], cast: Cast, request_of_mia: SupportRequest
) -> None:
    carla, address = client_of(cast.carla), f"/anfragen/{request_of_mia.id}/entscheidung"
    db.session.commit()
    with count_queries() as asked:
        page = carla.get(address).text

    assert "1 Person ganz frei" in page
    assert "Konrad Kühn (0\u202f%)" in page
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
