"""The list of open needs: what stands in it, for whom, and in which order."""

import re
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.staffing.models import Need
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.queries import count_queries


def _titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def _need(cast: Any, skill: str, **values: Any) -> Need:
    return factories.need(cast.project, factories.skill(skill), level=0, **values)


def test_open_needs_by_start_then_priority(cast: Any, client_of: Any) -> None:
    _need(cast, "Zuletzt", from_week=FIRST_WEEK + 3)
    _need(cast, "Normal", priority=3)
    _need(cast, "Dringend", priority=1)
    assert _titles(client_of(cast.carla).get("/bedarfe").text) == ["Dringend", "Normal", "Zuletzt"]


def test_other_order_on_request(cast: Any, client_of: Any) -> None:
    _need(cast, "Früh", priority=4)
    _need(cast, "Dringend", priority=1, from_week=FIRST_WEEK + 3)
    assert _titles(client_of(cast.carla).get("/bedarfe?sort=priority").text) == ["Dringend", "Früh"]
    assert _titles(client_of(cast.carla).get("/bedarfe?sort=-priority").text) == ["Früh", "Dringend"]


def test_staffed_and_past_needs_are_left_out(cast: Any, client_of: Any) -> None:
    staffed = _need(cast, "Besetzt")
    factories.assignment(factories.person(), cast.project, need_id=staffed.id)
    _need(cast, "Vergangen", from_week=FIRST_WEEK - 9, to_week=FIRST_WEEK - 1)
    assert "Zurzeit ist alles besetzt" in client_of(cast.carla).get("/bedarfe").text


def test_part_that_is_covered(cast: Any, client_of: Any) -> None:
    need = _need(cast, "Halb", to_week=FIRST_WEEK + 1)
    factories.assignment(factories.person(), cast.project, need_id=need.id, to_week=FIRST_WEEK)
    assert "50\u202f% gedeckt" in client_of(cast.carla).get("/bedarfe").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=grundSTEUER", ["Fremd"]),
        ("q=OZG-2026-001", ["Bald", "Später"]),
        ("within=4", ["Bald", "Fremd"]),
        ("within=4&q=kita", ["Bald"]),
        ("within=5&skill=x&organisation=99&q=%00", ["Bald", "Fremd", "Später"]),
    ],
)
def test_filters(cast: Any, client_of: Any, query: str, expected: list[str]) -> None:
    _need(cast, "Bald")
    factories.need(cast.foreign_project, factories.skill("Fremd"), level=0)
    _need(cast, "Später", from_week=FIRST_WEEK + 6)
    assert _titles(client_of(cast.carla).get(f"/bedarfe?{query}").text) == expected


def test_filter_by_skill_and_organisation(cast: Any, client_of: Any) -> None:
    wanted = _need(cast, "Gesucht")
    factories.need(cast.foreign_project, wanted.skill, level=0)
    query = f"skill={wanted.skill_id}&organisation={cast.education.id}"
    assert _titles(client_of(cast.carla).get(f"/bedarfe?{query}").text) == ["Gesucht"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [("carla", ["Eigen", "Fremd"]), ("konrad", ["Eigen"]), ("lea", ["Eigen"]), ("mia", ["Eigen"]), ("otto", ["Fremd"])],
)
def test_everybody_sees_their_own(cast: Any, client_of: Any, who: str, expected: list[str]) -> None:
    _need(cast, "Eigen")
    factories.need(cast.foreign_project, factories.skill("Fremd"), level=0)
    assert _titles(client_of(cast.users[who]).get("/bedarfe").text) == expected


@pytest.mark.parametrize("who", ["paul", "rita", "anton"])
def test_who_plans_nothing_sees_no_needs(cast: Any, client_of: Any, who: str) -> None:
    assert client_of(cast.users[who]).get("/bedarfe").status_code == 403


def test_ministry_sees_whether_but_not_how_far(cast: Any, client_of: Any) -> None:
    need = _need(cast, "Halb")
    factories.assignment(factories.person(), cast.project, need_id=need.id, share=17)
    page = client_of(cast.mia).get("/bedarfe").text
    assert "teilweise besetzt" in page
    assert "% gedeckt" not in page


@pytest.mark.parametrize("count", [1, 25])
def test_queries_do_not_depend_on_the_number_of_needs(cast: Any, client_of: Any, count: int) -> None:
    for number in range(count):
        need = factories.need(factories.project(organisation_id=cast.education.id), factories.skill(f"F{number}"))
        factories.assignment(factories.person(), need.project, need_id=need.id, share=1)
    client = client_of(cast.konrad)
    db.session.commit()
    with count_queries() as queries:
        client.get("/bedarfe")
    assert len(queries) <= 12
