"""The search field in a real browser: by keyboard from every page, and for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from tests import factories
from tests.cast import Cast
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]


@pytest.fixture
def services(cast: Cast) -> None:
    for name in ("Wohngeld Änderung", "Wohngeld Bewilligung"):
        factories.service(name)
    db.session.commit()


def test_a_service_is_found_by_keyboard_alone(page: Page, sign_in: SignIn, cast: Cast, services: None) -> None:
    sign_in(cast.carla)
    expect(page.get_by_placeholder("Suchen (Strg+K)")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("aender")
    expect(page.get_by_role("link", name="Wohngeld Änderung")).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wohngeld Änderung")).to_be_visible()


def test_arrows_go_round_and_escape_leaves(page: Page, sign_in: SignIn, cast: Cast, services: None) -> None:
    sign_in(cast.rita)
    field = page.get_by_role("searchbox", name="Organisationen finden")
    field.fill("wohngeld")
    expect(page.get_by_role("link", name="Wohngeld")).to_have_count(2)
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Wohngeld Bewilligung")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(page.get_by_role("link", name="Wohngeld")).to_have_count(0)


def test_the_shortcut_leaves_alone_who_is_typing(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.carla)
    page.goto("/projekte")
    expect(page.get_by_placeholder("Suchen (Strg+K)")).to_be_visible()
    lead = page.get_by_label("Projektleitung")
    lead.press("Control+k")
    expect(lead).to_be_focused()


def test_a_telephone_and_a_browser_without_scripts_use_the_page(
    browser: Browser, live_server: str, cast: Cast, services: None
) -> None:
    login, size = cast.mia.login, {"width": 320, "height": 640}
    db.session.commit()
    with browser.new_context(java_script_enabled=False, base_url=live_server, locale="de-DE", viewport=size) as context:
        page = context.new_page()
        page.goto("/anmelden")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", factories.PASSWORD)
        page.press("input[name=password]", "Enter")
        page.get_by_role("link", name="Suche", exact=True).click()
        page.get_by_role("searchbox").fill("bewilligung")
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("link", name="Wohngeld Bewilligung")).to_be_visible()
