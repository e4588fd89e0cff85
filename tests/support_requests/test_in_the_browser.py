"""Filing and deciding a request in a real browser, with a script and without."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.services import RequestNeedData, counter
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support import browser
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]


def stored() -> SupportRequest:
    db.session.rollback()
    return db.session.query(SupportRequest).one()


def test_ministry_files_a_request(page: Page, sign_in: SignIn, cast: Cast) -> None:
    factories.service("Kindertagesstätte Aufnahme")
    db.session.commit()
    sign_in(cast.mia)
    page.goto("/anfragen/neu")

    page.get_by_label("Titel").fill("Kita-Antrag online")
    page.get_by_label("Was soll digital werden?").fill("Der Antrag auf einen Kita-Platz.")
    page.get_by_label("Beginn").fill("KW 49/2026")
    page.get_by_label("Ende").fill("KW 12/2027")
    page.get_by_label("OZG-Leistungen").press_sequentially("kindert")
    page.locator("[role=option]").first.click()
    page.get_by_label("Fähigkeit").select_option(label="FIM-Prozesse")
    page.get_by_label("Anteil in %").fill("40")
    page.get_by_role("button", name="Einreichen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kita-Antrag online")
    request = stored()
    assert request.state is RequestState.SUBMITTED
    assert [service.name for service in request.services] == ["Kindertagesstätte Aufnahme"]
    assert [need.share for need in request.needs] == [40]


def test_added_row_begins_with_the_usual_choices(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.mia)
    page.goto("/anfragen/neu")

    page.get_by_role("button", name="Bedarf hinzufügen").click()

    row = page.locator("[data-row]").nth(1)
    expect(row.get_by_label("Mindeststufe")).to_have_value("2")
    expect(row.get_by_label("Priorität")).to_have_value("3")
    expect(row.get_by_label("Personentage")).to_be_hidden()
    row.get_by_label("Art").select_option("volume")
    expect(row.get_by_label("Personentage")).to_be_visible()


@pytest.fixture
def plain_page(app: Flask, browser: Browser, live_server: str) -> Any:
    """A tab of a browser that runs no scripts."""
    context = browser.new_context(base_url=live_server, locale="de-DE", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_filing_without_scripts(plain_page: Page, cast: Cast) -> None:
    factories.service("Kindertagesstätte Aufnahme")
    login = cast.mia.login
    db.session.commit()
    browser.sign_in(plain_page, login, factories.PASSWORD)
    plain_page.goto("/anfragen/neu")

    plain_page.get_by_label("Titel").fill("Ganz ohne Skript")
    plain_page.get_by_label("Leistungsschlüssel oder Name").fill("kindert")
    plain_page.get_by_role("button", name="Suchen").click()
    plain_page.get_by_label("Kindertagesstätte").check()
    plain_page.get_by_role("button", name="Bedarf hinzufügen").click()
    assert plain_page.get_by_label("Fähigkeit").count() == 2
    plain_page.get_by_role("button", name="Bedarf entfernen").last.click()
    plain_page.get_by_role("button", name="Entwurf speichern").last.click()

    request = stored()
    assert (request.title, [service.name for service in request.services]) == (
        "Ganz ohne Skript",
        ["Kindertagesstätte Aufnahme"],
    )


REQUESTS = ("", "/neu", "/1", "/1/bearbeiten", "/2", "/2/entscheidung", "/2/gegenangebot", "/3")
TEMPLATES = ("", "/neu", "/1/bearbeiten")
PAGES = [*(f"/anfragen{path}" for path in REQUESTS), *(f"/bedarfsvorlagen{path}" for path in TEMPLATES)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_are_accessible_and_fit(page: Page, sign_in: SignIn, cast: Cast, scheme: Any, width: int) -> None:
    both_sides(cast)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.mia)

    for path in PAGES:
        page.goto(path)
        assert (path, axe_violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def both_sides(cast: Cast) -> None:
    """A draft, a submitted request and a counter-offer; Mia decides too."""
    cast.mia.roles = cast.mia.roles | cast.carla.roles
    factories.need_template("Standardteam Online-Antrag", cast.fim)
    factories.support_request(cast.education, needs=[cast.fim])
    factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    offered = factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    need = offered.needs[0]
    weeks = {"from_week": need.from_week, "to_week": need.to_week}
    counter(offered, [RequestNeedData(skill_id=cast.fim.id, level=2, share=20, **weeks)], "Später.", cast.carla.actor)
    db.session.commit()


def test_template_is_written_row_by_row(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.carla)
    page.goto("/bedarfsvorlagen/neu")
    page.get_by_label("Name").fill("Standardteam Formular")
    page.get_by_role("button", name="Bedarf hinzufügen").click()
    second = page.get_by_role("group", name="Bedarf 2")
    second.get_by_label("Fähigkeit").select_option(label="FIM-Prozesse")
    second.get_by_label("Art").select_option("volume")
    second.get_by_label("Personentage").fill("12")
    second.get_by_label("Anteil in %").fill("30")
    page.get_by_role("group", name="Bedarf 1").get_by_role("button").click()
    page.get_by_role("button", name="Speichern").last.click()

    expect(page.get_by_role("row", name="FIM-Prozesse")).to_contain_text("12 Personentage")


def test_timeline_follows_what_is_typed(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.mia)
    page.goto("/anfragen/neu")

    page.get_by_label("Beginn").fill("KW 49/2026")
    page.get_by_label("Ende").fill("KW 12/2027")
    page.get_by_label("Fähigkeit").select_option(label="FIM-Prozesse")
    page.get_by_label("Anteil in %").fill("40")

    expect(page.locator("#zeitplan")).to_contain_text("höchstens 0,4 VZÄ")
    page.get_by_role("button", name="Bedarf hinzufügen").click()
    page.get_by_role("group", name="Bedarf 1").get_by_role("button").click()
    expect(page.locator("#zeitplan")).to_contain_text("Sobald ein Bedarf")


def test_autosave_begins_a_draft_and_goes_on_with_it(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.mia)
    page.goto("/anfragen/neu")
    status = page.locator("[data-status]")

    page.get_by_label("Titel").fill("Ohne zu speichern")
    expect(status).to_contain_text("Gespeichert um")
    expect(page).to_have_url(re.compile(r"/anfragen/1/bearbeiten$"))
    page.get_by_label("Fähigkeit").select_option(label="FIM-Prozesse")
    expect(status).to_contain_text("Noch nicht dabei: Bedarf 1: Bitte geben Sie den Anteil an.")
    page.get_by_label("Titel").fill("Ohne je zu speichern")
    page.get_by_role("button", name="Entwurf speichern").last.click()

    expect(page.get_by_text("Bitte prüfen Sie Ihre Angaben")).to_be_visible()
    page.get_by_label("Anteil in %").fill("40")
    page.get_by_label("Beginn").fill("KW 49/2026")
    page.get_by_label("Ende").fill("KW 12/2027")
    page.get_by_role("button", name="Entwurf speichern").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ohne je zu speichern")
    assert [need.share for need in stored().needs] == [40]


def test_autosave_stops_where_somebody_else_went_on(page: Page, sign_in: SignIn, cast: Cast) -> None:
    factories.support_request(cast.education, "Erster Stand")
    db.session.commit()
    sign_in(cast.mia)
    page.goto("/anfragen/1/bearbeiten")
    stored().title = "Stand der Kollegin"
    db.session.commit()

    page.get_by_label("Titel").fill("Meine Eingabe")

    expect(page.locator("[data-status]")).to_contain_text("Nicht gespeichert: Der Entwurf wurde inzwischen")
    page.get_by_role("button", name="Entwurf speichern").last.click()
    expect(page.get_by_role("cell", name="Stand der Kollegin")).to_be_visible()
    assert stored().title == "Stand der Kollegin"


LEFT = (
    "Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))"
)


@pytest.mark.parametrize("leave", ["document.activeElement.blur()", LEFT], ids=["field", "page"])
def test_leaving_keeps_what_was_typed_last(page: Page, sign_in: SignIn, cast: Cast, leave: str) -> None:
    factories.support_request(cast.education, "Erster Stand")
    db.session.commit()
    sign_in(cast.mia)
    page.clock.install()
    page.goto("/anfragen/1/bearbeiten")
    page.clock.pause_at(clock.now() + timedelta(minutes=1))  # so that no pause in typing ends
    page.get_by_label("Titel").press_sequentially("!")

    with page.expect_request("**/zwischenstand"):
        page.evaluate(leave)
        page.clock.run_for(1)

    expect(page.locator("[data-status]")).to_contain_text("Gespeichert um")
    assert stored().title == "!Erster Stand"
