"""Autosave: what it keeps and what not, whom it overwrites (nobody), and what the change log says of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import joinedload
from werkzeug.test import TestResponse

from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.support.models import RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support_requests import forms

NEW = "/anfragen/neu/zwischenstand"


@pytest.fixture
def mia(client_of: Callable[[Any], Client], cast: Cast) -> Client:
    return client_of(cast.mia)


@pytest.fixture
def draft(cast: Cast) -> SupportRequest:
    return factories.support_request(cast.education, "Mein Stand", needs=[cast.fim, cast.fim])


def stored() -> SupportRequest:
    return db.session.query(SupportRequest).one()


def keep(client: Client, draft: SupportRequest, data: dict[str, Any]) -> TestResponse:
    return client.post(f"/anfragen/{draft.id}/zwischenstand", data=forms.step(draft) | data)


def rows(draft: SupportRequest, cast: Cast, *values: dict[str, Any]) -> dict[str, Any]:
    """The form of a draft with its needs, changed as `values` say."""
    data = forms.whole(cast.fim)
    for place, (need, changed) in enumerate(zip(draft.needs, values, strict=True)):
        data |= forms.need(cast.fim, place, need_id=need.id, **changed)
    return data


def logged(draft: SupportRequest) -> list[AuditEntry]:
    """Entries about the draft itself, in order, with their values."""
    found = db.session.query(AuditEntry).filter_by(object_type="support_request", object_id=draft.id)
    return list(found.options(joinedload(AuditEntry.detail)).order_by(AuditEntry.id))


def test_first_autosave_makes_a_draft_and_says_where_it_goes_on(mia: Client, cast: Cast) -> None:
    answer = mia.post(NEW, data=forms.whole(cast.fim, title="Angefangen")).json

    draft = stored()
    assert (draft.title, draft.state, draft.organisation_id) == ("Angefangen", RequestState.DRAFT, cast.education.id)
    assert answer["message"].startswith("Gespeichert um ")
    assert (answer["form"], answer["keep"]) == (
        f"/anfragen/{draft.id}/bearbeiten",
        f"/anfragen/{draft.id}/zwischenstand",
    )
    assert (answer["version"], answer["need_ids"]) == (draft.version, [draft.needs[0].id])


def test_form_in_which_nothing_stands_makes_no_draft(mia: Client, cast: Cast) -> None:
    blank = {name: value for name, value in forms.need(cast.fim).items() if "skill" not in name and "share" not in name}

    assert mia.post(NEW, data=blank).json == {"message": ""}
    assert mia.post(NEW, data={"from_week": "morgen"}).json["message"].startswith("Nicht gespeichert: Beginn: Bitte")
    assert db.session.query(SupportRequest).count() == 0


def test_draft_follows_what_is_typed_without_being_submitted(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    version = draft.version

    answer = keep(mia, draft, rows(draft, cast, {"share": 80}, {}) | {"step": "submit", "title": "Weiter"}).json

    assert (draft.title, draft.state) == ("Weiter", RequestState.DRAFT)
    assert [need.share for need in draft.needs] == [80, 40]
    assert answer["version"] == draft.version > version


def test_what_makes_no_sense_keeps_what_is_stored_and_is_named(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    draft.deadline = date(2027, 3, 31)
    db.session.commit()
    first, second = (need.id for need in draft.needs)
    nonsense = {"title": "x" * 301, "to_week": "KW 99/2027", "deadline": "0002-01-01", "description": "Neu"}

    answer = keep(mia, draft, rows(draft, cast, {"share": "", "level": 4}, {"share": 60}) | nonsense).json

    assert (draft.title, draft.description, draft.to_week) == ("Mein Stand", "Neu", Week.of(2027, 7))
    assert draft.deadline == date(2027, 3, 31)
    assert [(need.id, need.share, need.level) for need in draft.needs] == [(first, 40, 2), (second, 40, 2)]
    for words in ("Noch nicht dabei: Titel: ", "Ende: ", "Frist: ", "und 2 weitere Angaben"):
        assert words in answer["message"]


def test_new_row_waits_until_it_is_complete(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    half = forms.need(cast.fim, 2, share="")

    answer = keep(mia, draft, rows(draft, cast, {}, {}) | half).json

    assert answer["need_ids"] == [*(need.id for need in draft.needs), None]
    assert "Noch nicht dabei: Bedarf 3: Bitte geben Sie den Anteil an." in answer["message"]


def test_row_taken_away_takes_its_own_need_along(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    _first, second = (need.id for need in draft.needs)
    data = forms.whole(cast.fim) | forms.need(cast.fim, 0, need_id=second, share=70)

    keep(mia, draft, data)

    assert [(need.id, need.share) for need in draft.needs] == [(second, 70)]


@pytest.mark.parametrize("foreign", ["1", "4711", "x", "9" * 5000])
def test_need_of_another_request_is_never_touched(mia: Client, draft: SupportRequest, cast: Cast, foreign: str) -> None:
    other = factories.support_request(cast.finance, needs=[cast.fim])

    keep(mia, draft, forms.whole(cast.fim) | forms.need(cast.fim, 0, need_id=other.needs[0].id))
    answer = keep(mia, draft, forms.whole(cast.fim) | forms.need(cast.fim, 0, need_id=foreign, share=77))

    assert answer.status_code == 200
    assert [need.share for need in other.needs] == [40]
    assert [need.share for need in draft.needs] == [77]


@pytest.mark.parametrize("version", ["0", "", "x"])
def test_second_tab_overwrites_nothing_and_hears_why(
    mia: Client, draft: SupportRequest, cast: Cast, version: str
) -> None:
    answer = keep(mia, draft, forms.whole(cast.fim, title="Aus dem zweiten Fenster", version=version))

    assert answer.status_code == 409
    assert answer.json["stop"]
    assert "an anderer Stelle geändert" in answer.json["message"]
    assert draft.title == "Mein Stand"


def test_submitted_meanwhile_is_said_too(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    draft.state = RequestState.SUBMITTED
    db.session.commit()

    answer = keep(mia, draft, forms.whole(cast.fim))

    assert (answer.status_code, answer.json["stop"]) == (409, True)
    assert "den Stand „Eingereicht“" in answer.json["message"]


def test_only_its_own_ministry_reaches_a_draft(client_of: Callable[[Any], Client], draft: Any, cast: Cast) -> None:
    codes = {name: keep(client_of(user), draft, forms.whole(cast.fim)).status_code for name, user in cast.users.items()}

    assert codes.pop("mia") == 200
    assert codes.pop("otto") == codes.pop("carla") == codes.pop("konrad") == 404
    assert set(codes.values()) == {403}


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "rita", "anton"])
def test_others_begin_none(client_of: Callable[[Any], Client], cast: Cast, name: str) -> None:
    assert client_of(cast.users[name]).post(NEW, data=forms.whole(cast.fim)).status_code == 403


def test_log_has_one_entry_for_all_that_was_typed(mia: Client, cast: Cast) -> None:
    mia.post(NEW, data=forms.whole(cast.fim, title="K"))
    draft = stored()
    for title in ("Ki", "Kit", "Kita"):
        keep(mia, draft, rows(draft, cast, {}) | {"title": title})
    assert [entry.verb for entry in logged(draft)] == [Verb.CREATED]

    mia.post(
        f"/anfragen/{draft.id}/bearbeiten",
        data=forms.step(draft) | rows(draft, cast, {}) | {"title": "Kita", "step": "submit"},
    )

    created, typed, submitted = logged(draft)
    assert typed.detail.values["title"] == ["K", "Kita"]
    assert submitted.detail.values["state"] == ["draft", "submitted"]
    assert "title" not in submitted.detail.values
    assert {typed.actor_id, created.actor_id} == {cast.mia.id}


def test_withdrawing_logs_what_was_typed(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    keep(mia, draft, rows(draft, cast, {}, {}) | {"title": "Getippt"})

    mia.post(f"/anfragen/{draft.id}/zurueckziehen", data=forms.step(draft))

    assert [entry.detail.values.get("title") for entry in logged(draft)[1:]] == [["Mein Stand", "Getippt"], None]


def test_sixty_rows_take_no_more_queries_than_two(mia: Client, draft: SupportRequest, cast: Cast) -> None:
    counts = []
    for total in (2, 60):
        data = {key: value for place in range(total) for key, value in forms.need(cast.fim, place).items()}
        keep(mia, draft, forms.whole(cast.fim) | data)
        with_ids = [forms.need(cast.fim, place, need_id=need.id, share=50) for place, need in enumerate(draft.needs)]
        data = forms.step(draft) | forms.whole(cast.fim) | {key: row[key] for row in with_ids for key in row}
        address = f"/anfragen/{draft.id}/zwischenstand"
        db.session.commit()
        with count_queries() as queries:
            mia.post(address, data=data)
        counts.append(len(queries))

    assert counts[1] - counts[0] <= 1
