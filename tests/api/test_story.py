"""The main story through the API alone: from a ministry's request to a staffed project."""

from typing import Any

FIRST, LAST = "2026-W49", "2027-W07"


def test_from_request_to_staffed_project(cast: Any, api: Any) -> None:
    carla, mia, lea = api(cast.carla), api(cast.mia), api(cast.lea)
    request = _file_request(mia, cast)
    project = _accept(carla, request, cast)
    (need,) = carla.items(f"needs?project_id={project['id']}&open=true")
    assert (need["skill_id"], need["covered"]) == (cast.fim.id, 0)
    assignment = _assign(carla, need, cast)
    assert carla.items(f"needs?project_id={project['id']}&open=true") == []
    assert 0 < carla.get(f"needs/{need['id']}").get_json()["covered"] <= 1
    _overbook(carla, assignment)
    _report_dates(lea, project)
    _read_capacity(carla, cast)
    assert [each["id"] for each in mia.items("projects")] == [cast.project.id, project["id"]]


def _file_request(mia: Any, cast: Any) -> Any:
    need = {"skill_id": cast.fim.id, "level": 2, "share": 40, "from_week": FIRST, "to_week": LAST}
    body = {"title": "Kita-Antrag", "description": "Online.", "from_week": FIRST, "to_week": LAST, "needs": [need]}
    draft = mia.post("requests", body)
    assert (draft.status_code, draft.get_json()["state"]) == (201, "draft")
    submitted = mia.post(f"{draft.headers['Location']}/submit")
    assert (submitted.status_code, submitted.get_json()["state"]) == (200, "submitted")
    return submitted.get_json()


def _accept(carla: Any, request: Any, cast: Any) -> Any:
    answer = carla.post(f"requests/{request['id']}/accept", {"lead_id": cast.lea_person.id})
    accepted = answer.get_json()
    assert (answer.status_code, accepted["state"], accepted["needs"][0]["accepted"]) == (200, "accepted", True)
    project = carla.get(f"projects/{accepted['project_id']}").get_json()
    assert (project["phase"], project["lead_id"]) == ("preparation", cast.lea_person.id)
    assert project["coordinator_id"] == cast.konrad_person.id
    assert carla.items(f"projects/{project['id']}/milestones") == []
    return project


def _assign(carla: Any, need: Any, cast: Any) -> Any:
    body = {key: need[key] for key in ("project_id", "share", "from_week", "to_week")}
    answer = carla.post("assignments", body | {"person_id": cast.paul_person.id, "need_id": need["id"]})
    assert (answer.status_code, answer.get_json()["state"]) == (201, "proposed")
    assert answer.get_json()["warnings"] == []
    return answer.get_json()


def _overbook(carla: Any, assignment: Any) -> None:
    """Paul has 50 % elsewhere and 40 % here: 20 % more is too much, unless the CIO office says why."""
    more = {key: assignment[key] for key in ("person_id", "project_id", "from_week", "to_week")} | {"share": 20}
    refused = carla.post("assignments", more)
    assert (refused.status_code, refused.get_json()["type"].rpartition("/")[2]) == (409, "overbooked")
    weeks = refused.get_json()["weeks"]
    assert (len(weeks), weeks[0]) == (12, {"week": FIRST, "pool_share": 100, "booked": 90, "requested": 20})
    allowed = carla.post("assignments", more | {"override_reason": "Kabinettstermin"})
    assert allowed.status_code == 201
    assert allowed.get_json()["warnings"]


def _report_dates(lea: Any, project: Any) -> None:
    milestone = lea.post(f"projects/{project['id']}/milestones", {"title": "Start", "planned_date": "2027-02-01"})
    forecasts = f"milestones/{milestone.get_json()['id']}/forecasts"
    for reported, expected in (("2026-12-31", "2027-02-15"), ("2027-01-31", "2027-03-01")):
        assert lea.post(forecasts, {"reporting_date": reported, "date": expected}).status_code == 201
    late = lea.post(forecasts, {"reporting_date": "2027-02-28", "date": "2027-02-01"})
    again = lea.post(forecasts, {"reporting_date": "2027-01-31", "date": "2027-04-01"})
    assert (late.status_code, again.status_code) == (422, 409)
    assert lea.get(milestone.headers["Location"]).get_json()["forecast_date"] == "2027-03-01"


def _read_capacity(carla: Any, cast: Any) -> None:
    capacity = carla.get(f"capacity?from_week={FIRST}&weeks=13").get_json()
    paul = next(person for person in capacity["persons"] if person["id"] == cast.paul_person.id)
    assert (capacity["weeks"][0], len(capacity["weeks"])) == (FIRST, 13)
    assert (paul["name"], paul["pool_share"][0], paul["booked"]) == ("Paul Pohl", 100, [110] * 12 + [0])
    assert paul["delivered_hours"][0] == 44.0
