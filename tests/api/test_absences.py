"""Absences: for the person and the CIO office alone; no reason field exists."""

from datetime import date
from typing import Any

import pytest

from tests import factories

WEEK_OFF = {"from_date": "2026-12-21", "to_date": "2026-12-31"}


@pytest.mark.parametrize("name", ["carla", "paul"])
def test_created_read_changed_and_removed(cast: Any, api: Any, name: str) -> None:
    user, path = api(cast.users[name]), f"persons/{cast.paul_person.id}/absences"
    created = user.post(path, WEEK_OFF)
    address, absence = created.headers["Location"], created.get_json()
    assert (created.status_code, user.items(path)) == (201, [absence])
    changed = user.patch(address, {"to_date": "2026-12-24"}, version=1)
    assert changed.get_json() == absence | {"to_date": "2026-12-24", "version": 2}
    assert user.delete(address).status_code == 428
    assert user.delete(address, version=1).status_code == 412
    assert user.delete(address, version=2).status_code == 204
    assert user.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "listed", "read"),
    [("konrad", 403, 404), ("lea", 403, 404), ("mia", 403, 404), ("anton", 403, 404), ("otto", 404, 404)],
)
def test_nobody_else_sees_them(cast: Any, api: Any, name: str, listed: int, read: int) -> None:
    absence = factories.absence(cast.paul_person, date(2026, 12, 21), date(2026, 12, 31))
    path = f"persons/{cast.paul_person.id}/absences"
    user = api(cast.users[name])
    assert user.get(path).status_code == listed
    assert user.get(f"{path}/{absence.id}").status_code == read
    assert user.post(path, WEEK_OFF).status_code == listed
    assert user.delete(f"{path}/{absence.id}", version=1).status_code == read


def test_address_must_fit_the_person(cast: Any, api: Any) -> None:
    absence = factories.absence(cast.paul_person, date(2026, 12, 21), date(2026, 12, 31))
    assert api(cast.carla).get(f"persons/{cast.lea_person.id}/absences/{absence.id}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (WEEK_OFF | {"reason": "krank"}, 422, "reason"),
        (WEEK_OFF | {"to_date": "2026-12-20"}, 422, "to_date"),
        ({"from_date": "2026-12-21"}, 422, "to_date"),
    ],
)
def test_bad_input(cast: Any, api: Any, body: Any, status: int, field: str) -> None:
    answer = api(cast.paul).post(f"persons/{cast.paul_person.id}/absences", body)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (status, field)
