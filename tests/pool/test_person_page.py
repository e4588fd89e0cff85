"""The page of one person, field by field as its reader may see it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.pool.models import PersonSkill
from portfolio.web import clock
from tests import factories
from tests.pool import rows
from tests.pool.rows import NOW
from tests.support.client import Client
from tests.support.queries import count_queries

AWAY = (NOW + 1).monday


@pytest.fixture
def bea(cast: Any) -> Any:
    """Everything there is to know of a person, who works on the project of Lea and Mia and on one of Otto's."""
    person = rows.person(
        "Bea Berg",
        (NOW - 20, None, 70),
        email="bea@behoerde.example",
        location="Erfurt",
        contract_share=90,
        home_organisation_id=cast.finance.id,
    )
    person.skills = [PersonSkill(skill_id=cast.fim.id, level=4, confirmed_on=clock.today(), evidence="Zeugnis 7")]
    rows.booked(person, 30, NOW, NOW + 9, on=cast.project)
    rows.booked(person, 10, NOW + 1, NOW + 4, on=cast.foreign_project)
    factories.absence(person, AWAY, AWAY + timedelta(days=1))
    db.session.flush()
    return person


EMAIL, HOME, PLACE, CONTRACT = "bea@behoerde.example", "Finanzministerium", "Erfurt", "90\u202f%"
LEVEL, CONFIRMED, EVIDENCE = "4 – Expertin/Experte", "bestätigt am", "Zeugnis 7"
WEEKS, PRESENCE, SHARES = "Verplante Arbeitszeit und Poolanteil", "3 von 5 Tagen", 'id="poolanteile"'
DAYS = AWAY.strftime("%d.%m.%Y")
OWN_PROJECT, OTHER_PROJECT, SHARE = "Kita-Fachkräfte online", "Grundsteuer-Auskunft", "30\u202f% (12 h/Woche)"
EVERYTHING = {
    EMAIL, HOME, PLACE, CONTRACT, LEVEL, CONFIRMED, EVIDENCE, WEEKS, PRESENCE, SHARES, DAYS, OWN_PROJECT, OTHER_PROJECT,
    SHARE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("carla", {DAYS}),
        ("konrad", {DAYS}),
        ("lea", {DAYS, EMAIL, HOME, PLACE, CONTRACT, EVIDENCE, SHARES, OTHER_PROJECT}),
        ("mia", EVERYTHING - {EMAIL, OWN_PROJECT}),
        ("otto", EVERYTHING - {EMAIL, OTHER_PROJECT}),
        ("anton", EVERYTHING - {EMAIL, HOME, PLACE}),
    ],
)
def test_fields_by_role(client_of: Callable[..., Client], cast: Any, bea: Any, name: str, hidden: set[str]) -> None:
    page = client_of(cast.users[name]).get(f"/personen/{bea.id}").text

    assert {text for text in EVERYTHING if text not in page} == hidden


def test_a_person_sees_everything_about_themselves(client_of: Callable[..., Client], cast: Any, bea: Any) -> None:
    cast.paul.person_id = bea.id

    page = client_of(cast.paul).get(f"/personen/{bea.id}").text

    assert {text for text in EVERYTHING if text not in page} == set()


@pytest.mark.parametrize(("name", "status"), [("paul", 404), ("rita", 403), ("lea", 404), ("otto", 404)])
def test_of_strangers_nothing_is_shown(client_of: Callable[..., Client], cast: Any, name: str, status: int) -> None:
    stranger = factories.person("Fritz Fern")

    answer = client_of(cast.users[name]).get(f"/personen/{stranger.id}")

    assert answer.status_code == status
    assert "Fritz Fern" not in answer.text


STEPS = {
    "edit": "/bearbeiten",
    "shares": "/poolanteile",
    "skills": "/faehigkeiten",
    "absences": "/abwesenheiten",
    "confirm": "/bestaetigung-zuruecknehmen",
    "active": "/deaktivieren",
}


def steps(page: str, person_id: int) -> set[str]:
    """The steps that the page offers."""
    shown = re.sub(r"/faehigkeiten/\d+/", "/", page)  # steps on one skill
    return {step for step, address in STEPS.items() if f'/personen/{person_id}{address}"' in shown}


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("carla", set(STEPS)),
        ("konrad", set()),
        ("lea", set()),
        ("mia", set()),
        ("anton", {"active"}),
    ],
)
def test_steps_are_offered_to_those_who_may_take_them(
    client_of: Callable[..., Client], cast: Any, bea: Any, name: str, offered: set[str]
) -> None:
    page = client_of(cast.users[name]).get(f"/personen/{bea.id}").text

    assert steps(page, bea.id) == offered


def test_a_pool_member_changes_own_skills_and_absences(client_of: Callable[..., Client], cast: Any) -> None:
    page = client_of(cast.paul).get(f"/personen/{cast.paul_person.id}").text

    assert steps(page, cast.paul_person.id) == {"skills", "absences"}


def test_weeks_say_what_is_booked_free_present_and_delivered(
    client_of: Callable[..., Client], cast: Any, bea: Any
) -> None:
    page = client_of(cast.konrad).get(f"/personen/{bea.id}").text
    week = f'<th scope="row" class="nowrap">KW {(NOW + 1).number:02d}/{(NOW + 1).year}</th>'
    cells = [cell.partition("</td>")[0].rpartition(">")[2] for cell in page.partition(week)[2].split("<td")[1:7]]

    assert cells == ["70\u202f%", "40\u202f%", "30\u202f% frei", "2", "3 von 5 Tagen", "9,6 h"]


def test_page_of_somebody_new_says_what_is_missing(client_of: Callable[..., Client], cast: Any) -> None:
    new = factories.person("Nora Neu", pool_share=None)

    page = client_of(cast.carla).get(f"/personen/{new.id}").text

    for text in ("Nicht im Pool", "Noch keine Fähigkeiten", "Zurzeit ist kein Einsatz geplant"):
        assert text in page


def test_skills_that_do_not_hold_now_say_so(client_of: Callable[..., Client], cast: Any, bea: Any) -> None:
    bea.skills[0].valid_to_week = NOW - 1

    page = client_of(cast.carla).get(f"/personen/{bea.id}").text

    assert "abgelaufen, zählt nicht" in page
    assert "FIM-Prozesse 4" not in client_of(cast.carla).get("/personen").text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "mia", "anton"])
def test_queries_do_not_grow_with_what_there_is(
    client_of: Callable[..., Client], cast: Any, bea: Any, name: str
) -> None:
    client, counts = client_of(cast.users[name]), []
    for weeks in (40, 80):
        for number in range(4):
            bea.skills.append(PersonSkill(skill_id=factories.skill().id, level=number))
            factories.absence(bea, AWAY + timedelta(days=weeks + number), AWAY + timedelta(days=weeks + number))
            rows.booked(bea, 5, NOW + weeks, NOW + weeks + 1, on=cast.project)
        db.session.commit()
        with count_queries() as asked:
            client.get(f"/personen/{bea.id}")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_reading_changes_nothing(client_of: Callable[..., Client], cast: Any, bea: Any) -> None:
    client = client_of(cast.carla)
    before = db.session.query(AuditEntry).count()

    for address in ("", "/bearbeiten", "/poolanteile", "/faehigkeiten", "/abwesenheiten"):
        assert client.get(f"/personen/{bea.id}{address}").status_code == 200

    assert db.session.query(AuditEntry).count() == before
    assert bea.version == 1
