"""Booking somebody through the pages, and what happens when it is too much."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.projects.models import Phase
from portfolio.staffing.models import Assignment, AssignmentState, Override
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import ledger_row


def _new(cast: Any) -> str:
    return f"/projekte/{cast.project.id}/zuordnungen/neu"


def _fields(person: Any, **changes: Any) -> dict[str, Any]:
    fields = {"person_id": person.id, "need_id": "", "share": "50"}
    return fields | {"from_week": "KW 49/2026", "to_week": "KW 52/2026"} | changes


def _made(person: Any) -> list[Assignment]:
    """What was booked of the person beside the cast's own booking."""
    statement = select(Assignment).where(Assignment.person_id == person.id).order_by(Assignment.id)
    return [row for row in db.session.scalars(statement) if row.state is AssignmentState.PROPOSED]


def test_candidate_is_booked_with_three_inputs(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    answer = client_of(cast.carla).post(_new(cast), data=_fields(cast.paul_person, need_id=need.id))
    (made,) = _made(cast.paul_person)
    assert answer.location == f"/bedarfe/{need.id}"
    assert (made.share, made.from_week, made.to_week, made.need_id) == (50, FIRST_WEEK, FIRST_WEEK + 3, need.id)


def test_without_need_the_assignment_is_shown(cast: Any, client_of: Any) -> None:
    answer = client_of(cast.carla).post(_new(cast), data=_fields(cast.lea_person), follow_redirects=True)
    assert "Lea Lindner ist eingeplant." in answer.text
    assert "Lea Lindner bei Kita-Fachkräfte online" in answer.text


def test_what_speaks_against_it_is_said(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    fields = _fields(cast.lea_person, need_id=need.id, share="10")
    page = client_of(cast.carla).post(_new(cast), data=fields, follow_redirects=True).text
    assert "Die geforderte Fähigkeit fehlt (Stufe 2)." in page
    assert "Der Anteil liegt unter 20\u202f%" in page


def test_form_is_filled_from_the_need(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=35)
    page = client_of(cast.carla).get(f"{_new(cast)}?need={need.id}&person={cast.paul_person.id}").text
    assert 'value="35"' in page
    assert re.search(rf'<option selected value="{cast.paul_person.id}">Paul Pohl \(TFM\)</option>', page)


@pytest.mark.parametrize("query", ["need=x&person=y", "need=99&person=99", "need=99999999999999999999&person=-1"])
def test_nonsense_in_the_address_is_overlooked(cast: Any, client_of: Any, query: str) -> None:
    assert client_of(cast.carla).get(f"{_new(cast)}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"share": "viel"}, "Anteil in Prozent –"),
        ({"to_week": "KW 48/2026"}, "Die letzte Woche liegt vor der ersten."),
        ({"person_id": ""}, "Bitte wählen Sie eine Person."),
        ({"person_id": "99"}, "Person –"),
        ({"need_id": "99"}, "Bedarf –"),
    ],
)
def test_bad_input_is_explained(cast: Any, client_of: Any, change: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.carla).post(_new(cast), data=_fields(cast.lea_person, **change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _made(cast.lea_person) == []


def test_closed_project_takes_nobody(cast: Any, client_of: Any) -> None:
    cast.project.phase = Phase.CANCELLED
    answer = client_of(cast.carla).post(_new(cast), data=_fields(cast.lea_person))
    assert (answer.status_code, _made(cast.lea_person)) == (409, [])
    assert "Das Projekt ist abgeschlossen oder abgebrochen" in answer.text


def _too_much(cast: Any, client: Any, **changes: Any) -> Any:
    """Paul has half his time from FIRST_WEEK for twelve weeks, all of it before and after."""
    factories.assignment(cast.paul_person, cast.foreign_project, share=20, from_week=FIRST_WEEK + 2)
    fields = _fields(cast.paul_person, share="60", from_week="KW 53/2026", to_week="KW 10/2027") | changes
    return client.post(_new(cast), data=fields)


def test_too_much_names_weeks_and_ways_out(cast: Any, client_of: Any) -> None:
    answer = _too_much(cast, client_of(cast.carla))
    assert (answer.status_code, _made(cast.paul_person)) == (409, [])
    for words in ("Paul Pohl hat nicht genug frei.", "In 8 Wochen", "Mit 30\u202f% über alle Wochen"):
        assert words in answer.text
    assert "Mit 60\u202f%, nur KW 08/2027 – KW 10/2027" in answer.text


@pytest.mark.parametrize("way", ["über alle Wochen", "nur KW"])
def test_ways_out_lead_out(cast: Any, client_of: Any, way: str) -> None:
    client = client_of(cast.carla)
    page = _too_much(cast, client).text
    (form,) = [part for part in re.findall(r'<form method="post".*?</form>', page, re.DOTALL) if way in part]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    assert client.post(_new(cast), data=fields).status_code == 302
    assert len(_made(cast.paul_person)) == 1


def test_override_with_a_reason_is_logged(cast: Any, client_of: Any) -> None:
    answer = _too_much(cast, client_of(cast.carla), override_reason="Frist des OZG")
    (made,) = _made(cast.paul_person)
    logged = db.session.scalars(select(Override)).one()
    assert (answer.status_code, logged.reason, logged.assignment_id) == (302, "Frist des OZG", made.id)
    assert ledger_row(cast.paul_person, FIRST_WEEK + 4) == (130, 30, 0)
    entries = db.session.scalars(select(AuditEntry.object_type).where(AuditEntry.actor_id == cast.carla.id)).all()
    assert {"assignment", "booking_override"} <= set(entries)


@pytest.mark.parametrize(
    ("who", "status"),
    [("konrad", 403), ("lea", 403), ("paul", 403), ("mia", 403), ("otto", 403), ("rita", 403), ("anton", 403)],
)
def test_nobody_else_books(cast: Any, client_of: Any, who: str, status: int) -> None:
    client = client_of(cast.users[who])
    answer = client.post(_new(cast), data=_fields(cast.lea_person, override_reason="Bitte"))
    assert (answer.status_code, client.get(_new(cast)).status_code) == (status, status)
    assert _made(cast.lea_person) == []


def _booked(cast: Any, **values: Any) -> Assignment:
    defaults = {"share": 30, "to_week": FIRST_WEEK + 3, "state": AssignmentState.PROPOSED}
    return factories.assignment(cast.paul_person, cast.project, **defaults | values)


def _change(made: Assignment, **changes: Any) -> dict[str, Any]:
    fields = {"need_id": "", "form": "secondment", "share": "40", "version": made.version}
    return fields | {"from_week": "KW 49/2026", "to_week": "KW 51/2026"} | changes


def test_edit(cast: Any, client_of: Any) -> None:
    made = _booked(cast)
    answer = client_of(cast.carla).post(f"/zuordnungen/{made.id}/bearbeiten", data=_change(made))
    assert answer.location == f"/zuordnungen/{made.id}"
    assert (made.share, made.to_week, made.form) == (40, FIRST_WEEK + 2, "secondment")


@pytest.mark.parametrize(("share", "warned"), [("40", True), ("20", False)])
def test_edit_beyond_the_agreement_is_warned_of(cast: Any, client_of: Any, share: str, warned: bool) -> None:
    made = _booked(cast, state=AssignmentState.CONFIRMED, agreed_on=FIRST_WEEK.monday)
    fields = _change(made, share=share)
    page = client_of(cast.carla).post(f"/zuordnungen/{made.id}/bearbeiten", data=fields, follow_redirects=True).text
    assert ("wofür das Einvernehmen erteilt wurde" in page) is warned


def test_edit_shows_what_is_stored(cast: Any, client_of: Any) -> None:
    made = _booked(cast, share=33)
    page = client_of(cast.carla).get(f"/zuordnungen/{made.id}/bearbeiten").text
    assert 'value="33"' in page
    assert 'value="KW 52/2026"' in page


def test_edit_to_too_much_changes_nothing(cast: Any, client_of: Any) -> None:
    made = _booked(cast)
    answer = client_of(cast.carla).post(f"/zuordnungen/{made.id}/bearbeiten", data=_change(made, share="60"))
    assert (answer.status_code, made.share) == (409, 30)
    assert "Mit 50\u202f% über alle Wochen" in answer.text


def test_stale_edit_shows_both(cast: Any, client_of: Any) -> None:
    made = _booked(cast)
    fields = _change(made, version=made.version - 1)
    answer = client_of(cast.carla).post(f"/zuordnungen/{made.id}/bearbeiten", data=fields)
    assert (answer.status_code, made.share) == (409, 30)
    assert "Jetzt gespeichert" in answer.text


def test_edit_needs_sense(cast: Any, client_of: Any) -> None:
    made = _booked(cast)
    answer = client_of(cast.carla).post(f"/zuordnungen/{made.id}/bearbeiten", data=_change(made, share="0"))
    assert (answer.status_code, made.share) == (422, 30)


@pytest.mark.parametrize("who", ["konrad", "lea", "paul", "mia", "otto", "rita", "anton"])
def test_nobody_else_edits(cast: Any, client_of: Any, who: str) -> None:
    made = _booked(cast)
    answer = client_of(cast.users[who]).post(f"/zuordnungen/{made.id}/bearbeiten", data=_change(made))
    assert (answer.status_code, made.share) == (403, 30)
