"""What an installation can set: read by everybody, changed by the administration, in force at once and everywhere."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portfolio.audit.models import AuditEntry
from portfolio.extensions import db
from portfolio.planning.days_off import DayOff
from portfolio.planning.weeks import Week
from portfolio.pool.calendar import days_off
from portfolio.web import clock, settings
from portfolio.web.models import StoredSettings
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
CHRISTMAS = (("24.12.", "Heiligabend"), ("31.12.", "Silvester"))
OPERATION = {
    "operating_body": "Digitalministerium",
    "contact_email": "pool@digital.example",
    "full_time_hours": "40,0",
    "holiday_state": "TH",
}
LIGHTS = {"late_yellow": "2", "late_red": "6", "covered_yellow": "90", "covered_red": "70", "report_weeks": "4"}


def days_form(*rows: tuple[str, str], **more: str) -> dict[str, str]:
    return {
        f"days_off-{at}-{name}": text
        for at, row in enumerate(rows)
        for name, text in zip(("day", "name"), row, strict=True)
    } | more


def save(client: Client, section: str, data: dict[str, str]) -> Any:
    """As it is sent from a page that was opened just now."""
    seen = {"version": str(db.session.get_one(StoredSettings, 1).version)}
    return client.post(f"/einstellungen/{section}", data=seen | data)


def test_admin_names_the_operating_body(cast: Cast, client_of: ClientOf, client: Client) -> None:
    anton = client_of(cast.anton)
    assert save(anton, "betrieb", OPERATION).location == "/einstellungen#betrieb"
    assert "Digitalministerium" in anton.get("/einstellungen").text
    for page in ("/impressum", "/datenschutz", "/barrierefreiheit"):
        answer = client.get(page).text
        assert "Digitalministerium" in answer
        assert "pool@digital.example" in answer


def test_what_is_not_changed_stays_with_the_environment(cast: Cast, client_of: ClientOf) -> None:
    save(client_of(cast.anton), "betrieb", OPERATION)
    stored = db.session.get_one(StoredSettings, 1)
    assert stored.operating_body == "Digitalministerium"
    assert (stored.full_time_hours, stored.holiday_state, stored.days_off) == (None, None, None)


@pytest.mark.parametrize("who", ["carla", "konrad", "lea", "paul", "mia", "otto", "rita"])
def test_everybody_reads_only_the_administration_changes(cast: Cast, client_of: ClientOf, who: str) -> None:
    client = client_of(getattr(cast, who))
    page = client.get("/einstellungen")
    assert "Heiligabend" in page.text
    assert "/einstellungen/schwellen" not in page.text
    assert client.get("/einstellungen/schwellen").status_code == 403
    assert save(client, "schwellen", LIGHTS | {"late_red": "9"}).status_code == 403


def test_a_day_off_lowers_what_a_person_delivers(cast: Cast, client_of: ClientOf) -> None:
    carla, page = client_of(cast.carla), f"/personen/{cast.paul_person.id}"
    this_week = clock.this_week()
    wednesdays = ((this_week + number).monday + timedelta(days=2) for number in range(1, 9))
    wednesday = next(day for day in wednesdays if day not in days_off(this_week, this_week + 9))
    before = days_present(carla.get(page).text)
    save(client_of(cast.anton), "dienstfreie-tage", days_form(*CHRISTMAS, (f"{wednesday:%d.%m.%Y}", "Umzug")))
    assert days_present(carla.get(page).text) == before - 1


def days_present(page: str) -> int:
    """Over all weeks of a person's page."""
    return sum(int(days) for days in re.findall(r"(\d) von \d Tagen", page))


def test_days_off_are_the_whole_list(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    save(anton, "dienstfreie-tage", days_form(("18.6.2027", "Betriebsausflug"), ("", "")))
    assert settings.current().days_off == (DayOff("Betriebsausflug", 6, 18, 2027),)
    assert date(2027, 6, 18) in days_off(Week.of(2027, 24), Week.of(2027, 24))
    save(anton, "dienstfreie-tage", days_form(("", "")))
    assert settings.current().days_off == ()
    assert date(2026, 12, 24) not in days_off(Week.of(2026, 52), Week.of(2026, 52))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31.02.", "Den 31.02. gibt es nicht. Bitte prüfen Sie Tag und Monat."),
        ("29.2.2027", "Den 29.02.2027 gibt es nicht. Bitte prüfen Sie Tag und Monat."),
        ("1.1.1899", "Bitte geben Sie ein Jahr zwischen 2000 und 2099 an."),
        ("bald", "Bitte geben Sie einen Tag an: 24.12. für jedes Jahr oder 18.06.2027 für einen einzelnen Tag."),
        ("24.12.", "Der Tag 24.12. steht zweimal in der Liste."),
        ("", "Bitte geben Sie den Tag an, zum Beispiel 24.12. oder 18.06.2027."),
    ],
)
def test_days_that_make_no_sense(cast: Cast, client_of: ClientOf, day: str, sentence: str) -> None:
    answer = save(client_of(cast.anton), "dienstfreie-tage", days_form(*CHRISTMAS, (day, "Karneval")))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Karneval" in answer.text
    assert db.session.get_one(StoredSettings, 1).days_off is None


def test_rows_without_scripts(cast: Cast, client_of: ClientOf) -> None:
    page = save(client_of(cast.anton), "dienstfreie-tage", days_form(*CHRISTMAS, step="add"))
    assert page.status_code == 200
    assert 'name="days_off-2-day"' in page.text
    assert db.session.get_one(StoredSettings, 1).days_off is None


@pytest.mark.parametrize(
    ("section", "changes", "sentence"),
    [
        ("schwellen", {"late_red": "2"}, "Rot muss bei mehr Wochen Verzug beginnen als Gelb."),
        ("schwellen", {"covered_red": "90"}, "Rot muss bei einer kleineren Deckung beginnen als Gelb."),
        ("schwellen", {"late_yellow": "0"}, "Bitte geben Sie 1 bis 104 Wochen an."),
        ("schwellen", {"covered_yellow": "101"}, "Bitte geben Sie eine ganze Zahl von 1 bis 100 an."),
        ("betrieb", {"operating_body": " "}, "Bitte nennen Sie die Stelle, die Projektpool betreibt."),
        ("betrieb", {"contact_email": "pool"}, "Bitte geben Sie eine vollständige E-Mail-Adresse ein"),
        ("betrieb", {"full_time_hours": "12"}, "Bitte geben Sie 30 bis 48 Stunden an, zum Beispiel 39,5."),
        ("betrieb", {"holiday_state": "XX"}, "Bitte wählen Sie ein Land aus der Liste."),
    ],
)
def test_values_that_make_no_sense(cast: Cast, client_of: ClientOf, section: str, changes: Any, sentence: str) -> None:
    answer = save(client_of(cast.anton), section, LIGHTS | OPERATION | changes)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_thresholds_change_what_is_suggested(cast: Cast, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project, "Go-live", planned_date=FIRST_WEEK.monday)
    factories.forecast(milestone, FIRST_WEEK.monday, (FIRST_WEEK + 3).monday)
    page = f"/projekte/{cast.project.id}/berichte/neu"
    assert "Gelb ab 2, Rot ab 6 Wochen" in client_of(cast.lea).get(page).text
    save(client_of(cast.anton), "schwellen", LIGHTS | {"late_yellow": "1", "late_red": "3"})
    assert "Gelb ab 1, Rot ab 3 Wochen" in client_of(cast.lea).get(page).text


def test_hours_follow_the_full_time_post(cast: Cast, client_of: ClientOf) -> None:
    save(client_of(cast.anton), "betrieb", OPERATION | {"full_time_hours": "39,5"})
    assert "39,5 h/Woche" in client_of(cast.carla).get(f"/personen/{cast.lea_person.id}").text


def test_notices_stand_on_their_pages(cast: Cast, client_of: ClientOf, client: Client) -> None:
    text = "# Anschrift\r\nHauptstraße 1\r\n\r\nhttps://digital.example <b>kein HTML</b>"
    save(client_of(cast.anton), "hinweistexte", {"imprint_notice": text})
    page = client.get("/impressum").text
    assert "<h2>Anschrift</h2>" in page
    assert 'href="https://digital.example"' in page
    assert "&lt;b&gt;kein HTML" in page
    assert "Hauptstraße" not in client.get("/datenschutz").text


def test_the_slower_of_two_admins_sees_both(cast: Cast, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    save(anton, "schwellen", LIGHTS | {"late_red": "8", "version": "1"})
    answer = save(anton, "schwellen", LIGHTS | {"late_red": "7", "version": "1"})
    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes diesen Eintrag geändert." in answer.text
    assert settings.current().late_red == 8


def test_changes_are_logged_in_words(cast: Cast, client_of: ClientOf) -> None:
    anton = client_of(cast.anton)
    save(anton, "dienstfreie-tage", days_form(*CHRISTMAS))
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.object_type == "settings")) is None
    save(anton, "dienstfreie-tage", days_form(*CHRISTMAS, ("18.06.2027", "Umzug")))
    for reader in (anton, client_of(cast.carla), client_of(cast.rita)):
        log = reader.get("/aenderungen").text
        assert "24.12. Heiligabend, 31.12. Silvester, 18.06.2027 Umzug" in log


@pytest.mark.parametrize("page", ["/kapazitaet", "/personen", "/projekte", "/impressum"])
def test_a_page_reads_the_settings_once(cast: Cast, client_of: ClientOf, page: str) -> None:
    carla = client_of(cast.carla)
    with count_queries() as queries:
        carla.get(page)
    assert sum(bool(re.search(r"(FROM|JOIN) settings", query)) for query in queries) == 1
