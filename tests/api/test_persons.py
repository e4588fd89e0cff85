"""Persons: fields by role, lists replaced whole, shrinking below what is booked."""

from typing import Any

import pytest

from portfolio.access.policy import Role
from tests import factories
from tests.factories import FIRST_WEEK

SHARES = [{"from_week": "2026-W49", "to_week": None, "share": 60}]
HIDDEN_FROM_LEAD = {"email", "home_organisation_id", "location", "contract_share", "max_parallel", "pool_shares"}


def test_created_read_and_changed(cast: Any, api: Any) -> None:
    carla = api(cast.carla)
    levels = [{"skill_id": cast.fim.id, "level": 3, "valid_from_week": "2026-W49", "valid_to_week": None}]
    created = carla.post("persons", {"name": "Paula", "pool_shares": SHARES, "skills": levels})
    person = created.get_json()
    assert (person["name"], person["pool_shares"], person["skills"]) == ("Paula", SHARES, levels)
    assert carla.get(created.headers["Location"]).get_json() == person
    changed = carla.patch(created.headers["Location"], {"skills": []}, version=person["version"]).get_json()
    assert (changed["skills"], changed["pool_shares"]) == ([], SHARES)


def test_contract_and_pool_share_change_together(cast: Any, api: Any) -> None:
    address = f"persons/{cast.lea_person.id}"
    for share in (40, 90):
        version = api(cast.carla).get(address).get_json()["version"]
        body = {"contract_share": share, "pool_shares": [SHARES[0] | {"share": share}]}
        answer = api(cast.carla).patch(address, body, version=version).get_json()
        assert (answer["contract_share"], answer["pool_shares"][0]["share"]) == (share, share)


def test_shrinking_below_what_is_booked(cast: Any, api: Any) -> None:
    address, body = f"persons/{cast.paul_person.id}", {"pool_shares": [SHARES[0] | {"share": 30}]}
    refused = api(cast.carla).patch(address, body, version=1)
    assert (refused.status_code, refused.get_json()["type"].rpartition("/")[2]) == (409, "overbooked")
    weeks = refused.get_json()["weeks"]
    assert (len(weeks), weeks[0]) == (12, {"week": str(FIRST_WEEK), "pool_share": 30, "booked": 50, "requested": 0})
    accepted = api(cast.carla).patch(address, body | {"accept_conflict": True}, version=1)
    assert (accepted.status_code, accepted.get_json()["pool_shares"][0]["share"]) == (200, 30)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("carla", {"email", "contract_share", "pool_shares", "skills", "home_organisation_id"}),
        ("konrad", {"email", "contract_share", "pool_shares", "skills", "home_organisation_id"}),
        ("paul", {"email", "contract_share", "pool_shares", "skills", "home_organisation_id"}),
        ("lea", {"skills"}),
        ("mia", {"email"}),
        ("anton", {"email", "home_organisation_id"}),
    ],
)
def test_fields_by_role(cast: Any, api: Any, name: str, seen: set[str]) -> None:
    cast.paul_person.email = "paul@example.org"
    person = api(cast.users[name]).get(f"persons/{cast.paul_person.id}").get_json()
    fields = ("email", "contract_share", "pool_shares", "skills", "home_organisation_id")
    assert {field for field in fields if person[field] is not None} == seen
    assert person["name"] == "Paul Pohl"
    assert person in api(cast.users[name]).items("persons")


def test_rights_of_two_roles_hold_row_by_row(cast: Any, api: Any) -> None:
    """Lea leads one project and stands for a ministry with another: skills of the one team, mail of the other."""
    cast.lea.roles = frozenset({Role.PROJECT_LEAD, Role.MINISTRY})
    cast.lea.organisation_id = cast.finance.id
    other = factories.person("Olga Ost", email="olga@example.org")
    factories.assignment(other, cast.foreign_project)
    persons = {each["name"]: each for each in api(cast.lea).items("persons")}
    assert (persons["Olga Ost"]["email"], persons["Olga Ost"]["skills"]) == ("olga@example.org", None)
    assert persons["Paul Pohl"]["skills"] is not None


@pytest.mark.parametrize(("name", "persons"), [("mia", 3), ("otto", 0), ("lea", 3), ("paul", 1), ("carla", 4)])
def test_rows_by_role(cast: Any, api: Any, name: str, persons: int) -> None:
    factories.person("Olga Ost")
    page = api(cast.users[name]).get("persons").get_json()
    assert (page["total"], len(page["items"])) == (persons, persons)


def test_foreign_person_is_not_found(cast: Any, api: Any) -> None:
    foreign = api(cast.otto).get(f"persons/{cast.paul_person.id}")
    missing = api(cast.otto).get("persons/999999")
    assert (foreign.status_code, foreign.data) == (404, missing.data)
    assert api(cast.otto).patch(f"persons/{cast.paul_person.id}", {"name": "X"}).status_code == 404


def test_auditor_sees_no_persons(cast: Any, api: Any) -> None:
    assert api(cast.rita).get("persons").status_code == 403
    assert api(cast.rita).get(f"persons/{cast.paul_person.id}").status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("paul", {"skills": []}, 200),
        ("paul", {"skills": [], "max_parallel": 3}, 403),
        ("paul", {"foo": 1}, 422),
        ("lea", {"skills": []}, 403),
        ("mia", {"name": "X"}, 403),
        ("konrad", {"name": "X"}, 403),
        ("anton", {"active": False}, 200),
        ("anton", {"name": "X"}, 403),
        ("anton", {"skills": []}, 403),
    ],
)
def test_who_changes_what(cast: Any, api: Any, name: str, body: Any, status: int) -> None:
    assert api(cast.users[name]).patch(f"persons/{cast.paul_person.id}", body, version=1).status_code == status


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("anton", {"name": "Neu"}, 201),
        ("anton", {"name": "Neu", "pool_shares": SHARES}, 403),
        ("anton", {"name": "Neu", "contract_share": 50}, 403),
        ("konrad", {"name": "Neu"}, 403),
        ("paul", {"name": "Neu"}, 403),
        ("mia", {"name": "Neu"}, 403),
        ("rita", {"name": "Neu"}, 403),
    ],
)
def test_who_creates_persons(cast: Any, api: Any, name: str, body: Any, status: int) -> None:
    assert api(cast.users[name]).post("persons", body).status_code == status


def test_search_by_name(cast: Any, api: Any) -> None:
    assert [each["name"] for each in api(cast.carla).items("persons?q=kuehn")] == ["Konrad Kühn"]
