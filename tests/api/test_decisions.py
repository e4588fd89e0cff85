"""Deciding over the API keeps the same record as a page does; what is new there is optional."""

from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.support.models import Decision, Outcome, RequestState, Rule, SupportRequest
from tests import factories
from tests.cast import Cast


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    return factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)


def test_accepting_with_a_lead_alone_keeps_a_record(cast: Cast, request_of_mia: SupportRequest, api: Any) -> None:
    answer = api(cast.carla).post(f"requests/{request_of_mia.id}/accept", {"lead_id": cast.lea_person.id})

    assert answer.status_code == 200
    decision = db.session.query(Decision).one()
    assert (decision.outcome, decision.rule, decision.reason) == (Outcome.ACCEPTED, Rule.NONE, "")
    assert decision.decided_by_id == cast.carla.id


def test_accepting_takes_rule_and_reason(cast: Cast, request_of_mia: SupportRequest, api: Any) -> None:
    why = {"rule": "value", "reason": "Nützt am meisten."}

    api(cast.carla).post(f"requests/{request_of_mia.id}/accept", {"lead_id": cast.lea_person.id} | why)

    decision = db.session.query(Decision).one()
    assert (decision.rule, decision.reason) == (Rule.VALUE, "Nützt am meisten.")


def test_rejecting_and_offering_take_a_rule(cast: Cast, request_of_mia: SupportRequest, api: Any) -> None:
    offer = {"skill_id": cast.fim.id, "level": 2, "share": 20, "from_week": "2027-W02", "to_week": "2027-W20"}
    carla, mia, path = api(cast.carla), api(cast.mia), f"requests/{request_of_mia.id}"

    carla.post(f"{path}/counter", {"needs": [offer], "text": "Später.", "rule": "capacity"})
    mia.post(f"{path}/decline", {"text": "Zu spät."})
    carla.post(f"{path}/reject", {"text": "Schon vergeben.", "rule": "legal_deadline"})

    kept = [(each.outcome, each.rule, each.reason) for each in db.session.query(Decision).order_by(Decision.number)]
    assert kept == [
        (Outcome.COUNTER_OFFERED, Rule.CAPACITY, "Später."),
        (Outcome.REJECTED, Rule.LEGAL_DEADLINE, "Schon vergeben."),
    ]


def test_unknown_rule_is_refused(cast: Cast, request_of_mia: SupportRequest, api: Any) -> None:
    answer = api(cast.carla).post(f"requests/{request_of_mia.id}/reject", {"text": "Nein.", "rule": "mood"})

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "rule"
    assert db.session.query(Decision).count() == 0
