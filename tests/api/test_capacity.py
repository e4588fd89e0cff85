"""Capacity by person and week, and by skill, for those who may see it."""

from typing import Any

import pytest

from tests import factories
from tests.factories import FIRST_WEEK


@pytest.mark.parametrize(
    ("name", "persons"),
    [("carla", ["Lea Lindner", "Paul Pohl"]), ("konrad", ["Lea Lindner", "Paul Pohl"]), ("paul", ["Paul Pohl"])],
)
def test_persons_by_role(cast: Any, api: Any, name: str, persons: list[str]) -> None:
    found = api(cast.users[name]).get("capacity?from_week=2026-W49&weeks=2").get_json()["persons"]
    assert [person["name"] for person in found] == persons


def test_figures(cast: Any, api: Any) -> None:
    """Paul: 100 % in the pool, 50 % booked; Christmas Eve and two holidays fall into week 52."""
    capacity = api(cast.paul).get("capacity?from_week=2026-W51&weeks=3").get_json()
    (paul,) = capacity["persons"]
    assert capacity["weeks"] == ["2026-W51", "2026-W52", "2026-W53"]
    assert (paul["pool_share"], paul["booked"]) == ([100] * 3, [50] * 3)
    assert paul["delivered_hours"] == [20.0, 12.0, 12.0]


def test_a_day_off_counts_at_once(cast: Any, api: Any, client_of: Any) -> None:
    """Set in the settings, it lowers what is delivered by a fifth, and the need is covered no further."""
    need = factories.need(cast.project, cast.fim, share=50, to_week=FIRST_WEEK)
    factories.assignment(cast.paul_person, cast.project, share=50, need_id=need.id, to_week=FIRST_WEEK)
    day = {"days_off-0-day": f"{FIRST_WEEK.monday:%d.%m.%Y}", "days_off-0-name": "Umzug", "version": "1"}
    carla = api(cast.carla)
    assert (_delivered(carla, cast.paul_person), carla.get(f"needs/{need.id}").get_json()["covered"]) == (40.0, 1.0)
    client_of(cast.anton).post("/einstellungen/dienstfreie-tage", data=day)
    assert (_delivered(carla, cast.paul_person), carla.get(f"needs/{need.id}").get_json()["covered"]) == (32.0, 0.8)


def _delivered(api: Any, person: Any) -> float:
    persons = api.get(f"capacity?from_week={FIRST_WEEK}&weeks=1").get_json()["persons"]
    return next(each["delivered_hours"][0] for each in persons if each["id"] == person.id)


@pytest.mark.parametrize("name", ["mia", "rita", "anton"])
def test_not_for_roles_without_capacity(cast: Any, api: Any, name: str) -> None:
    assert api(cast.users[name]).get("capacity").status_code == 403


@pytest.mark.parametrize("query", ["from_week=x", "weeks=0", "weeks=261", "from_week=2099-W52", "page=1"])
def test_bad_query(cast: Any, api: Any, query: str) -> None:
    assert api(cast.carla).get(f"capacity?{query}").status_code == 422


def test_without_a_query_the_next_weeks(cast: Any, api: Any) -> None:
    assert len(api(cast.carla).get("capacity").get_json()["weeks"]) == 12


def test_filters(cast: Any, api: Any) -> None:
    carla = api(cast.carla)
    by_skill = carla.get(f"capacity?skill_id={cast.fim.id}").get_json()["persons"]
    by_home = carla.get(f"capacity?home_organisation_id={cast.education.id}").get_json()["persons"]
    assert [[person["name"] for person in found] for found in (by_skill, by_home)] == [["Paul Pohl"], ["Lea Lindner"]]
    other = factories.skill()
    assert [row["id"] for row in carla.get(f"capacity/skills?skill_id={other.id}").get_json()["skills"]] == [other.id]


@pytest.mark.parametrize("resource", ["skills", "organisations"])
@pytest.mark.parametrize(
    ("name", "status"), [("konrad", 200), ("lea", 403), ("paul", 403), ("mia", 403), ("rita", 403)]
)
def test_who_reads_the_whole_pool(cast: Any, api: Any, resource: str, name: str, status: int) -> None:
    assert api(cast.users[name]).get(f"capacity/{resource}").status_code == status
