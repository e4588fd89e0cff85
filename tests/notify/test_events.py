"""Who hears of what, through the doors people and programs use."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.access.policy import Role
from portfolio.access.services import create_token
from portfolio.extensions import db
from portfolio.notify.models import Notice
from portfolio.staffing.models import AssignmentState
from portfolio.support.models import RequestState, SupportRequest
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.pool import rows
from tests.pool.rows import shares_form
from tests.support.client import Client
from tests.support.review import read_on
from tests.support_requests import forms

ClientOf = Callable[[Any], Client]
TEXT = {"text": "Das sagen wir dazu."}
NOW = clock.this_week()


def told(cast: Cast, prefix: str = "") -> set[tuple[str, str]]:
    """Names of the cast with the kinds of their notices that begin with `prefix`."""
    db.session.expire_all()
    names = {user.id: name for name, user in cast.users.items()}
    found = {(names[notice.user_id], notice.kind) for notice in db.session.query(Notice)}
    return {(name, kind.removeprefix(prefix)) for name, kind in found if kind.startswith(prefix)}


@pytest.mark.parametrize(
    ("by", "state", "step", "data", "expected"),
    [
        ("mia", "draft", "einreichen", {}, {("carla", "submit"), ("konrad", "submit")}),
        ("mia", "draft", "zurueckziehen", {}, set()),
        ("mia", "submitted", "zurueckziehen", {}, {("carla", "withdraw")}),
        ("mia", "question", "antwort", TEXT, {("carla", "answer")}),
        ("mia", "counter_offered", "zustimmen", {}, {("carla", "agree")}),
        ("mia", "counter_offered", "gegenangebot-ablehnen", TEXT, {("carla", "decline")}),
        ("mia", "accepted", "kommentare", TEXT, {("carla", "commented")}),
        ("carla", "accepted", "kommentare", TEXT, {("mia", "commented")}),
        ("carla", "submitted", "rueckfrage", TEXT, {("mia", "ask")}),
        ("carla", "submitted", "ablehnen", TEXT, {("mia", "reject")}),
    ],
)
def test_each_step_reaches_the_other_side(
    cast: Cast, client_of: ClientOf, by: str, state: str, step: str, data: dict[str, Any], expected: set[Any]
) -> None:
    sent = None if state == "draft" else clock.now()
    request = factories.support_request(cast.education, needs=[cast.fim], state=RequestState(state), submitted_at=sent)
    answer = client_of(cast.users[by]).post(f"/anfragen/{request.id}/{step}", data=forms.step(request, **data))
    assert answer.status_code == 302
    assert told(cast, "request_") == expected


@pytest.fixture
def submitted(cast: Cast) -> SupportRequest:
    return factories.support_request(
        cast.education, needs=[cast.fim, cast.fim], state=RequestState.SUBMITTED, submitted_at=clock.now()
    )


def test_accepting_reaches_ministry_and_lead(cast: Cast, client_of: ClientOf, submitted: SupportRequest) -> None:
    accepted = {"lead_id": cast.lea_person.id, "coordinator_id": cast.konrad_person.id, "lead_share": 0}
    data = accepted | {"coordinator_share": 0, "need_ids": [submitted.needs[0].id]}
    client_of(cast.carla).post(f"/anfragen/{submitted.id}/annehmen", data=forms.step(submitted, **data))
    assert told(cast) == {
        ("mia", "request_accept_partly"),
        ("lea", "project_led"),
        ("konrad", "project_coordinated"),
    }


def test_a_counter_offer_reaches_the_ministry(cast: Cast, client_of: ClientOf, submitted: SupportRequest) -> None:
    data = forms.step(submitted, **forms.need(cast.fim, share=20), **TEXT)
    client_of(cast.carla).post(f"/anfragen/{submitted.id}/gegenangebot", data=data)
    assert told(cast) == {("mia", "request_counter")}


def test_a_program_tells_as_a_page_does(cast: Cast, client: Client, submitted: SupportRequest) -> None:
    token = create_token(cast.carla, "test")[1]
    path, sent = f"/api/v1/requests/{submitted.id}/ask", {"Authorization": f"Bearer {token}"}
    assert client.post(path, json=TEXT, headers=sent).status_code == 200
    assert told(cast) == {("mia", "request_ask")}


def test_a_proposal_reaches_person_and_lead(cast: Cast, client_of: ClientOf) -> None:
    booking = {"person_id": cast.paul_person.id, "share": 20, "form": "matrix", "state": "proposed"}
    data = booking | {"from_week": str(NOW + 30), "to_week": str(NOW + 31)}
    assert client_of(cast.carla).post(f"/projekte/{cast.project.id}/zuordnungen/neu", data=data).status_code == 302
    assert told(cast, "assignment_") == {("paul", "proposed"), ("lea", "proposed")}


@pytest.mark.parametrize(
    ("by", "state", "wanted", "more", "expected"),
    [
        ("carla", "proposed", "requested", {}, {"paul", "lea", "otto"}),
        ("otto", "requested", "agreed", {"agreed_on": "2026-11-02", "reference": "PE 1"}, {"paul", "lea", "carla"}),
        ("carla", "agreed", "confirmed", {}, {"paul", "lea"}),
        ("carla", "confirmed", "ended", {}, {"paul", "lea"}),
        ("carla", "proposed", "declined", {}, {"paul", "lea"}),
    ],
)
def test_each_state_reaches_those_concerned(
    cast: Cast, client_of: ClientOf, by: str, state: str, wanted: str, more: dict[str, str], expected: set[str]
) -> None:
    made = factories.assignment(cast.paul_person, cast.project, share=20, state=AssignmentState(state))
    client_of(cast.users[by]).post(
        f"/zuordnungen/{made.id}/stand", data={"version": made.version, "state": wanted, **more}
    )
    assert told(cast, "assignment_") == {(name, wanted) for name in expected}


def test_other_weeks_reach_person_and_lead(cast: Cast, client_of: ClientOf) -> None:
    made = factories.assignment(cast.paul_person, cast.project, share=20)
    token = create_token(cast.carla, "test")[1]
    sent = {"Authorization": f"Bearer {token}", "If-Match": f'"{made.version}"'}
    client_of(cast.carla).patch(f"/api/v1/assignments/{made.id}", json={"share": 30}, headers=sent)
    assert told(cast, "assignment_") == {("paul", "changed"), ("lea", "changed")}


def test_a_booking_handed_to_somebody_else_reaches_both(cast: Cast, client: Client) -> None:
    made = factories.assignment(cast.paul_person, cast.project, share=20)
    token = create_token(cast.carla, "test")[1]
    sent = {"Authorization": f"Bearer {token}", "If-Match": f'"{made.version}"'}
    client.patch(f"/api/v1/assignments/{made.id}", json={"person_id": cast.lea_person.id}, headers=sent)
    assert told(cast, "assignment_") == {("paul", "withdrawn"), ("lea", "gap"), ("lea", "confirmed")}


def test_a_booking_taken_back_is_told_and_leaves_no_other_notice(cast: Cast, client_of: ClientOf) -> None:
    made = factories.assignment(cast.paul_person, cast.project, share=20, state=AssignmentState.PROPOSED)
    carla = client_of(cast.carla)
    carla.post(f"/zuordnungen/{made.id}/stand", data={"version": made.version, "state": "requested"})
    carla.post(f"/zuordnungen/{made.id}/entfernen", data={"version": made.version})
    assert told(cast, "assignment_") == {("paul", "withdrawn"), ("lea", "gap")}


@pytest.mark.parametrize(("days", "expected"), [(13, set()), (14, {("konrad", "milestone_slipped")})])
def test_a_slip_that_turns_a_light_reaches_the_coordinator(
    cast: Cast, client_of: ClientOf, days: int, expected: set[Any]
) -> None:
    today = clock.today()
    milestone = factories.milestone(cast.project, planned_date=today + timedelta(days=50))
    row = {"rows-0-milestone_id": milestone.id, "rows-0-date": today + timedelta(days=50 + days)}
    data = {"reporting_date": today, **row}
    assert client_of(cast.lea).post(f"/projekte/{cast.project.id}/prognosen", data=data).status_code == 302
    assert told(cast) == expected


def test_a_released_report_reaches_coordinator_and_ministry(cast: Cast, client_of: ClientOf) -> None:
    report = factories.report(cast.project, released_at=None)
    client_of(cast.lea).post(f"/berichte/{report.id}/freigeben", data={"version": report.version})
    assert told(cast) == {("konrad", "report_released"), ("mia", "report_released")}


def test_another_lead_is_told(cast: Cast, client: Client) -> None:
    token = create_token(cast.carla, "test")[1]
    address = f"/api/v1/projects/{cast.foreign_project.id}"
    sent = {"Authorization": f"Bearer {token}", "If-Match": f'"{cast.foreign_project.version}"'}
    assert client.patch(address, json={"lead_id": cast.lea_person.id}, headers=sent).status_code == 200
    assert told(cast) == {("lea", "project_led")}


def test_a_conflict_left_open_reaches_the_rest_of_the_office(cast: Cast, client_of: ClientOf) -> None:
    colleague, person = factories.user("cora", Role.CIO_OFFICE), factories.person("Bea")
    factories.assignment(person, cast.project, share=60)
    form = shares_form(person, (factories.FIRST_WEEK, "", 50), accept_conflict="y")
    client_of(cast.carla).post(f"/personen/{person.id}/poolanteile", data=form)
    notice = db.session.query(Notice).one()
    first = factories.FIRST_WEEK
    assert (notice.user_id, notice.facts) == (colleague.id, {"first": str(first), "last": str(first + 11)})


@pytest.mark.parametrize(("weeks", "heard"), [(2, 1), (40, 0)])
def test_an_absence_in_booked_weeks_reaches_the_office(cast: Cast, client_of: ClientOf, weeks: int, heard: int) -> None:
    person = rows.person("Bea", (NOW, None, 100), home_organisation_id=cast.education.id)
    rows.booked(person, 10, NOW, NOW + 4)
    bea = factories.user("bea", Role.POOL_MEMBER, person_id=person.id)
    day = (NOW + weeks).monday
    read_on(client_of(bea), f"/personen/{person.id}/abwesenheiten", {"from_date": day, "to_date": day})
    assert db.session.query(Notice).filter_by(user_id=cast.carla.id, kind="pool_away").count() == heard
