"""Requests: drafts, steps, the conversation, and the wall between ministries."""

from typing import Any

import pytest

from portfolio.support.models import RequestState
from portfolio.web import clock
from tests import factories

_D, _S, _Q, _C, _A, _P, _R, _W = RequestState
OPEN_BY_STEP = {
    "submit": {_D},
    "withdraw": {_D, _S, _Q, _C},
    "ask": {_S},
    "answer": {_Q},
    "accept": {_S},
    "counter": {_S},
    "agree": {_C},
    "decline": {_C},
    "reject": {_S},
}
BY_MINISTRY = {"submit", "withdraw", "answer", "agree", "decline"}


def _need(cast: Any, **values: Any) -> dict[str, Any]:
    window = {"from_week": "2026-W49", "to_week": "2027-W07"}
    return {"skill_id": cast.fim.id, "level": 2, "share": 40} | window | values


def _body(cast: Any, step: str) -> dict[str, Any]:
    text = {"text": "Weil das so ist."}
    if step in ("submit", "withdraw", "agree"):
        return {}
    if step == "accept":
        return {"lead_id": cast.lea_person.id}
    return text | ({"needs": [_need(cast)]} if step == "counter" else {})


def test_draft_created_read_and_changed(cast: Any, api: Any) -> None:
    mia, service = api(cast.mia), factories.service()
    created = mia.post("requests", {"title": "Kita", "service_ids": [service.id], "needs": [_need(cast)]})
    address, draft = created.headers["Location"], created.get_json()
    assert (created.status_code, draft["organisation_id"], draft["service_ids"]) == (
        201,
        cast.education.id,
        [service.id],
    )
    volume = _need(cast, kind="volume", person_days=20)
    changed = mia.patch(address, {"needs": [volume, _need(cast)]}, version=draft["version"]).get_json()
    assert [need["person_days"] for need in changed["needs"]] == [20, None]
    assert (changed["title"], changed["service_ids"]) == ("Kita", [service.id])
    assert mia.get(address).get_json() == changed


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("organisation_id", 2, "organisation_id"),
        ("organisation_id", 999, "organisation_id"),
        ("state", "submitted", "state"),
        ("project_id", 1, "project_id"),
        ("service_ids", [999], "service_ids"),
        ("service_ids", [2**31], "service_ids.0"),
        ("to_week", "2026-W01", "to_week"),
        ("deadline", "2026-W49", "deadline"),
        ("needs", [{"level": 2}], "needs.0.skill_id"),
        ("needs", [{"skill_id": 999}], "needs.0.skill_id"),
        ("needs", [{"to_week": "2026-W01"}], "needs.0.to_week"),
        ("needs", [{"kind": "volume"}], "needs.0.person_days"),
        ("needs", [{"project_id": 1}], "needs.0.project_id"),
    ],
)
def test_bad_field(cast: Any, api: Any, field: str, value: Any, at: str) -> None:
    whole = {key: each for key, each in _need(cast).items() if at != "needs.0.skill_id" or key != "skill_id"}
    value = [whole | row for row in value] if field == "needs" else value
    answer = api(cast.mia).post("requests", {"title": "X", "from_week": "2026-W49", field: value})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, at)


def test_incomplete_draft_is_not_submitted(cast: Any, api: Any) -> None:
    draft = api(cast.mia).post("requests", {"title": "Kita"})
    answer = api(cast.mia).post(f"{draft.headers['Location']}/submit")
    named = {error["field"] for error in answer.get_json()["errors"]}
    assert (answer.status_code, named) == (422, {"description", "from_week", "to_week", "needs"})


@pytest.mark.parametrize("step", OPEN_BY_STEP)
def test_state_allows_the_step_or_is_a_conflict(cast: Any, api: Any, step: str) -> None:
    user = api(cast.mia if step in BY_MINISTRY else cast.carla)
    for state in RequestState:
        submitted_at = None if state is _D else clock.now()
        request = factories.support_request(cast.education, needs=[cast.fim], state=state, submitted_at=submitted_at)
        expected = 200 if state in OPEN_BY_STEP[step] else 409
        if state is _D and step not in BY_MINISTRY:
            expected = 404  # a draft is the ministry's alone
        assert user.post(f"requests/{request.id}/{step}", _body(cast, step)).status_code == expected, state


@pytest.mark.parametrize("step", OPEN_BY_STEP)
def test_who_takes_the_step(cast: Any, api: Any, step: str) -> None:
    request = factories.support_request(
        cast.education, needs=[cast.fim], state=next(iter(OPEN_BY_STEP[step] - {_D}), _S)
    )
    decider = "mia" if step in BY_MINISTRY else "carla"
    expected = {
        "carla": 403,
        "mia": 403,
        "konrad": 403,
        "otto": 404,
        "lea": 404,
        "paul": 404,
        "rita": 404,
        "anton": 404,
    }
    for name, status in expected.items():
        if name != decider:
            answer = api(cast.users[name]).post(f"requests/{request.id}/{step}", _body(cast, step))
            assert answer.status_code == status, name


@pytest.mark.parametrize("step", ["ask", "reject", "counter"])
def test_step_that_needs_a_text(cast: Any, api: Any, step: str) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_S)
    body = _body(cast, step)
    for bad in ({}, {"text": " "}, {"text": None}, {"text": 1}):
        answer = api(cast.carla).post(f"requests/{request.id}/{step}", body | bad if bad else {})
        assert answer.status_code == 422, bad


def test_version_of_a_step_is_checked_if_sent(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_S)
    path = f"requests/{request.id}/ask"
    assert api(cast.carla).post(path, {"text": "Wann?"}, version=7).status_code == 412
    assert api(cast.carla).post(path, {"text": "Wann?"}, version=request.version).status_code == 200


def test_offer_taken(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_S)
    offer = {"needs": [_need(cast, share=20)], "text": "Ab Januar."}
    offered = api(cast.carla).post(f"requests/{request.id}/counter", offer).get_json()
    assert (offered["state"], offered["needs"][0]["share"], offered["offered_needs"][0]["share"]) == (_C, 40, 20)
    agreed = api(cast.mia).post(f"requests/{request.id}/agree").get_json()
    assert (agreed["state"], [need["share"] for need in agreed["needs"]], agreed["offered_needs"]) == (_S, [20], [])


def test_accepted_in_part(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim, cast.fim], state=_S)
    body = {"lead_id": cast.lea_person.id, "need_ids": [request.needs[0].id]}
    answer = api(cast.carla).post(f"requests/{request.id}/accept", body).get_json()
    assert (answer["state"], [need["accepted"] for need in answer["needs"]]) == (_P, [True, False])
    assert len(api(cast.carla).items(f"needs?project_id={answer['project_id']}")) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "lead_id"), ({"lead_id": 999}, "lead_id"), ({"need_ids": []}, "need_ids"), ({"need_ids": [999]}, "need_ids")],
)
def test_bad_acceptance(cast: Any, api: Any, body: Any, field: str) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_S)
    full = ({} if field == "lead_id" else {"lead_id": cast.lea_person.id}) | body
    answer = api(cast.carla).post(f"requests/{request.id}/accept", full)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


def test_step_repeated_under_its_key_is_taken_once(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_S)
    body = {"lead_id": cast.lea_person.id}
    first, repeat = (api(cast.carla).post(f"requests/{request.id}/accept", body, Idempotency_Key="k") for _ in range(2))
    assert (first.status_code, repeat.data) == (200, first.data)
    without = api(cast.carla).post(f"requests/{request.id}/accept", body)
    assert without.status_code == 409


def test_refusal_is_repeated_under_its_key(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=_Q)
    path, body = f"requests/{request.id}/accept", {"lead_id": cast.lea_person.id}
    first = api(cast.carla).post(path, body, Idempotency_Key="k")
    api(cast.mia).post(f"requests/{request.id}/answer", {"text": "Ja."})
    repeat = api(cast.carla).post(path, body, Idempotency_Key="k")
    assert (first.status_code, repeat.status_code, repeat.data) == (409, 409, first.data)


def test_comments(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, state=_S)
    path = f"requests/{request.id}/comments"
    said = api(cast.mia).post(path, {"text": "Eilt."})
    comment = said.get_json()
    assert (said.status_code, comment["author"], comment["kind"]) == (201, cast.mia.name, "comment")
    assert comment["at"].endswith("Z")
    assert api(cast.carla).items(path) == [comment]
    assert api(cast.konrad).post(path, {"text": "Ich lese nur."}).status_code == 403
    for method in (api(cast.otto).get, lambda at: api(cast.otto).post(at, {"text": "Hallo"})):
        assert method(path).status_code == 404
    assert api(cast.otto).get(said.headers["Location"]).status_code == 404


def test_ministries_find_nothing_of_each_other(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education, "Geheimes Vorhaben", state=_S)
    otto = api(cast.otto)
    empty = otto.get("requests").get_json()
    assert (empty["total"], empty["items"]) == (0, [])
    for query in (f"organisation_id={cast.education.id}", "organisation_id=999", "q=geheim", "state=submitted"):
        assert otto.get(f"requests?{query}").get_json() == empty, query
    for method, path in (("get", ""), ("patch", ""), ("post", "/submit"), ("post", "/comments")):
        body = () if method == "get" else ({},)
        foreign = getattr(otto, method)(f"requests/{request.id}{path}", *body)
        missing = getattr(otto, method)(f"requests/999999{path}", *body)
        assert (foreign.status_code, foreign.data) == (404, missing.data), path


def test_drafts_are_the_ministrys_alone(cast: Any, api: Any) -> None:
    request = factories.support_request(cast.education)
    assert api(cast.mia).get(f"requests/{request.id}").status_code == 200
    assert api(cast.carla).get(f"requests/{request.id}").status_code == 404
    assert api(cast.konrad).items("requests") == []
