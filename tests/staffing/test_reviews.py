"""What an absence, a smaller pool share or leaving does to needs is shown first, and done once it was seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portfolio.extensions import db
from portfolio.pool.models import Absence
from portfolio.staffing.models import Assignment
from portfolio.web import clock
from tests import factories
from tests.factories import FIRST_WEEK
from tests.pool import rows
from tests.pool.rows import NOW, conflicts, shares_form
from tests.support.client import Client
from tests.support.queries import count_queries
from tests.support.review import read_on, sign_in_page

ClientOf = Callable[[Any], Client]
WEEK = FIRST_WEEK + 2  # without a day off, as the one after next has three
DAYS = {"from_date": WEEK.monday.isoformat(), "to_date": (WEEK.monday + timedelta(days=4)).isoformat()}
FREE = {"from_date": "2027-08-02", "to_date": "2027-08-06"}


@pytest.fixture
def made(cast: Any) -> Assignment:
    """Lea works four weeks, 40 percent for a need that this covers but for two days off."""
    need = factories.need(cast.project, cast.fim, to_week=FIRST_WEEK + 3, share=40)
    return factories.assignment(cast.lea_person, cast.project, need_id=need.id, to_week=FIRST_WEEK + 3, share=40)


def absences(person_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Absence.person_id == person_id)) or 0


def test_an_absence_says_first_what_it_takes(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    page = client_of(cast.carla).post(f"/personen/{made.person_id}/abwesenheiten", data=DAYS).text
    for words in (
        "1 Bedarf oder Einsatz ist betroffen: zusammen 16 h weniger.",
        "Bedarf „FIM-Prozesse ab Stufe 2“ (Kita-Fachkräfte online)",
        "KW 51/2026 0 h statt 16 h; gedeckt 65\u202f% statt 90\u202f%.",
        f"neu?need={made.need_id}&amp;from_week=2026-W51&amp;to_week=2026-W51",
        f'href="/zuordnungen/{made.id}/uebergeben"',
    ):
        assert words in page
    assert absences(made.person_id) == 0


def test_it_is_entered_once_that_was_seen_and_read_at_the_need(
    cast: Any, client_of: ClientOf, made: Assignment
) -> None:
    client = client_of(cast.carla)
    answer = read_on(client, f"/personen/{made.person_id}/abwesenheiten", DAYS)
    assert (answer.status_code, absences(made.person_id)) == (302, 1)
    assert "zusammen 16 h weniger" in client.get(answer.location).text
    assert "65\u202f% gedeckt" in client.get(f"/bedarfe/{made.need_id}").text


def test_a_stand_in_is_offered_the_weeks_that_are_short(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    address = f"/projekte/{cast.project.id}/zuordnungen/neu?need={made.need_id}&from_week=2026-W51&to_week=nie"
    page = client_of(cast.carla).get(address).text
    assert 'value="KW 51/2026"' in page
    assert 'value="KW 52/2026"' in page  # of the need, as the address names none that exists


def test_candidates_are_offered_where_the_need_is_open(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    address, link = f"/personen/{made.person_id}/abwesenheiten", f'href="/bedarfe/{made.need_id}#besetzung"'
    client = client_of(cast.carla)
    assert link not in client.post(address, data=DAYS).text
    made.need.share = 60
    db.session.commit()
    assert link in client.post(address, data=DAYS).text


def test_without_an_effect_it_is_entered_at_once(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    client = client_of(cast.carla)
    page = client.post(f"/personen/{made.person_id}/abwesenheiten", data=FREE, follow_redirects=True).text
    assert "Die Abwesenheit ist eingetragen. Kein Einsatz ist davon betroffen." in page


def test_the_person_reads_their_own_hours_and_not_how_the_need_stands(
    cast: Any, client_of: ClientOf, made: Assignment
) -> None:
    own = factories.assignment(cast.paul_person, cast.project, need_id=made.need_id, to_week=WEEK, share=40)
    page = client_of(cast.paul).post(f"/personen/{own.person_id}/abwesenheiten", data=DAYS).text
    assert "KW 51/2026 0 h statt 16 h." in page
    assert f'href="/zuordnungen/{own.id}"' in page
    assert [words for words in ("gedeckt", "uebergeben", "#besetzung") if words in page] == []


def test_other_consequences_than_those_seen_are_shown_again(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    client, address = client_of(cast.carla), f"/personen/{made.person_id}/abwesenheiten"
    seen = sign_in_page(client.post(address, data=DAYS).text)
    factories.assignment(cast.lea_person, cast.foreign_project, share=20)
    answer = client.post(address, data=DAYS | {"seen": seen})
    assert "Was das bewirkt, hat sich inzwischen geändert." in answer.text
    assert "2 Bedarfe oder Einsätze sind betroffen: zusammen 24 h weniger." in answer.text
    assert absences(made.person_id) == 0


def test_days_that_are_refused_are_refused_before(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    factories.absence(cast.lea_person, WEEK.monday, WEEK.monday)
    answer = client_of(cast.carla).post(f"/personen/{made.person_id}/abwesenheiten", data=DAYS)
    assert (answer.status_code, 'name="seen"' in answer.text) == (409, False)


def test_going_back_keeps_what_was_typed(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    address = f"/personen/{made.person_id}/abwesenheiten"
    page = client_of(cast.carla).post(address, data=DAYS | {"step": "edit"}).text
    assert (f'value="{DAYS["from_date"]}"' in page, absences(made.person_id)) == (True, 0)


def test_moving_an_absence_shows_what_it_gives_and_takes(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    absence = factories.absence(cast.lea_person, WEEK.monday, WEEK.monday)
    client, address = client_of(cast.carla), f"/abwesenheiten/{absence.id}/bearbeiten"
    moved = {"from_date": (WEEK - 1).monday, "to_date": (WEEK - 1).monday, "version": absence.version}
    page = client.post(address, data=moved).text
    assert "KW 50/2026 – KW 51/2026 28,8 h statt 28,8 h" in page
    assert read_on(client, address, moved).status_code == 302
    late = client.post(address, data=moved)
    assert (late.status_code, 'name="seen"' in late.text) == (409, False)


def test_deleting_shows_what_comes_back(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    absence = factories.absence(cast.lea_person, WEEK.monday, WEEK.monday)
    client, address = client_of(cast.carla), f"/abwesenheiten/{absence.id}/loeschen"
    page = client.post(address, data={"version": absence.version}).text
    assert "zusammen 3,2 h mehr" in page
    assert absences(made.person_id) == 1
    assert client.post(address, data={"version": 9, "seen": sign_in_page(page)}).status_code == 409
    read_on(client, address, {"version": absence.version})
    assert absences(made.person_id) == 0


def test_of_two_who_delete_the_second_finds_nothing(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    absence = factories.absence(cast.lea_person, WEEK.monday, WEEK.monday)
    address, form = f"/abwesenheiten/{absence.id}/loeschen", {"version": absence.version}
    seen = sign_in_page(client_of(cast.carla).post(address, data=form).text)
    answers = [client_of(cast.carla).post(address, data=form | {"seen": seen}).status_code for _each in range(2)]
    assert answers == [302, 404]


@pytest.mark.parametrize("seen", ["", "x" * 5000, "\u202e"])
def test_a_made_up_sign_confirms_nothing(cast: Any, client_of: ClientOf, made: Assignment, seen: str) -> None:
    answer = client_of(cast.carla).post(f"/personen/{made.person_id}/abwesenheiten", data=DAYS | {"seen": seen})
    assert (answer.status_code, absences(made.person_id)) == (200, 0)


def test_each_entered_absence_says_what_it_takes(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    factories.absence(cast.lea_person, WEEK.monday, WEEK.monday)
    factories.absence(cast.lea_person, (WEEK + 40).monday, (WEEK + 40).monday)
    page = client_of(cast.carla).get(f"/personen/{made.person_id}/abwesenheiten").text
    assert "KW 51/2026 12,8 h statt 16 h" in page
    assert page.count("h statt") == 1


def test_leaving_says_what_would_be_lacking(cast: Any, client_of: ClientOf) -> None:
    need = factories.need(cast.project, cast.fim, from_week=NOW, to_week=NOW + 20)
    made = factories.assignment(cast.lea_person, cast.project, need_id=need.id, from_week=NOW + 9, to_week=NOW + 9)
    client, address = client_of(cast.carla), f"/personen/{made.person_id}/deaktivieren"
    page = client.get(address).text
    assert "gedeckt 0\u202f% statt" in page
    assert f'href="/zuordnungen/{made.id}/uebergeben"' in page
    client.post(address, data={"version": cast.lea_person.version})
    assert cast.lea_person.active
    sent = {"version": cast.lea_person.version, "seen": sign_in_page(page)}
    done = client.post(address, data=sent, follow_redirects=True).text
    assert "1 Einsatz läuft weiter, bis Sie ihn übergeben oder beenden." in done
    assert not cast.lea_person.active


def test_administration_deactivates_without_reading_work(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    client, address = client_of(cast.anton), f"/personen/{made.person_id}/deaktivieren"
    assert "Kita-Fachkräfte" not in client.get(address).text
    client.post(address, data={"version": cast.lea_person.version})
    assert not cast.lea_person.active


def test_changing_master_data_leaves_somebody_inactive(cast: Any, client_of: ClientOf) -> None:
    cast.paul_person.active = False
    db.session.commit()
    form = {"name": "Paul Pohl", "contract_share": "100", "max_parallel": "2", "version": cast.paul_person.version}
    assert client_of(cast.carla).post(f"/personen/{cast.paul_person.id}/bearbeiten", data=form).status_code == 302
    assert not cast.paul_person.active


def test_a_smaller_share_says_what_it_means_if_work_gives_way(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    address = f"/personen/{made.person_id}/poolanteile"
    page = client_of(cast.carla).post(address, data=shares_form(cast.lea_person, (FIRST_WEEK, "", 30))).text
    for words in (
        "Es ist noch nichts gespeichert.",
        "KW 49/2026 – KW 52/2026 43,2 h statt 57,6 h; gedeckt 67\u202f% statt 90\u202f%.",
        f'href="/zuordnungen/{made.id}/anteil"',
    ):
        assert words in page


def test_an_accepted_conflict_stays_in_sight(cast: Any, client_of: ClientOf, made: Assignment) -> None:
    client, address = client_of(cast.carla), f"/personen/{made.person_id}/poolanteile"
    form = shares_form(cast.lea_person, (FIRST_WEEK, "", 30), accept_conflict="y")
    answer = client.post(address, data=form)
    assert (answer.location, set(conflicts(cast.lea_person).values())) == (address, {10})
    page = client.get(address).text
    assert "Offener Konflikt" in page
    assert f'href="/zuordnungen/{made.id}/uebergeben"' in page


@pytest.mark.parametrize("count", [1, 40])
def test_reviews_ask_the_database_the_same_for_forty(cast: Any, client_of: ClientOf, count: int) -> None:
    person = rows.person("Bea", (FIRST_WEEK, None, 100))
    for _each in range(count):
        need = factories.need(cast.project, cast.fim, share=2)
        factories.assignment(person, cast.project, need_id=need.id, share=2)
    client, today = client_of(cast.carla), clock.today()
    factories.absence(person, today, today)
    client.get("/personen")
    with count_queries() as queries:
        client.post(f"/personen/{person.id}/abwesenheiten", data=DAYS)
    asked = len(queries)
    with count_queries() as queries:
        client.get(f"/personen/{person.id}/abwesenheiten")
    assert (asked <= 12, len(queries) <= 12) == (True, True), (asked, len(queries))
