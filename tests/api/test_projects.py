"""Projects, milestones and forecasts, and who reaches them."""

from datetime import date
from typing import Any

import pytest

from portfolio.web import clock
from tests import factories

NEW = {"title": "Wohngeld digital", "start": "2026-11-30", "end": "2027-11-28"}


def test_created_read_and_changed(cast: Any, api: Any) -> None:
    carla, link = api(cast.carla), {"service_id": factories.service().id, "maturity_now": 1, "maturity_target": 3}
    created = carla.post("projects", NEW | {"organisation_id": cast.education.id, "service_links": [link]})
    address, project = created.headers["Location"], created.get_json()
    assert (created.status_code, project["service_links"]) == (
        201,
        [link | {"model": "1.1", "as_of": clock.today().isoformat()}],
    )
    assert project["code"].startswith("OZG-")
    changed = carla.patch(address, {"phase": "pilot", "priority": 1, "service_links": []}, version=1).get_json()
    assert (changed["phase"], changed["priority"], changed["service_links"]) == ("pilot", 1, [])
    assert (changed["title"], changed["version"]) == (project["title"], carla.get(address).get_json()["version"])


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("end", "2026-11-29", "end"),
        ("organisation_id", 999, "organisation_id"),
        ("lead_id", 999, "lead_id"),
        ("phase", "done", "phase"),
        ("priority", 5, "priority"),
        ("title", " ", "title"),
        ("service_links", [{"service_id": 999}], "service_links"),
        ("service_links", [{"service_id": 1, "model": "3.0"}], "service_links.0.model"),
        ("delivery_model", "efa", "delivery_model"),
        ("implementing_state", "HH", "implementing_state"),
        ("sdg_code", "R1", "sdg_code"),
        ("technical_basis_ids", [999], "technical_basis_ids"),
    ],
)
def test_bad_field(cast: Any, api: Any, field: str, value: Any, at: str) -> None:
    answer = api(cast.carla).post("projects", NEW | {"organisation_id": cast.education.id} | {field: value})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, at)


def test_particulars(cast: Any, api: Any) -> None:
    carla, address = api(cast.carla), f"projects/{cast.project.id}"
    basis = carla.post("technical-bases", {"name": "ThAVEL"}).get_json()["id"]
    wanted = {"delivery_model": "efa_own", "implementing_state": "TH", "sdg_relevant": True, "sdg_code": "R1"}
    wanted |= {"fim_data": "released", "mandated_on": "2026-11-02", "technical_basis_ids": [basis]}
    assert carla.patch(address, wanted, version=1).get_json().items() >= wanted.items()
    kept = carla.patch(address, {"goal": "Neu"}, version=carla.get(address).get_json()["version"]).get_json()
    assert kept.items() >= wanted.items()


@pytest.mark.parametrize(("name", "status"), [("anton", 201), ("lea", 403), ("mia", 403), ("rita", 403)])
def test_who_changes_the_technical_bases(cast: Any, api: Any, name: str, status: int) -> None:
    assert api(cast.users[name]).post("technical-bases", {"name": "ThAVEL"}).status_code == status
    assert api(cast.users[name]).get("technical-bases").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?organisation_id={education}", 1),
        ("?phase=implementation", 2),
        ("?phase=pilot", 0),
        ("?lead_id={lead}", 1),
        ("?q=kita fach", 1),
        ("?q=ozg-2026-002", 1),
    ],
)
def test_filters(cast: Any, api: Any, query: str, found: int) -> None:
    path = "projects" + query.format(education=cast.education.id, lead=cast.lea_person.id)
    assert api(cast.carla).get(path).get_json()["total"] == found


@pytest.mark.parametrize(
    ("name", "seen"), [("carla", 2), ("konrad", 1), ("lea", 1), ("paul", 1), ("mia", 1), ("otto", 1)]
)
def test_rows_by_role(cast: Any, api: Any, name: str, seen: int) -> None:
    assert len(api(cast.users[name]).items("projects")) == seen


@pytest.mark.parametrize("name", ["rita", "anton"])
def test_no_projects_for_auditor_and_administration(cast: Any, api: Any, name: str) -> None:
    assert api(cast.users[name]).get("projects").status_code == 403
    assert api(cast.users[name]).get(f"projects/{cast.project.id}").status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [("carla", 200), ("lea", 200), ("konrad", 403), ("paul", 403), ("mia", 403), ("otto", 404), ("rita", 404)],
)
def test_who_changes_a_project(cast: Any, api: Any, name: str, status: int) -> None:
    answer = api(cast.users[name]).patch(f"projects/{cast.project.id}", {"goal": "Neu"}, version=1)
    assert answer.status_code == status


def test_lead_hands_the_project_to_nobody(cast: Any, api: Any) -> None:
    for field, value in (("lead_id", None), ("coordinator_id", None), ("organisation_id", cast.finance.id)):
        answer = api(cast.lea).patch(f"projects/{cast.project.id}", {field: value}, version=1)
        assert answer.status_code == 403, field


@pytest.mark.parametrize(
    ("name", "status"),
    [("carla", 201), ("konrad", 201), ("lea", 201), ("paul", 403), ("mia", 403), ("otto", 404), ("anton", 404)],
)
def test_who_adds_milestones(cast: Any, api: Any, name: str, status: int) -> None:
    body = {"title": "Pilot", "planned_date": "2027-03-01"}
    answer = api(cast.users[name]).post(f"projects/{cast.project.id}/milestones", body)
    assert answer.status_code == status


def test_milestone_changed_and_removed_at_both_addresses(cast: Any, api: Any) -> None:
    lea, milestone = api(cast.lea), factories.milestone(cast.project)
    below, direct = f"projects/{cast.project.id}/milestones/{milestone.id}", f"milestones/{milestone.id}"
    assert lea.get(below).get_json() == lea.get(direct).get_json()
    assert lea.patch(direct, {"title": "Neu"}, version=1).get_json()["title"] == "Neu"
    assert lea.patch(below, {"title": "Alt"}, version=1).status_code == 412
    assert lea.delete(below, version=2).status_code == 204
    assert lea.get(direct).status_code == 404


def test_milestone_of_another_project_is_not_found(cast: Any, api: Any) -> None:
    milestone = factories.milestone(cast.foreign_project)
    assert api(cast.carla).get(f"projects/{cast.project.id}/milestones/{milestone.id}").status_code == 404
    assert api(cast.lea).get(f"milestones/{milestone.id}").status_code == 404
    assert api(cast.lea).get(f"milestones/{milestone.id}/forecasts").status_code == 404


def test_only_the_latest_forecast_changes(cast: Any, api: Any) -> None:
    milestone = factories.milestone(cast.project)
    early = factories.forecast(milestone, date(2026, 12, 31), date(2027, 12, 1))
    late = factories.forecast(milestone, date(2027, 1, 31), date(2027, 12, 15))
    path = f"milestones/{milestone.id}/forecasts"
    refused = api(cast.lea).patch(f"{path}/{early.id}", {"date": "2027-11-01"}, version=1)
    assert (refused.status_code, refused.get_json()["type"].rpartition("/")[2]) == (409, "conflict")
    assert api(cast.lea).patch(f"{path}/{late.id}", {"date": "2027-12-20"}, version=1).status_code == 200
    assert api(cast.lea).delete(f"{path}/{late.id}", version=2).status_code == 204
    assert [each["id"] for each in api(cast.mia).items(path)] == [early.id]


def test_reaching_a_milestone(cast: Any, api: Any) -> None:
    milestone = factories.milestone(cast.project)
    path = f"milestones/{milestone.id}"
    future = api(cast.lea).patch(path, {"reached_on": "2099-01-01"}, version=1)
    assert future.get_json()["errors"][0]["field"] == "reached_on"
    assert api(cast.lea).patch(path, {"reached_on": "2026-01-05"}, version=1).status_code == 200
