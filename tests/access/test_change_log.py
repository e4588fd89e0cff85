"""Who reads what of the change log, and how it is worded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from portfolio.access import queries
from portfolio.access.changes import masked, readable_values
from portfolio.access.models import User
from portfolio.access.policy import Role
from portfolio.access.services import create_token
from portfolio.audit.models import AuditDetail, AuditEntry
from portfolio.audit.record import record_export
from portfolio.extensions import db
from portfolio.web import clock
from tests import factories
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[User], Client]
ALL = {
    "account", "export", "foreign need", "own need", "own request", "paul", "paul on foreign", "paul on own", "skill"
}  # fmt: skip


@pytest.fixture
def history(cast: Any) -> dict[str, int]:
    """One change of each kind, made after the cast was assembled: {what: number of its entry}."""
    return {
        "account": change(cast.otto, name="Otto Ohnsorg"),
        "skill": change(cast.fim, area="Recht"),
        "paul": change(cast.paul_person, location="Erfurt"),
        "own need": entry_of(factories.need(cast.project, cast.fim)),
        "foreign need": entry_of(factories.need(cast.foreign_project, cast.fim)),
        "paul on own": entry_of(factories.assignment(cast.paul_person, cast.project, share=10)),
        "paul on foreign": entry_of(factories.assignment(cast.paul_person, cast.foreign_project, share=10)),
        "own request": entry_of(factories.support_request(cast.education, project_id=cast.project.id)),
        "export": export(),
    }


def change(row: Any, **values: Any) -> int:
    for name, value in values.items():
        setattr(row, name, value)
    return entry_of(row)


def entry_of(row: Any) -> int:
    db.session.commit()
    found = db.session.query(AuditEntry.id).filter_by(object_type=row.__tablename__, object_id=row.id)
    return max(number for (number,) in found)


def export() -> int:
    record_export(db.session, "assignment", 3)
    db.session.commit()
    return max(number for (number,) in db.session.query(AuditEntry.id))


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        ("carla", ALL - {"account"}),
        ("konrad", {"own need", "paul on own", "own request"}),
        ("lea", {"own need", "paul on own"}),
        ("paul", {"paul", "paul on own", "paul on foreign"}),
        ("rita", ALL),
        ("anton", {"account", "skill"}),
    ],
)
def test_each_role_reads_its_part(cast: Any, history: dict[str, int], name: str, visible: set[str]) -> None:
    seen = {entry.id for entry in db.session.scalars(queries.changes_visible_to(cast.users[name].actor))}

    assert {what for what, number in history.items() if number in seen} == visible


def test_ministries_do_not_read_the_log(cast: Any, client_of: ClientOf) -> None:
    assert client_of(cast.mia).get("/aenderungen").status_code == 403


def test_no_link_to_a_person_reaches_no_person(cast: Any, history: dict[str, int]) -> None:
    stranger = factories.user("stranger", Role.PROJECT_LEAD, Role.POOL_MEMBER, Role.COORDINATOR)

    assert db.session.scalars(queries.changes_visible_to(stranger.actor)).all() == []


def test_auditor_reads_no_values_about_persons(cast: Any, history: dict[str, int]) -> None:
    entries = db.session.scalars(queries.changes_visible_to(cast.rita.actor)).all()

    values = readable_values(cast.rita.actor, entries)

    assert values[history["paul"]] == {"location": [None, "•••"]}
    assert set(map(str, values[history["paul on own"]].values())) == {"[None, '•••']"}
    assert values[history["account"]] == {"name": ["•••", "•••"]}
    assert values[history["skill"]] == {"area": ["FIM & Recht", "Recht"]}


def test_auditor_who_leads_reads_the_values_of_their_project(cast: Any, history: dict[str, int]) -> None:
    person = factories.person()
    cast.foreign_project.lead_id = person.id
    both = factories.user("both", Role.AUDITOR, Role.PROJECT_LEAD, person_id=person.id)
    entries = db.session.scalars(queries.changes_visible_to(both.actor)).all()

    values = readable_values(both.actor, entries)

    assert values[history["paul on foreign"]]["share"] == [None, 10]
    assert values[history["paul on own"]]["share"] == [None, "•••"]


def test_persons_named_in_projects_are_masked_too(cast: Any) -> None:
    change(cast.project, lead_id=cast.paul_person.id, title="Neuer Titel")
    entry = db.session.scalars(queries.changes_visible_to(cast.rita.actor)).first()

    assert masked(entry) == {"title": ["Kita-Fachkräfte online", "Neuer Titel"], "lead_id": ["•••", "•••"]}


def test_page_words_the_change(cast: Any, client_of: ClientOf) -> None:
    change(cast.project, lead_id=cast.paul_person.id, end=date(2027, 12, 24), goal="")
    text = client_of(cast.carla).get("/aenderungen").text

    assert "Projekt „Kita-Fachkräfte online“" in text
    assert "<strong>Projektleitung:</strong> Lea Lindner" in " ".join(text.split())
    assert "Paul Pohl" in text
    assert "24.12.2027" in text


def test_page_says_who_did_it(cast: Any, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    anton.post("/benutzer/neu", data={"login": "neu", "name": "Nele", "roles": "auditor", "enabled": "y"})

    text = anton.get(f"/aenderungen?actor={cast.anton.id}").text

    assert "Konto anton" in text
    assert "Revision / Personalrat" in text
    assert "Benutzerkonto „Nele“" in text


def test_auditor_sees_no_names_of_persons(cast: Any, history: dict[str, int], client_of: ClientOf) -> None:
    text = client_of(cast.rita).get("/aenderungen").text

    assert "Paul Pohl" not in text
    assert f"Person Nr. {cast.paul_person.id}" in text
    assert "Otto Ohnsorg" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("object_type=skill", {"skill"}),
        ("object_type=need&object_id={own}", {"own need"}),
        ("object_type=unsinn", ALL - {"account"}),
        ("object_id=99999999999999999999", ALL - {"account"}),
        ("first={today}&last={today}", ALL - {"account"}),
        ("first={tomorrow}", set()),
        ("last={yesterday}", set()),
        ("first=unsinn", ALL - {"account"}),
        ("first=0001-01-01&last=9999-12-31", ALL - {"account"}),
        ("actor=4711", ALL - {"account"}),
    ],
)
def test_filters(cast: Any, history: dict[str, int], client_of: ClientOf, query: str, found: set[str]) -> None:
    own = db.session.get_one(AuditEntry, history["own need"]).object_id
    today = clock.today()
    days = {"today": today, "tomorrow": today + timedelta(days=1), "yesterday": today - timedelta(days=1)}
    carla = client_of(cast.carla)
    pages = (carla.get(f"/aenderungen?page={page}&{query.format(own=own, **days)}") for page in range(1, 4))
    text = "".join(page.text for page in pages if page.status_code == 200)

    assert {what for what, number in history.items() if f'id="eintrag-{number}"' in text} == found


def test_erased_values_are_said_to_be_erased(cast: Any, client_of: ClientOf) -> None:
    number = change(cast.paul_person, location="Erfurt")
    db.session.execute(delete(AuditDetail).where(AuditDetail.entry_id == number), execution_options={"unaudited": True})

    text = client_of(cast.carla).get("/aenderungen?object_type=person").text

    assert "Die Werte wurden zum Datenschutz gelöscht." in text


@pytest.mark.parametrize("name", ["carla", "konrad", "rita", "anton"])
def test_page_asks_a_fixed_number_of_queries(cast: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(cast.users[name])
    for _ in range(30):
        factories.need(cast.project, factories.skill())
        factories.assignment(factories.person(), cast.project)
        factories.organisation(parent_id=cast.finance.id)
    db.session.commit()
    with count_queries() as asked:
        assert client.get("/aenderungen").status_code == 200

    assert len(asked) <= 12


def test_reading_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    carla = client_of(cast.carla)
    before = db.session.query(AuditEntry).count()
    carla.get("/aenderungen?object_type=project&first=2026-01-01")

    assert db.session.query(AuditEntry).count() == before


def test_entries_about_tokens_name_no_secret(cast: Any, client_of: ClientOf) -> None:
    token, text = create_token(cast.paul, "Kalender")
    db.session.commit()

    page = client_of(cast.anton).get("/aenderungen?object_type=api_token").text

    assert "Kalender" in page
    assert text not in page
    assert token.token_hash not in page
