"""The pages of pool and catalogue in a real browser: what scripts add to forms that work without."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portfolio.extensions import db
from tests import factories
from tests.pool import rows
from tests.pool.rows import NOW, stored_shares
from tests.support.browser import axe_violations


def test_list_of_persons_follows_what_is_typed(cast: Any, page: Page, sign_in: Callable[[Any], None]) -> None:
    sign_in(cast.carla)
    page.goto("/personen")
    expect(page.get_by_role("link", name="Paul Pohl")).to_be_visible()

    page.get_by_label("Name").press_sequentially("kuehn")

    expect(page.get_by_role("link", name="Paul Pohl")).to_have_count(0)
    expect(page.get_by_role("link", name="Konrad Kühn")).to_be_visible()
    assert "q=kuehn" in page.url


def test_rows_are_added_and_removed(cast: Any, page: Page, sign_in: Callable[[Any], None]) -> None:
    person = rows.person("Bea", (NOW - 10, NOW - 1, 40), (NOW, None, 100))
    db.session.commit()
    sign_in(cast.carla)
    page.goto(f"/personen/{person.id}/poolanteile")

    page.get_by_role("button", name="Entfernen").first.click()
    page.get_by_role("button", name="Zeitraum hinzufügen").click()
    page.get_by_label("Bis KW").first.fill(str(NOW + 9))
    page.get_by_label("Von KW").last.fill(str(NOW + 10))
    page.get_by_label("Anteil").last.fill("60")
    page.get_by_role("button", name="Speichern").click()

    expect(page.get_by_text("sind gespeichert")).to_be_visible()
    assert stored_shares(person) == [(NOW, NOW + 9, 100), (NOW + 10, None, 60)]


def test_person_is_drawn_as_a_chart_with_the_numbers_beside(
    cast: Any, page: Page, sign_in: Callable[[Any], None]
) -> None:
    sign_in(cast.paul)
    page.goto("/personen")

    expect(page).to_have_title("Paul Pohl – Projektpool")
    expect(page.locator(".js-plotly-plot .bars").first).to_be_visible()
    page.get_by_text("Zahlen als Tabelle").click()
    expect(page.get_by_role("columnheader", name="Anwesend")).to_be_visible()


ADDRESSES = (
    "/personen",
    "/personen/neu",
    "/personen/{person}",
    "/personen/{person}/bearbeiten",
    "/personen/{person}/poolanteile",
    "/personen/{person}/faehigkeiten",
    "/personen/{person}/abwesenheiten",
    "/faehigkeiten",
    "/faehigkeiten/neu",
    "/leistungen",
    "/leistungen/{service}",
    "/leistungen/buendel",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(cast: Any, page: Page, sign_in: Callable[[Any], None], scheme: Any) -> None:
    service = factories.service("Abfallgebühr")
    factories.absence(cast.paul_person, NOW.monday, NOW.sunday)
    db.session.commit()
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.carla)
    for address in ADDRESSES:
        page.goto(address.format(person=cast.paul_person.id, service=service.id))
        assert axe_violations(page) == [], address


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_fit_a_small_screen(cast: Any, page: Page, sign_in: Callable[[Any], None], address: str) -> None:
    service = factories.service("Grundstücksverkehrsgenehmigungsverfahren Antrag")
    db.session.commit()
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(cast.carla)

    page.goto(address.format(person=cast.paul_person.id, service=service.id))

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
