"""Deciding in a real browser: what the page fetches beside it, the record, note and letter, on screen and on paper."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from portfolio.support.models import Decision, Outcome, RequestState, SupportRequest
from tests import factories
from tests.cast import Cast
from tests.support import browser
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]


@pytest.fixture
def request_of_mia(cast: Cast) -> SupportRequest:
    """Asks for FIM, which Paul has free, and for BPMN, which nobody has."""
    wanted = [cast.fim, factories.skill("BPMN")]
    request = factories.support_request(cast.education, needs=wanted, state=RequestState.SUBMITTED)
    db.session.commit()
    return request


def decided() -> Decision:
    db.session.rollback()
    return db.session.query(Decision).one()


def test_cio_office_decides_with_everything_beside_it(
    page: Page, sign_in: SignIn, cast: Cast, request_of_mia: SupportRequest
) -> None:
    sign_in(cast.carla)
    page.goto(f"/anfragen/{request_of_mia.id}/entscheidung")

    expect(page.get_by_text("Kita-Fachkräfte online")).to_have_count(0)  # no skill in common
    expect(page.get_by_text("hat bisher nichts angefragt")).to_be_visible()
    page.get_by_role("link", name="Nur annehmen, was jemand ganz übernehmen kann").click()
    page.get_by_label("Projektleitung").first.select_option(str(cast.lea_person.id))
    page.get_by_label("Angewandte Regel").first.select_option("capacity")
    page.get_by_label("Begründung für das Ressort").first.fill("BPMN hat niemand.")
    page.get_by_role("button", name="Annehmen und Projekt anlegen").click()
    page.get_by_role("link", name="Sachstand und Vermerk").click()

    expect(page.get_by_text("BPMN hat niemand.")).to_be_visible()
    expect(page.get_by_role("row", name="Nur annehmen, was jemand ganz übernehmen kann gewählt")).to_be_visible()
    assert decided().outcome is Outcome.PARTLY_ACCEPTED


def test_offer_is_tried_and_sent(page: Page, sign_in: SignIn, cast: Cast, request_of_mia: SupportRequest) -> None:
    sign_in(cast.carla)
    page.goto(f"/anfragen/{request_of_mia.id}/gegenangebot")

    page.get_by_role("button", name="Bedarf entfernen").last.click()
    page.get_by_label("Anteil in %").fill("60")
    page.get_by_role("button", name="Am Pool prüfen").click()
    expect(page.get_by_text("48 h fehlen")).to_be_visible()
    page.get_by_label("Anteil in %").fill("50")
    page.get_by_label("Begründung für das Ressort").fill("So geht es.")
    page.get_by_role("button", name="Gegenangebot senden").last.click()

    expect(page.get_by_text("Das Gegenangebot ist beim Ressort.")).to_be_visible()
    assert decided().outcome is Outcome.COUNTER_OFFERED


def test_deciding_without_scripts(
    app: Flask, browser: Browser, live_server: str, cast: Cast, request_of_mia: SupportRequest
) -> None:
    context = browser.new_context(base_url=live_server, locale="de-DE", java_script_enabled=False)
    page, login, address = context.new_page(), cast.carla.login, f"/anfragen/{request_of_mia.id}/entscheidung"
    db.session.commit()
    sign_in_plainly(page, login)
    page.goto(address)

    page.get_by_role("link", name="Möglichkeiten abwägen").click()
    expect(page.get_by_role("row", name="Ablehnen")).to_be_visible()
    page.get_by_role("link", name="Entscheiden").click()
    page.locator("#reject-text").fill("Schon vergeben.")
    page.get_by_role("button", name="Anfrage ablehnen").click()
    page.get_by_role("link", name="Schreiben").click()

    expect(page.get_by_text("leider nicht zusagen")).to_be_visible()
    context.close()


def sign_in_plainly(page: Page, login: str) -> None:
    browser.sign_in(page, login, factories.PASSWORD)


def test_letter_in_english(page: Page, sign_in: SignIn, cast: Cast, request_of_mia: SupportRequest) -> None:
    reject(page, sign_in, cast, request_of_mia)
    page.get_by_role("banner").get_by_text("Carla CIO").click()
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Letter").click()

    expect(page.get_by_text("we regret that we cannot promise")).to_be_visible()


def reject(page: Page, sign_in: SignIn, cast: Cast, request: SupportRequest) -> None:
    sign_in(cast.carla)
    page.goto(f"/anfragen/{request.id}/entscheidung")
    page.locator("#reject-text").fill("Schon vergeben.")
    page.get_by_role("button", name="Anfrage ablehnen").click()
    page.get_by_text("Die Anfrage ist abgelehnt.").wait_for()


def test_only_the_sheet_goes_on_paper(page: Page, sign_in: SignIn, cast: Cast, request_of_mia: SupportRequest) -> None:
    reject(page, sign_in, cast, request_of_mia)
    page.get_by_role("link", name="Schreiben").click()
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()

    page.emulate_media(media="print")

    for kept in ("Sehr geehrte Damen und Herren,", "Im Auftrag", "Unser Zeichen"):
        expect(page.get_by_text(kept)).to_be_visible()
    for left_out in ("banner", "navigation", "contentinfo", "button"):
        expect(page.get_by_role(left_out)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_are_accessible_and_fit(
    page: Page, sign_in: SignIn, cast: Cast, request_of_mia: SupportRequest, scheme: Any, width: int
) -> None:
    factories.need(cast.project, cast.fim)
    factories.support_request(cast.education, needs=[cast.fim], state=RequestState.SUBMITTED)
    db.session.commit()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    reject(page, sign_in, cast, request_of_mia)

    other, decision = f"/anfragen/{request_of_mia.id + 1}", f"/entscheidungen/{decided().id}"
    served = f"/anfragen/bedienter-anteil?ressort={cast.education.id}"
    beside = (f"{other}/entscheidung", f"{other}/abwaegung", f"{other}/umfeld", served)
    for path in (*beside, decision, f"{decision}/vermerk", f"{decision}/schreiben"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert (path, axe_violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
