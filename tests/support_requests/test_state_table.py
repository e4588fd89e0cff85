"""Every step in every state: it leads where rights.md says, or nowhere and leaves everything as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.support import services
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.problems import WrongState
from portfolio.support.services import Acceptance, RequestData, RequestNeedData
from tests import factories
from tests.cast import Cast

Step = Callable[[SupportRequest, Cast], Any]

LEADS_TO = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "ask"): "question",
    ("submitted", "accept"): "accepted",
    ("submitted", "accept_some"): "partly_accepted",
    ("submitted", "counter"): "counter_offered",
    ("submitted", "reject"): "rejected",
    ("submitted", "withdraw"): "withdrawn",
    ("question", "answer"): "submitted",
    ("question", "withdraw"): "withdrawn",
    ("counter_offered", "agree"): "submitted",
    ("counter_offered", "decline"): "submitted",
    ("counter_offered", "withdraw"): "withdrawn",
}


def offered(request: SupportRequest) -> tuple[RequestNeedData, ...]:
    asked = request.needs[0]
    weeks = {"from_week": asked.from_week + 2, "to_week": asked.to_week + 2}
    return (RequestNeedData(skill_id=asked.skill_id, level=2, share=20, **weeks),)


def some(request: SupportRequest, cast: Cast) -> Acceptance:
    return Acceptance(lead_id=cast.lea_person.id, need_ids=(request.needs[0].id,))


STEPS: dict[str, Step] = {
    "change": lambda request, cast: services.change_draft(request, RequestData(title="Neu")),
    "submit": lambda request, cast: services.submit(request),
    "withdraw": lambda request, cast: services.withdraw(request),
    "ask": lambda request, cast: services.ask(request, "Wie viele?", cast.carla.actor),
    "answer": lambda request, cast: services.answer(request, "Hundert.", cast.mia.actor),
    "accept": lambda request, cast: services.accept(request, Acceptance(lead_id=cast.lea_person.id), cast.carla.actor),
    "accept_some": lambda request, cast: services.accept(request, some(request, cast), cast.carla.actor),
    "reject": lambda request, cast: services.reject(request, "Doppelt.", cast.carla.actor),
    "counter": lambda request, cast: services.counter(request, offered(request), "Später.", cast.carla.actor),
    "agree": lambda request, cast: services.agree(request),
    "decline": lambda request, cast: services.decline(request, "Zu spät.", cast.mia.actor),
}


@pytest.mark.parametrize("verb", STEPS)
def test_step_in_every_state(cast: Cast, verb: str) -> None:
    found = {state.value: taken(cast, verb, state) for state in RequestState}

    assert found == {state.value: LEADS_TO.get((state.value, verb)) for state in RequestState}


def taken(cast: Cast, verb: str, state: RequestState) -> str | None:
    """Where the step leads from `state`; None when it is refused, which must leave the request untouched."""
    request = factories.support_request(cast.education, needs=[cast.fim, cast.fim], state=state)
    version = request.version
    try:
        STEPS[verb](request, cast)
    except WrongState:
        db.session.expire_all()
        assert (request.state, request.version) == (state, version)
        return None
    assert request.version > version
    return request.state.value
