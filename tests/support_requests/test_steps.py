"""The steps on a request through its pages: each works, is refused to others, in other states and with bad input."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.support.models import Comment, CommentKind, RequestNeed, RequestState, SupportRequest
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]


@dataclass(frozen=True)
class Step:
    """A step: who takes it, from which state to which, and what a browser sends."""

    by: str
    state: str
    leads_to: str
    data: dict[str, Any] = field(default_factory=dict)
    says: str | None = None


TEXT = {"text": "Das sagen wir dazu."}
STEPS = {
    "einreichen": Step("mia", "draft", "submitted"),
    "zurueckziehen": Step("mia", "submitted", "withdrawn"),
    "rueckfrage": Step("carla", "submitted", "question", TEXT, "question"),
    "antwort": Step("mia", "question", "submitted", TEXT, "answer"),
    "ablehnen": Step("carla", "submitted", "rejected", TEXT, "rejection"),
    "zustimmen": Step("mia", "counter_offered", "submitted"),
    "gegenangebot-ablehnen": Step("mia", "counter_offered", "submitted", TEXT, "decline"),
    "gegenangebot": Step("carla", "submitted", "counter_offered", TEXT, "counter_offer"),
    "annehmen": Step("carla", "submitted", "accepted", {"lead_share": 0, "coordinator_share": 0}),
}
WITH_TEXT = [name for name, each in STEPS.items() if each.data is TEXT]


def arranged(cast: Cast, step: Step) -> SupportRequest:
    return factories.support_request(cast.education, needs=[cast.fim], state=RequestState(step.state))


def sent(cast: Cast, request: SupportRequest, name: str, **values: Any) -> dict[str, Any]:
    """What a browser sends for the step."""
    more: dict[str, Any] = {}
    if name == "gegenangebot":
        more = forms.need(cast.fim, share=20)
    if name == "annehmen":
        more = {"lead_id": cast.lea_person.id, "need_ids": [need.id for need in request.needs]}
    return forms.step(request) | STEPS[name].data | more | values


def snapshot() -> list[Any]:
    """Everything about requests as the database has it."""
    db.session.expire_all()
    request = db.session.query(SupportRequest).one()
    return [request.state, request.version, db.session.query(Comment).count(), db.session.query(RequestNeed).count()]


@pytest.mark.parametrize("name", STEPS)
def test_step_leads_on(client_of: ClientOf, cast: Cast, name: str) -> None:
    step, request = STEPS[name], arranged(cast, STEPS[name])

    answer = client_of(getattr(cast, step.by)).post(f"/anfragen/{request.id}/{name}", data=sent(cast, request, name))

    assert answer.location == f"/anfragen/{request.id}"
    db.session.refresh(request)
    assert request.state == step.leads_to
    assert [message.kind for message in request.comments] == ([step.says] if step.says else [])


@pytest.mark.parametrize("name", STEPS)
def test_others_are_refused_and_change_nothing(client_of: ClientOf, cast: Cast, name: str) -> None:
    step, request = STEPS[name], arranged(cast, STEPS[name])
    readers = {"carla", "konrad", "mia"} if step.state != "draft" else {"mia"}
    before = snapshot()

    for who, user in cast.users.items():
        if who != step.by:
            allowed_to_read_requests = who in ("carla", "konrad", "mia", "otto")
            expected = 404 if allowed_to_read_requests and who not in readers else 403
            answer = client_of(user).post(f"/anfragen/{request.id}/{name}", data=sent(cast, request, name))
            assert (who, answer.status_code) == (who, expected)

    assert snapshot() == before


@pytest.mark.parametrize("name", STEPS)
def test_step_in_another_state_is_a_conflict(client_of: ClientOf, cast: Cast, name: str) -> None:
    step = STEPS[name]
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.REJECTED)
    before = snapshot()

    answer = client_of(getattr(cast, step.by)).post(f"/anfragen/{request.id}/{name}", data=sent(cast, request, name))

    assert answer.status_code == 409
    assert "den Stand „Abgelehnt“" in answer.text
    assert snapshot() == before


@pytest.mark.parametrize("name", WITH_TEXT)
def test_empty_text_is_asked_for(client_of: ClientOf, cast: Cast, name: str) -> None:
    step, request = STEPS[name], arranged(cast, STEPS[name])
    client, before = client_of(getattr(cast, step.by)), snapshot()

    answer = client.post(f"/anfragen/{request.id}/{name}", data=sent(cast, request, name, text="  "))

    assert answer.status_code == 422
    assert "Bitte schreiben Sie einen Text." in answer.text or "Bitte begründen Sie" in answer.text
    assert snapshot() == before


@pytest.mark.parametrize("name", STEPS)
def test_step_on_an_old_version_shows_the_present_state(client_of: ClientOf, cast: Cast, name: str) -> None:
    step, request = STEPS[name], arranged(cast, STEPS[name])
    data = sent(cast, request, name)
    request.title = "Inzwischen anders"
    client, before = client_of(getattr(cast, step.by)), snapshot()

    answer = client.post(f"/anfragen/{request.id}/{name}", data=data)

    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes diesen Eintrag geändert" in answer.text
    assert "Inzwischen anders" in answer.text
    assert snapshot() == before


@pytest.mark.parametrize("name", [name for name in STEPS if name != "gegenangebot"])
def test_steps_are_not_taken_by_following_a_link(client_of: ClientOf, cast: Cast, name: str) -> None:
    request = arranged(cast, STEPS[name])
    before = snapshot()

    assert client_of(cast.mia).get(f"/anfragen/{request.id}/{name}").status_code == 405
    assert snapshot() == before


def test_text_of_a_step_that_came_too_late_is_given_back(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.WITHDRAWN)
    request.submitted_at = clock.now()
    data = forms.step(request, text="Eine lange, mühsam getippte Begründung")

    answer = client_of(cast.carla).post(f"/anfragen/{request.id}/ablehnen", data=data)

    assert answer.status_code == 409
    assert "Eine lange, mühsam getippte Begründung" in answer.text


def test_submitting_an_incomplete_draft_names_what_is_missing(client_of: ClientOf, cast: Cast) -> None:
    draft = factories.support_request(cast.education, description="", needs=[])

    answer = client_of(cast.mia).post(f"/anfragen/{draft.id}/einreichen", data=forms.step(draft))

    assert answer.status_code == 422
    assert "Es fehlen noch: Was soll digital werden?, Bedarfe." in answer.text
    db.session.refresh(draft)
    assert draft.state is RequestState.DRAFT


def test_agreeing_replaces_what_was_asked_by_what_was_offered(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim, cast.fim], state=RequestState.SUBMITTED)
    offer = forms.need(cast.fim, share=20, from_week="KW 2/2027")
    client_of(cast.carla).post(f"/anfragen/{request.id}/gegenangebot", data=forms.step(request) | TEXT | offer)
    db.session.refresh(request)
    assert [(len(request.needs), len(request.offered_needs))] == [(2, 1)]

    client_of(cast.mia).post(f"/anfragen/{request.id}/zustimmen", data=forms.step(request))

    db.session.refresh(request)
    assert [(need.share, need.from_week, need.offered) for need in request.needs] == [(20, Week.of(2027, 2), False)]


def test_declining_drops_the_offer(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim, cast.fim], state=RequestState.SUBMITTED)
    offer = forms.step(request) | TEXT | forms.need(cast.fim, share=20)
    client_of(cast.carla).post(f"/anfragen/{request.id}/gegenangebot", data=offer)
    db.session.refresh(request)

    client_of(cast.mia).post(f"/anfragen/{request.id}/gegenangebot-ablehnen", data=forms.step(request) | TEXT)

    db.session.refresh(request)
    assert ([need.share for need in request.needs], request.offered_needs) == ([40, 40], [])


def test_offer_stands_beside_what_was_asked(client_of: ClientOf, cast: Cast) -> None:
    bpmn = factories.skill("BPMN")
    request = factories.support_request(cast.education, needs=[cast.fim, bpmn], state=RequestState.SUBMITTED)
    offer = forms.step(request) | TEXT | forms.need(cast.fim, share=20)
    client_of(cast.carla).post(f"/anfragen/{request.id}/gegenangebot", data=offer)

    page = client_of(cast.mia).get(f"/anfragen/{request.id}").text

    assert "Umfang" in page.split("Unterschied</th>")[1]
    assert "entfällt" in page


def test_offer_form_starts_from_what_was_asked_and_can_be_reworked(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    carla, address = client_of(cast.carla), f"/anfragen/{request.id}/gegenangebot"

    opened = carla.get(address).text
    added = carla.post(address, data=sent(cast, request, "gegenangebot", step="add")).text

    assert 'name="needs-0-share" type="number" value="40"' in opened
    assert 'name="needs-1-share"' in added
    db.session.refresh(request)
    assert request.state is RequestState.SUBMITTED


def test_offer_without_needs_is_refused(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)

    answer = client_of(cast.carla).post(f"/anfragen/{request.id}/gegenangebot", data=forms.step(request) | TEXT)

    assert answer.status_code == 422
    assert "mindestens einen Bedarf" in answer.text


@pytest.mark.parametrize(("who", "expected"), [("mia", 302), ("carla", 302), ("konrad", 403), ("otto", 404)])
def test_comments_come_from_both_sides_only(client_of: ClientOf, cast: Cast, who: str, expected: int) -> None:
    request = factories.support_request(cast.education, state=RequestState.REJECTED)

    data = forms.step(request, text="Noch ein Gedanke")
    answer = client_of(cast.users[who]).post(f"/anfragen/{request.id}/kommentare", data=data)

    assert answer.status_code == expected
    found = [(message.kind, message.text) for message in db.session.query(Comment)]
    assert found == ([(CommentKind.COMMENT, "Noch ein Gedanke")] if expected == 302 else [])


def test_comment_is_welcome_whatever_happened_while_it_was_written(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, state=RequestState.SUBMITTED)
    mia = client_of(cast.mia)
    form = mia.get(f"/anfragen/{request.id}").text.split('kommentare"')[1].split("</form>")[0]
    assert 'name="version"' not in form

    request.title = "Inzwischen anders"

    assert mia.post(f"/anfragen/{request.id}/kommentare", data={"text": "Trotzdem"}).status_code == 302


def test_comment_is_shown_as_text_never_as_markup(client_of: ClientOf, cast: Cast) -> None:
    request = factories.support_request(cast.education, state=RequestState.SUBMITTED)
    mia = client_of(cast.mia)

    mia.post(f"/anfragen/{request.id}/kommentare", data=forms.step(request, text="<b>fett</b>"))

    assert "&lt;b&gt;fett&lt;/b&gt;" in mia.get(f"/anfragen/{request.id}").text
