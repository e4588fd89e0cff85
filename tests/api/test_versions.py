"""No lost update: a change names the version it changes."""

from typing import Any

import pytest


def _name(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].rpartition("/")[2]


def test_change_without_version_is_refused(cast: Any, api: Any) -> None:
    address = f"organisations/{cast.education.id}"
    assert _name(api(cast.anton).patch(address, {"name": "Neu"})) == (428, "version-required")
    assert api(cast.anton).get(address).get_json()["name"] == cast.education.name


def test_stale_version_is_refused(cast: Any, api: Any) -> None:
    address = f"organisations/{cast.education.id}"
    api(cast.anton).patch(address, {"name": "Neu"}, version=1)
    assert _name(api(cast.anton).patch(address, {"name": "Alt"}, version=1)) == (412, "stale")
    assert api(cast.anton).get(address).get_json()["name"] == "Neu"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ('"1"', 200),
        ("1", 200),
        ('W/"1"', 200),
        ('"7", "1"', 200),
        ("*", 200),
        ('"2"', 412),
        ('"01"', 412),
        ("nonsense", 412),
        ("", 428),
    ],
)
def test_forms_of_if_match(cast: Any, api: Any, header: str, status: int) -> None:
    answer = api(cast.anton).patch(f"organisations/{cast.finance.id}", {"name": "Neu"}, If_Match=header)
    assert answer.status_code == status


def test_bad_input_is_judged_before_the_version(cast: Any, api: Any) -> None:
    address = f"organisations/{cast.education.id}"
    assert _name(api(cast.anton).patch(address, {"kind": 1}, version=99)) == (422, "invalid")
    assert _name(api(cast.anton).patch(address, {"code": "TFM"})) == (422, "invalid")


def test_rights_are_judged_before_bad_input(cast: Any, api: Any) -> None:
    address = f"organisations/{cast.education.id}"
    assert _name(api(cast.mia).patch(address, {"kind": 1})) == (403, "forbidden")


def test_version_is_judged_before_the_state(cast: Any, api: Any) -> None:
    booked = f"persons/{cast.paul_person.id}"
    assert _name(api(cast.carla).patch(booked, {"pool_shares": []})) == (428, "version-required")
    assert _name(api(cast.carla).patch(booked, {"pool_shares": []}, version=99)) == (412, "stale")
    assert _name(api(cast.carla).patch(booked, {"pool_shares": []}, version=1)) == (409, "overbooked")


def test_etag_follows_the_version(cast: Any, api: Any) -> None:
    address = f"persons/{cast.lea_person.id}"
    before = api(cast.carla).get(address)
    skills = [{"skill_id": cast.fim.id, "level": 2}]
    after = api(cast.carla).patch(address, {"skills": skills}, version=before.get_json()["version"])
    assert after.headers["ETag"] == f'"{after.get_json()["version"]}"' == api(cast.carla).get(address).headers["ETag"]
    assert after.headers["ETag"] != before.headers["ETag"]
