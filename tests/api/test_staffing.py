"""Needs and assignments: fields and rows by role, what refuses, what only warns."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.projects.models import Phase
from portfolio.staffing.models import AssignmentState
from tests import factories

WINDOW = {"from_week": "2026-W49", "to_week": "2027-W07"}


def _need(cast: Any, **values: Any) -> dict[str, Any]:
    return {"project_id": cast.project.id, "skill_id": cast.fim.id, "level": 2, "share": 40} | WINDOW | values


def _booking(cast: Any, **values: Any) -> dict[str, Any]:
    return {"person_id": cast.lea_person.id, "project_id": cast.project.id, "share": 40} | WINDOW | values


def test_need_created_read_changed_and_removed(cast: Any, api: Any) -> None:
    carla = api(cast.carla)
    created = carla.post("needs", _need(cast))
    address, need = created.headers["Location"], created.get_json()
    assert (created.status_code, need["kind"], need["priority"], need["covered"]) == (201, "steady", 3, 0)
    changed = carla.patch(address, {"share": 60, "mandatory": True}, version=1).get_json()
    assert (changed["share"], changed["mandatory"], changed["level"]) == (60, True, 2)
    assert carla.delete(address, version=2).status_code == 204
    assert carla.get(address).status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"share": 101}, "share"),
        ({"share": 0}, "share"),
        ({"level": 5}, "level"),
        ({"kind": "volume"}, "person_days"),
        ({"kind": "volume", "person_days": 0}, "person_days"),
        ({"to_week": "2026-W48"}, "to_week"),
        ({"skill_id": 999}, "skill_id"),
        ({"project_id": 999}, "project_id"),
        ({"priority": 0}, "priority"),
        ({"mandatory": 1}, "mandatory"),
        ({"covered": 1}, "covered"),
    ],
)
def test_bad_need(cast: Any, api: Any, values: Any, field: str) -> None:
    answer = api(cast.carla).post("needs", _need(cast, **values))
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("name", "status"),
    [("carla", 201), ("konrad", 201), ("lea", 201), ("paul", 403), ("mia", 403), ("rita", 403), ("anton", 403)],
)
def test_who_creates_needs(cast: Any, api: Any, name: str, status: int) -> None:
    assert api(cast.users[name]).post("needs", _need(cast)).status_code == status


def test_need_of_a_foreign_project_is_as_of_none(cast: Any, api: Any) -> None:
    foreign = api(cast.lea).post("needs", _need(cast, project_id=cast.foreign_project.id))
    missing = api(cast.lea).post("needs", _need(cast, project_id=999))
    assert (foreign.status_code, foreign.data) == (422, missing.data)


def test_lead_changes_a_need_until_it_is_staffed(cast: Any, api: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    assert api(cast.lea).patch(f"needs/{need.id}", {"share": 50}, version=1).status_code == 200
    factories.assignment(cast.lea_person, cast.project, need_id=need.id)
    assert api(cast.lea).patch(f"needs/{need.id}", {"share": 60}, version=2).status_code == 409
    assert api(cast.konrad).patch(f"needs/{need.id}", {"share": 60}, version=2).status_code == 200


def test_coverage_tells_a_ministry_no_shares(cast: Any, api: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.lea_person, cast.project, need_id=need.id, share=20)
    assert 0 < api(cast.lea).get(f"needs/{need.id}").get_json()["covered"] <= 0.5
    assert api(cast.mia).get(f"needs/{need.id}").get_json()["covered"] is None
    assert api(cast.otto).get(f"needs/{need.id}").status_code == 404


def test_assignment_created_read_changed_and_removed(cast: Any, api: Any) -> None:
    carla = api(cast.carla)
    created = carla.post("assignments", _booking(cast))
    address, booking = created.headers["Location"], created.get_json()
    assert (created.status_code, booking["state"], booking["form"]) == (201, "proposed", "matrix")
    changed = carla.patch(address, {"share": 10}, version=1).get_json()
    assert (changed["share"], changed["version"], len(changed["warnings"])) == (10, 2, 1)
    assert carla.delete(address, version=2).status_code == 204


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"person_id": 999}, "person_id"),
        ({"project_id": 999}, "project_id"),
        ({"need_id": 999}, "need_id"),
        ({"share": 0}, "share"),
        ({"to_week": "2026-W01"}, "to_week"),
        ({"state": "done"}, "state"),
        ({"form": "loan"}, "form"),
        ({"warnings": []}, "warnings"),
        ({"agreed_on": "2026-11-01"}, "agreed_on"),
        ({"override_reason": "x" * 1001}, "override_reason"),
    ],
)
def test_bad_assignment(cast: Any, api: Any, values: Any, field: str) -> None:
    answer = api(cast.carla).post("assignments", _booking(cast, **values))
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("name", ["konrad", "lea", "paul", "mia", "rita", "anton"])
def test_only_the_cio_office_assigns(cast: Any, api: Any, name: str) -> None:
    assert api(cast.users[name]).post("assignments", _booking(cast)).status_code == 403


@pytest.mark.parametrize(
    ("name", "seen", "share"),
    [("carla", 1, 50), ("konrad", 1, 50), ("lea", 1, 50), ("paul", 1, 50), ("mia", 1, None), ("otto", 0, None)],
)
def test_rows_and_share_by_role(cast: Any, api: Any, name: str, seen: int, share: int | None) -> None:
    items = api(cast.users[name]).items("assignments")
    assert (len(items), {each["share"] for each in items}) == (seen, {share} if seen else set())
    assert all((each["warnings"] is None) == (share is None) for each in items)


def test_closed_project_takes_no_assignment(cast: Any, api: Any) -> None:
    cast.project.phase = Phase.COMPLETED
    answer = api(cast.carla).post("assignments", _booking(cast))
    assert (answer.status_code, answer.get_json()["type"].rpartition("/")[2]) == (409, "conflict")


def test_home_authority_agrees_with_date_and_reference(cast: Any, api: Any) -> None:
    requested = factories.assignment(cast.paul_person, cast.project, share=20, state=AssignmentState.REQUESTED)
    path, otto = f"assignments/{requested.id}", api(cast.otto)
    assert otto.patch(path, {"state": "agreed"}, version=1).status_code == 422
    assert otto.patch(path, {"share": 10}, version=1).status_code == 403
    body = {"state": "agreed", "agreed_on": "2026-11-02", "reference": "Az. 12/26"}
    agreed = otto.patch(path, body, version=1).get_json()
    assert (agreed["state"], agreed["agreed_on"], agreed["reference"], agreed["share"]) == (*body.values(), None)


def test_agreement_belongs_to_its_step(cast: Any, api: Any) -> None:
    requested = factories.assignment(cast.paul_person, cast.project, share=20, state=AssignmentState.REQUESTED)
    answer = api(cast.carla).patch(f"assignments/{requested.id}", {"agreed_on": "2026-11-02"}, version=1)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "agreed_on")


def test_step_the_state_does_not_allow(cast: Any, api: Any) -> None:
    ended = factories.assignment(cast.paul_person, cast.project, share=20, state=AssignmentState.ENDED)
    answer = api(cast.carla).patch(f"assignments/{ended.id}", {"state": "confirmed"}, version=1)
    assert (answer.status_code, answer.get_json()["type"].rpartition("/")[2]) == (409, "conflict")


@pytest.mark.parametrize("query", ["person_id={person}", "project_id={project}", "state=confirmed"])
def test_filters(cast: Any, api: Any, query: str) -> None:
    path = "assignments?" + query.format(person=cast.paul_person.id, project=cast.project.id)
    assert len(api(cast.carla).items(path)) == 1
    assert api(cast.otto).items(path) == []


def test_bookings_at_the_same_moment_share_what_is_free(cast: Any, api: Any) -> None:
    clients = [api(cast.carla) for _ in range(8)]
    body = _booking(cast, share=60)
    db.session.commit()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda client: client.post("assignments", body), clients))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    refused = [answer.get_json() for answer in answers if answer.status_code == 409]
    assert {(each["type"].rpartition("/")[2], each["weeks"][0]["booked"]) for each in refused} == {("overbooked", 60)}
