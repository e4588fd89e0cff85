"""Whatever goes wrong is a problem document; bad input is never an error of ours."""

import json
from typing import Any

import pytest

from portfolio import create_app
from tests.support.run import SETTINGS

NUL, HALF_A_PAIR = "a\0b", "\ud800"
NEW = {"code": "X", "name": "X", "kind": "other"}
PERSON = {"name": "Paula"}
WEEK, SHARE = {"from_week": "2026-W49"}, {"from_week": "2026-W49", "share": 60}


def _problem(answer: Any) -> tuple[int, str]:
    content = answer.get_json()
    assert answer.mimetype == "application/problem+json"
    assert content["status"] == answer.status_code
    assert content["title"]
    assert content["detail"]
    return answer.status_code, content["type"].rpartition("/")[2]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("nothing", (404, "not-found")),
        ("persons/999999", (404, "not-found")),
        ("persons/99999999999999999999", (404, "not-found")),
        ("persons/abc", (404, "not-found")),
        ("persons/", (404, "not-found")),
        ("/api/v2/persons", (404, "not-found")),
    ],
)
def test_what_is_not_there(cast: Any, api: Any, path: str, expected: Any) -> None:
    assert _problem(api(cast.carla).get(path)) == expected


def test_method_that_does_not_exist(cast: Any, api: Any) -> None:
    answer = api(cast.carla).delete("persons")
    assert _problem(answer) == (405, "method-not-allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_body_too_large(cast: Any, api: Any) -> None:
    assert _problem(api(cast.anton).post("organisations", " " * 3_000_000)) == (413, "too-large")


def test_body_that_is_no_json(cast: Any, api: Any) -> None:
    form = api(cast.anton)._client.post(
        "/api/v1/organisations", data=NEW, headers={"Authorization": f"Bearer {api(cast.anton)._token}"}
    )
    assert _problem(form) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"x"', "[" * 100_000, '{"code": NaN}', '{"code": 1e999}', b"\xff\xfe", b"\xef\xbb\xbf{}"],
)
def test_malformed_body_is_bad_input(cast: Any, api: Any, body: str | bytes) -> None:
    assert _problem(api(cast.anton).post("organisations", body)) == (422, "invalid")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", None),
        ("code", 7),
        ("code", ""),
        ("code", "  "),
        ("code", "x" * 41),
        ("code", NUL),
        ("code", HALF_A_PAIR),
        ("name", ["x"]),
        ("name", "x" * 201),
        ("kind", "ministry"),
        ("kind", None),
        ("kind", 1),
        ("valid_from", "23.11.2026"),
        ("valid_from", "2026-02-30"),
        ("valid_from", "20261123"),
        ("valid_from", "2026-11-23T00:00:00Z"),
        ("valid_from", "9999-12-31"),
        ("valid_from", 20261123),
        ("successor_id", 0),
        ("successor_id", -1),
        ("successor_id", 2**31),
        ("successor_id", 10**30),
        ("successor_id", 1.5),
        ("successor_id", "1"),
        ("successor_id", True),
        ("successor_id", 999_999),
        ("id", 1),
        ("version", 1),
        ("sort_key", "x"),
    ],
)
def test_bad_field_is_named(cast: Any, api: Any, field: str, value: Any) -> None:
    answer = api(cast.anton).post("organisations", NEW | {field: value})
    assert _problem(answer) == (422, "invalid")
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
    assert answer.get_json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ("x", "pool_shares"),
        ([1], "pool_shares.0"),
        ([SHARE, WEEK], "pool_shares.1.share"),
        ([SHARE | {"share": 101}], "pool_shares.0.share"),
        ([SHARE | {"share": -1}], "pool_shares.0.share"),
        ([SHARE | {"from_week": "2026-W54"}], "pool_shares.0.from_week"),
        ([SHARE | {"from_week": "2027-W53"}], "pool_shares.0.from_week"),
        ([SHARE | {"from_week": "1999-W52"}], "pool_shares.0.from_week"),
        ([SHARE | {"from_week": "KW 49/2026"}], "pool_shares.0.from_week"),
        ([SHARE | {"from_week": 202649}], "pool_shares.0.from_week"),
        ([SHARE | {"id": 1}], "pool_shares.0.id"),
        ([SHARE | {"to_week": "2026-W48"}], "pool_shares"),
        ([SHARE, SHARE], "pool_shares"),
        ([SHARE] * 501, "pool_shares"),
    ],
)
def test_bad_row_is_named_by_its_path(cast: Any, api: Any, rows: Any, field: str) -> None:
    answer = api(cast.carla).post("persons", PERSON | {"pool_shares": rows})
    assert _problem(answer) == (422, "invalid")
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_all_faults_are_told_at_once(cast: Any, api: Any) -> None:
    answer = api(cast.anton).post("organisations", {"kind": 1, "foo": 2})
    assert {error["field"] for error in answer.get_json()["errors"]} == {"code", "name", "kind", "foo"}


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=-1", "page=99999999999", "per_page=501", "per_page=0", "per_page=", "foo=1", "q=%00"],
)
def test_bad_query(cast: Any, api: Any, query: str) -> None:
    assert _problem(api(cast.carla).get(f"persons?{query}")) == (422, "invalid")


def test_language_is_that_of_the_request(cast: Any, api: Any) -> None:
    german = api(cast.mia).post("organisations", NEW)
    english = api(cast.mia).post("organisations", NEW, Accept_Language="en")
    assert german.get_json()["detail"] == "Dazu haben Sie keine Berechtigung."
    assert english.get_json()["status"] == 403


def test_refused_writes_leave_nothing_behind(cast: Any, api: Any) -> None:
    before = api(cast.carla).get("persons").get_json()
    refused = PERSON | {"pool_shares": [SHARE], "skills": [{"skill_id": 999, "level": 1}]}
    assert api(cast.carla).post("persons", refused).status_code == 422
    assert api(cast.carla).get("persons").get_json() == before


def test_numbers_without_a_fraction_are_whole(cast: Any, api: Any) -> None:
    body = json.dumps(PERSON | {"contract_share": 50}).replace("50", "50.0")
    assert api(cast.carla).post("persons", body).get_json()["contract_share"] == 50


def test_database_away_is_said_so() -> None:
    """A database file in a folder that does not exist."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite:////nowhere/at/all.db"})
    answer = app.test_client().get("/api/v1/persons", headers={"Authorization": "Bearer any"})
    assert _problem(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"]
