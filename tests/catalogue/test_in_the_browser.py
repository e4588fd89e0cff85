"""The catalogue in a real browser: search while typing, and picking a bundle."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from portfolio.extensions import db
from tests import factories
from tests.catalogue import builders


def test_list_follows_what_is_typed(cast: Any, page: Page, sign_in: Callable[[Any], None]) -> None:
    factories.service("Abfallgebühr")
    factories.service("Wohngeld")
    db.session.commit()
    sign_in(cast.mia)
    page.goto("/leistungen")

    page.get_by_label("Suche").press_sequentially("gebuehr abf")

    expect(page.get_by_role("link", name="Wohngeld")).to_have_count(0)
    expect(page.get_by_role("link", name="Abfallgebühr")).to_be_visible()
    assert "q=gebuehr" in page.url
    page.get_by_label("Suche").fill("")
    expect(page.get_by_role("link", name="Wohngeld")).to_be_visible()


def test_a_bundle_is_picked_by_a_few_letters(cast: Any, page: Page, sign_in: Callable[[Any], None]) -> None:
    bundle = builders.bundle("10110", "Abfallentsorgung")
    service = factories.service("Abfallgebühr")
    db.session.commit()
    sign_in(cast.anton)
    page.goto(f"/leistungen/{service.id}/bearbeiten")

    page.get_by_label("OZG-Leistung").press_sequentially("entsorg")
    page.get_by_role("option", name="10110 Abfallentsorgung").click()
    page.get_by_role("button", name="Speichern").click()

    expect(page.get_by_role("link", name="10110 Abfallentsorgung")).to_be_visible()
    db.session.refresh(service)
    assert service.bundle_id == bundle.id
