"""Creating, changing and removing a need."""

from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.projects.models import Phase
from portfolio.staffing.models import Assignment, Need
from tests import factories
from tests.factories import FIRST_WEEK


def _fields(skill: Any, **changes: Any) -> dict[str, Any]:
    fields = {"skill_id": skill.id, "level": 3, "kind": "steady", "share": "40 %", "priority": 2}
    return fields | {"from_week": "KW 49/2026", "to_week": "2026-W53"} | changes


def _new(cast: Any) -> str:
    return f"/projekte/{cast.project.id}/bedarfe/neu"


@pytest.mark.parametrize("who", ["carla", "konrad", "lea"])
def test_create(cast: Any, client_of: Any, who: str) -> None:
    answer = client_of(cast.users[who]).post(_new(cast), data=_fields(cast.fim, mandatory="y"))
    need = db.session.query(Need).one()
    assert answer.location == f"/bedarfe/{need.id}"
    assert (need.level, need.share, need.to_week, need.mandatory) == (3, 40, FIRST_WEEK + 4, True)


def test_create_a_volume(cast: Any, client_of: Any) -> None:
    client_of(cast.lea).post(_new(cast), data=_fields(cast.fim, kind="volume", person_days="12"))
    need = db.session.query(Need).one()
    assert (need.kind, need.person_days) == (NeedKind.VOLUME, 12)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"share": "0"}, "Der Anteil muss zwischen 1 und 100 Prozent liegen."),
        ({"share": "101"}, "Der Anteil muss zwischen 1 und 100 Prozent liegen."),
        ({"to_week": "KW 48/2026"}, "Die letzte Woche liegt vor der ersten."),
        ({"from_week": "bald"}, "Bitte eine Kalenderwoche eingeben, zum Beispiel KW 49/2026."),
        ({"from_week": ""}, "Bitte geben Sie die erste Woche an."),
        ({"kind": "volume"}, "Bitte geben Sie an, wie viele Personentage gebraucht werden."),
        ({"skill_id": ""}, "Bitte wählen Sie eine Fähigkeit."),
    ],
)
def test_bad_input_is_explained(cast: Any, client_of: Any, change: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.lea).post(_new(cast), data=_fields(cast.fim, **change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(Need).count() == 0


def test_what_is_no_number_is_not_measured_as_well(cast: Any, client_of: Any) -> None:
    answer = client_of(cast.lea).post(_new(cast), data=_fields(cast.fim, share="viel"))
    assert "Keine gültige, ganze Zahl." in answer.text
    assert "Der Anteil muss zwischen 1 und 100 Prozent liegen." not in answer.text


def test_closed_project_takes_no_needs(cast: Any, client_of: Any) -> None:
    cast.project.phase = Phase.COMPLETED
    answer = client_of(cast.carla).post(_new(cast), data=_fields(cast.fim))
    assert answer.status_code == 409
    assert "nimmt nichts Neues auf" in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("otto", 403), ("mia", 403), ("paul", 403), ("rita", 403), ("anton", 403), ("lea", 404)]
)
def test_wrong_person_creates_nothing(cast: Any, client_of: Any, who: str, status: int) -> None:
    answer = client_of(cast.users[who]).post(f"/projekte/{cast.foreign_project.id}/bedarfe/neu", data=_fields(cast.fim))
    assert (answer.status_code, db.session.query(Need).count()) == (status, 0)


def test_form_is_shown_and_changes_nothing(cast: Any, client_of: Any) -> None:
    assert client_of(cast.lea).get(_new(cast)).status_code == 200
    assert db.session.query(Need).count() == 0


def test_edit(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    fields = _fields(cast.fim, share="60", version=need.version)
    answer = client_of(cast.lea).post(f"/bedarfe/{need.id}/bearbeiten", data=fields)
    assert (answer.status_code, need.share, need.level) == (302, 60, 3)


def test_edit_shows_what_is_stored(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim, share=35)
    page = client_of(cast.lea).get(f"/bedarfe/{need.id}/bearbeiten").text
    assert 'value="35"' in page
    assert 'value="KW 49/2026"' in page


def test_stale_edit_shows_both(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    fields = _fields(cast.fim, share="60", version=need.version - 1)
    answer = client_of(cast.lea).post(f"/bedarfe/{need.id}/bearbeiten", data=fields)
    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes diesen Eintrag geändert." in answer.text
    assert need.share == 40


def test_lead_changes_only_until_somebody_is_assigned(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.lea_person, cast.project, need_id=need.id)
    fields = _fields(cast.fim, version=need.version)
    answer = client_of(cast.lea).post(f"/bedarfe/{need.id}/bearbeiten", data=fields)
    assert answer.status_code == 409
    assert "Für diesen Bedarf ist schon jemand eingeplant." in answer.text
    assert client_of(cast.konrad).post(f"/bedarfe/{need.id}/bearbeiten", data=fields).status_code == 302


def test_removing_keeps_the_people_on_the_project(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    made = factories.assignment(cast.lea_person, cast.project, need_id=need.id)
    client_of(cast.carla).post(f"/bedarfe/{need.id}/entfernen", data={"version": need.version})
    assert db.session.query(Need).count() == 0
    assert db.session.get_one(Assignment, made.id).need_id is None


def test_lead_cannot_remove_a_staffed_need(cast: Any, client_of: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    factories.assignment(cast.lea_person, cast.project, need_id=need.id)
    answer = client_of(cast.lea).post(f"/bedarfe/{need.id}/entfernen", data={"version": need.version})
    assert answer.status_code == 409
    assert db.session.query(Need).count() == 1


@pytest.mark.parametrize("step", ["bearbeiten", "entfernen"])
@pytest.mark.parametrize(("who", "status"), [("mia", 403), ("paul", 403), ("lea", 404), ("konrad", 404)])
def test_wrong_person_changes_nothing(cast: Any, client_of: Any, who: str, status: int, step: str) -> None:
    need = factories.need(cast.foreign_project, cast.fim)
    client = client_of(cast.users[who])
    answer = client.post(f"/bedarfe/{need.id}/{step}", data=_fields(cast.fim, share="99"))
    assert (answer.status_code, need.share) == (status, 40)
