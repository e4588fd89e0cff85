"""Writing a request: the form, what it refuses and keeps, two people at one draft."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portfolio.audit.models import AuditDetail
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.support.models import RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support_requests import forms

NEW = "/anfragen/neu"


@pytest.fixture
def mia(client_of: Callable[[Any], Client], cast: Cast) -> Client:
    return client_of(cast.mia)


def stored() -> SupportRequest:
    return db.session.query(SupportRequest).one()


def nothing_stored() -> bool:
    return db.session.query(SupportRequest).count() == 0


def test_draft_keeps_everything_that_was_entered(mia: Client, cast: Cast) -> None:
    service = factories.service("Wohngeld")

    answer = mia.post(NEW, data=forms.whole(cast.fim, service_ids=[service.id], deadline="23.11.2030"))

    draft = stored()
    assert answer.location == f"/anfragen/{draft.id}"
    assert (draft.state, draft.title) == (RequestState.DRAFT, "Kita-Fachkräfte online")
    assert (draft.from_week, draft.to_week) == (Week.of(2026, 49), Week.of(2027, 12))
    assert draft.deadline == date(2030, 11, 23)
    assert draft.organisation_id == cast.education.id
    assert [service.name for service in draft.services] == ["Wohngeld"]


def test_need_without_weeks_takes_those_of_the_request(mia: Client, cast: Cast) -> None:
    mia.post(NEW, data=forms.whole(cast.fim) | forms.need(cast.fim, 1, from_week="KW 2/2027"))

    first, second = stored().needs
    assert (first.from_week, first.to_week) == (Week.of(2026, 49), Week.of(2027, 12))
    assert (second.from_week, second.to_week) == (Week.of(2027, 2), Week.of(2027, 12))


def test_volume_is_stored_with_its_person_days(mia: Client, cast: Cast) -> None:
    volume = forms.need(cast.fim, kind="volume", person_days=12, share=30, mandatory="y", priority=1)

    mia.post(NEW, data=forms.whole(cast.fim) | volume)

    need = stored().needs[0]
    assert (need.kind, need.person_days, need.share) == (NeedKind.VOLUME, 12, 30)
    assert (need.mandatory, need.priority) == (True, 1)


def test_draft_may_be_empty(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data={"step": "draft", "needs-0-level": 2, "needs-0-kind": "steady", "needs-0-priority": 3})

    assert answer.status_code == 302
    assert stored().needs == []
    assert "Ohne Titel" in mia.get("/anfragen").text


def test_submitting_at_once(mia: Client, cast: Cast) -> None:
    mia.post(NEW, data=forms.whole(cast.fim, step="submit"))

    assert stored().state is RequestState.SUBMITTED
    assert stored().submitted_at is not None


def test_submitting_names_all_that_is_missing_and_stores_nothing(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data={"step": "submit", "title": "Nur ein Titel"})

    assert answer.status_code == 422
    for sentence in ("beschreiben Sie", "geben Sie die Kalenderwoche an", "mindestens einen Bedarf"):
        assert answer.text.count(sentence) >= 2  # on top and at the field
    assert "Nur ein Titel" in answer.text
    assert nothing_stored()


def test_every_row_says_at_once_what_it_lacks(mia: Client, cast: Cast) -> None:
    rows = forms.need(cast.fim, 0, share="") | forms.need(cast.fim, 1, kind="volume")
    rows |= forms.need(cast.fim, 2, from_week="KW 8/2027", to_week="KW 6/2027")

    answer = mia.post(NEW, data=forms.whole(cast.fim) | rows)

    assert answer.status_code == 422
    for place, sentence in (("1", "den Anteil an"), ("2", "die Personentage an"), ("3", "liegt vor dem Beginn")):
        assert re.search(f"Bedarfe {place}, [^<]*{sentence}", answer.text)


BAD_INPUT = {
    "to_week": ("2026-W48", "Das Ende liegt vor dem Beginn."),
    "from_week": ("KW 99/2026", "Bitte eine Kalenderwoche eingeben"),
    "deadline": ("31.02.2027", "Bitte ein Datum eingeben"),
    "title": ("x" * 301, "höchstens 300 Zeichen"),
    "description": ("mit NUL \0 darin", "unzulässiges Zeichen"),
    "service_ids": ("99999999999", "gibt es nicht mehr"),
    "needs-0-skill_id": ("", "Bitte wählen Sie eine Fähigkeit."),
    "needs-0-level": ("7", "Keine gültige Auswahl"),
    "needs-0-share": ("101", "zwischen 1 und 100 Prozent"),
    "needs-0-to_week": ("KW 2/2026", "Das Ende liegt vor dem Beginn."),
    "needs-0-priority": ("5", "Keine gültige Auswahl"),
}


@pytest.mark.parametrize("field", BAD_INPUT)
def test_bad_input_is_explained_at_the_field_and_on_top(mia: Client, cast: Cast, field: str) -> None:
    value, sentence = BAD_INPUT[field]

    answer = mia.post(NEW, data=forms.whole(cast.fim) | {field: value})

    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert f'href="#{field}"' in answer.text
    assert 'value="KW 12/2027"' in answer.text or field == "to_week"
    assert nothing_stored()


@pytest.mark.parametrize("values", [{"share": 0}, {"kind": "volume", "person_days": 0}, {"kind": "volume"}])
def test_impossible_amounts_are_refused(mia: Client, cast: Cast, values: dict[str, Any]) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim) | forms.need(cast.fim, **values))

    assert answer.status_code == 422
    assert nothing_stored()


def test_needs_without_any_week_are_refused(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim, from_week="", to_week=""))

    assert answer.status_code == 422
    assert "hier oder oben bei der Anfrage" in answer.text


def test_deadline_in_the_past_only_warns(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim, deadline="2020-01-31"), follow_redirects=True)

    assert "Die Frist 31.01.2020 liegt in der Vergangenheit" in answer.text
    assert stored().deadline == date(2020, 1, 31)


def test_ministry_without_organisation_cannot_file(client_of: Callable[[Any], Client], cast: Cast) -> None:
    cast.mia.organisation_id = None

    answer = client_of(cast.mia).post(NEW, data=forms.whole(cast.fim))

    assert answer.status_code == 422
    assert "kein Ressort zugeordnet" in answer.text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "rita", "anton"])
def test_only_ministries_write_requests(client_of: Callable[[Any], Client], cast: Cast, name: str) -> None:
    client = client_of(cast.users[name])

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, data=forms.whole(cast.fim)).status_code == 403
    assert nothing_stored()


def test_form_of_a_draft_brings_back_what_is_stored(mia: Client, cast: Cast) -> None:
    draft = factories.support_request(cast.education, needs=[cast.fim])

    page = mia.get(f"/anfragen/{draft.id}/bearbeiten").text

    assert 'value="Kita-Antrag online"' in page
    assert 'value="KW 49/2026"' in page
    assert 'name="needs-0-from_week" placeholder="wie Anfrage" type="text" value=""' in page


def test_changing_only_a_need_moves_the_version_on(mia: Client, cast: Cast) -> None:
    draft = factories.support_request(cast.education, needs=[cast.fim])
    version, need_id = draft.version, draft.needs[0].id
    same = {"title": draft.title, "description": draft.description, "to_week": "2027-W07"}

    mia.post(f"/anfragen/{draft.id}/bearbeiten", data=forms.step(draft) | forms.whole(cast.fim, **same))

    db.session.refresh(draft)
    assert draft.version > version
    assert [need.id for need in draft.needs] == [need_id]


def test_change_log_knows_the_old_title(mia: Client, cast: Cast) -> None:
    draft = factories.support_request(cast.education, "Alter Titel", needs=[cast.fim])

    mia.post(f"/anfragen/{draft.id}/bearbeiten", data=forms.step(draft) | forms.whole(cast.fim, title="Neuer Titel"))

    changes = [detail.values.get("title") for detail in db.session.query(AuditDetail).order_by(AuditDetail.entry_id)]
    assert ["Alter Titel", "Neuer Titel"] in changes


def test_rows_taken_out_of_the_form_are_gone(mia: Client, cast: Cast) -> None:
    draft = factories.support_request(cast.education, needs=[cast.fim, cast.fim])

    mia.post(f"/anfragen/{draft.id}/bearbeiten", data=forms.step(draft) | forms.whole(cast.fim))

    db.session.refresh(draft)
    assert len(draft.needs) == 1


def test_second_editor_sees_both_texts_and_overwrites_nothing(mia: Client, cast: Cast) -> None:
    draft = factories.support_request(cast.education, title="Mein Stand")
    opened = forms.step(draft)
    draft.title = "Stand der Kollegin"

    answer = mia.post(f"/anfragen/{draft.id}/bearbeiten", data=opened | forms.whole(cast.fim, title="Meine Eingabe"))

    assert answer.status_code == 409
    assert "Stand der Kollegin" in answer.text
    assert "Meine Eingabe" in answer.text
    assert stored().title == "Stand der Kollegin"
    assert f'name="version" value="{stored().version}"' in answer.text


def test_submitted_request_is_not_edited_any_more(mia: Client, cast: Cast) -> None:
    sent = factories.support_request(cast.education, state=RequestState.SUBMITTED)
    address = f"/anfragen/{sent.id}/bearbeiten"

    assert mia.get(address).location == f"/anfragen/{sent.id}"
    assert mia.post(address, data=forms.step(sent) | forms.whole(cast.fim)).status_code == 409
    assert stored().title == "Kita-Antrag online"


@pytest.mark.parametrize("name", ["otto", "carla", "konrad"])
def test_draft_is_visible_to_its_ministry_only(client_of: Callable[[Any], Client], cast: Cast, name: str) -> None:
    draft = factories.support_request(cast.education, title="Noch geheim")
    client = client_of(cast.users[name])

    assert "Noch geheim" not in client.get("/anfragen").text
    assert client.get(f"/anfragen/{draft.id}").status_code == 404
    assert client.get(f"/anfragen/{draft.id}/bearbeiten").status_code == 404
    assert client.post(f"/anfragen/{draft.id}/bearbeiten", data=forms.whole(cast.fim)).status_code == 404
