"""The served share: what counts, for whom, and the page that shows the calculation."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.planning.problem import WORK_PER_HOUR
from portfolio.planning.served import Served
from portfolio.projects.models import Phase
from portfolio.staffing.models import AssignmentState
from portfolio.support import queries
from portfolio.support.models import RequestState
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]


def served(cast: Cast) -> tuple[float, float, float]:
    """Hours taken on, turned down and booked of the education ministry."""
    found = queries.served_by_organisation(FIRST_WEEK).get(cast.education.id, Served())
    return tuple(work / WORK_PER_HOUR for work in (found.taken_on, found.turned_down, found.booked))


def test_needs_of_projects_count_with_what_is_booked(cast: Cast) -> None:
    need = factories.need(cast.project, cast.fim, share=50, to_week=FIRST_WEEK + 9)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, share=25, to_week=FIRST_WEEK + 3)

    assert served(cast) == (200, 0, 40)


def test_declined_assignments_book_nothing(cast: Cast) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, state=AssignmentState.DECLINED)

    assert served(cast)[2] == 0


def test_cancelled_projects_do_not_count_and_completed_ones_do(cast: Cast) -> None:
    for phase in (Phase.CANCELLED, Phase.COMPLETED):
        project = factories.project(organisation_id=cast.education.id, phase=phase)
        factories.need(project, cast.fim, share=100, to_week=FIRST_WEEK)

    assert served(cast) == (40, 0, 0)


def test_what_was_turned_down_counts_as_asked_for(cast: Cast) -> None:
    factories.support_request(cast.education, needs=[cast.fim], state=RequestState.REJECTED)
    partly = factories.support_request(cast.education, needs=[cast.fim] * 3, state=RequestState.PARTLY_ACCEPTED)
    for need, accepted in zip(partly.needs, (True, True, False), strict=True):
        need.accepted = accepted

    assert served(cast) == (0, 2 * 12 * 16, 0)


@pytest.mark.parametrize("state", [RequestState.DRAFT, RequestState.SUBMITTED, RequestState.WITHDRAWN])
def test_what_is_not_decided_does_not_count(cast: Cast, state: RequestState) -> None:
    factories.support_request(cast.education, needs=[cast.fim], state=state)

    assert served(cast) == (0, 0, 0)


def test_needs_outside_the_two_years_do_not_count(cast: Cast) -> None:
    for first in (FIRST_WEEK - 60, FIRST_WEEK + 52):
        factories.need(cast.project, cast.fim, from_week=first, to_week=first + 7)
    factories.need(cast.project, cast.fim, share=100, from_week=FIRST_WEEK - 53, to_week=FIRST_WEEK - 52)

    assert served(cast) == (80, 0, 0)


def test_calculation_adds_up_to_the_share(client_of: ClientOf, cast: Cast) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.paul_person, cast.project, need_id=need.id, share=10)
    factories.support_request(cast.education, "Abgelehntes", needs=[cast.fim], state=RequestState.REJECTED)

    answers = queries.answers_to(cast.education.id, FIRST_WEEK)
    page = client_of(cast.carla).get(f"/anfragen/bedienter-anteil?ressort={cast.education.id}").text

    assert [(answer.title, answer.work_hours, answer.booked_hours) for answer in answers] == [
        ("Kita-Fachkräfte online", 192, 48),
        ("Abgelehntes", 192, 0),
    ]
    assert "48 h gebucht, geteilt durch 384 h angefragt, ergibt 12\u202f%" in page


def test_page_asks_the_same_queries_for_any_number_of_needs(client_of: ClientOf, cast: Cast) -> None:
    carla, address, counts = client_of(cast.carla), f"/anfragen/bedienter-anteil?ressort={cast.education.id}", []
    for _again in range(2):
        for _need in range(10):
            factories.need(factories.project(organisation_id=cast.education.id), cast.fim)
        with count_queries() as asked:
            assert carla.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_page_without_anything_asked_for_says_so(client_of: ClientOf, cast: Cast) -> None:
    carla = client_of(cast.carla)

    assert "Noch nichts zu rechnen" in carla.get("/anfragen/bedienter-anteil").text
    assert carla.get("/anfragen/bedienter-anteil?ressort=4711").status_code == 404


@pytest.mark.parametrize("who", ["mia", "konrad", "lea", "paul", "rita", "anton"])
def test_only_the_cio_office_sees_all_ministries(client_of: ClientOf, cast: Cast, who: str) -> None:
    assert client_of(cast.users[who]).get("/anfragen/bedienter-anteil").status_code == 403
