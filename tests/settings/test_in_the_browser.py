"""The settings as the administration uses them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portfolio.planning.days_off import DayOff
from portfolio.web import settings
from tests.cast import Cast
from tests.support.browser import axe_violations

SECTIONS = ("", "/betrieb", "/dienstfreie-tage", "/schwellen", "/hinweistexte")


def test_a_day_is_added_and_another_removed(page: Page, cast: Cast, sign_in: Callable[[Any], None]) -> None:
    sign_in(cast.anton)
    page.goto("/einstellungen/dienstfreie-tage")
    page.get_by_role("button", name="Entfernen").last.click()
    page.get_by_role("button", name="Tag hinzufügen").click()
    page.keyboard.type("18.06.2027")
    page.keyboard.press("Tab")
    page.keyboard.type("Betriebsausflug")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("gelten ab sofort")
    assert settings.current().days_off == (
        DayOff("Heiligabend", 12, 24),
        DayOff("Betriebsausflug", 6, 18, 2027),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, cast: Cast, sign_in: Callable[[Any], None], scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.anton)
    for section in SECTIONS:
        page.goto(f"/einstellungen{section}")
        assert axe_violations(page) == []
