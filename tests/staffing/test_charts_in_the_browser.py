"""The charts along the weeks in a real browser: drawn with what the bundle has, named, saved by keyboard, on paper."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from tests.factories import FIRST_WEEK, PASSWORD
from tests.staffing.booking import assign
from tests.staffing.worlds import turn_of_the_year
from tests.support.browser import axe_violations
from tests.support.browser import sign_in as sign_in_at

QUERY = f"?from_week={FIRST_WEEK}&weeks=12"
CHARTS = [
    ("/kapazitaet", "kapazitaet", ".hm image", 3),
    ("/kapazitaet/faehigkeiten", "faehigkeit", ".bars .point path", 24),
    ("/kapazitaet/faehigkeiten", "faehigkeit", ".scatterlayer .js-line", 2),
    ("/kapazitaet/ressorts", "ressorts", ".bars .point path", 12),
    ("/kapazitaet/ressorts", "ressorts", ".scatterlayer .js-line", 1),
    ("/kapazitaet/ressorts", "gedeckt", ".hm image", 1),
    ("/personen/3", "auslastung-diagramm", ".bars .point path", 12),
    ("/projekte/1/team", "wochen-diagramm", ".bars .point path", 36),
]


@pytest.fixture
def world(cast: Any, sign_in: Any) -> Any:
    turn_of_the_year(cast)
    assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70, from_week=FIRST_WEEK + 1)
    assign(cast.lea_person, cast.project, cast.carla, share=45, to_week=FIRST_WEEK)
    db.session.commit()
    sign_in(cast.carla)
    return cast


@pytest.mark.parametrize(("address", "name", "drawn", "count"), CHARTS)
def test_it_is_drawn_and_named(page: Page, world: Any, address: str, name: str, drawn: str, count: int) -> None:
    """A kind of chart that the bundle lacks would leave empty axes, and say nothing."""
    page.goto(address + QUERY)
    expect(page.locator(f"#{name} {drawn}")).to_have_count(count)
    chart = page.locator(f"#{name}")
    expect(chart).to_have_role("img")
    expect(chart).to_have_accessible_name(re.compile(r"\w+"))
    expect(chart).to_have_accessible_description("Die Zahlen dieses Diagramms stehen darunter als Tabelle.")


@pytest.mark.parametrize("address", ["/personen/3", "/projekte/1/team"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_the_weeks_are_accessible(page: Page, world: Any, address: str, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(address + QUERY)
    page.locator(".chart summary").click()
    expect(page.locator(".chart .js-plotly-plot, .js-plotly-plot")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_is_saved_by_keyboard(page: Page, world: Any) -> None:
    page.goto("/kapazitaet" + QUERY)
    expect(page.locator(".hm image")).to_have_count(3)
    page.get_by_role("button", name="Bild speichern (PNG)").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_on_a_narrow_screen_chart_and_table_scroll_by_keyboard(page: Page, world: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/kapazitaet" + QUERY)
    window = page.locator(".chart__window")
    expect(page.locator(".hm image")).to_have_count(3)
    window.focus()
    expect(window).to_be_focused()
    page.get_by_text("Zahlen als Tabelle").click()
    table = page.get_by_role("region", name="Freie Kapazität")
    table.evaluate("region => region.scrollBy(300, 0)")
    name = table.get_by_role("rowheader", name="Paul Pohl").bounding_box()
    region = table.bounding_box()
    assert name
    assert region
    assert name["x"] == pytest.approx(region["x"], abs=3)


def test_on_paper_the_chart_fits_and_its_table_is_unfolded(page: Page, world: Any) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/kapazitaet" + QUERY)
    expect(page.locator(".hm image")).to_have_count(3)
    page.set_viewport_size({"width": 690, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("cell", name="voll").or_(page.get_by_role("cell", name="frei")).first).to_be_visible()
    drawing = page.locator("#kapazitaet .main-svg").first.bounding_box()
    assert drawing
    assert drawing["width"] <= 690
    expect(page.locator("#kapazitaet .main-svg").first).to_have_css("background-color", "rgb(255, 255, 255)")


def test_without_scripts_the_table_stands_there(browser: Browser, cast: Any, live_server: str) -> None:
    login = cast.carla.login
    db.session.commit()
    with browser.new_context(java_script_enabled=False, base_url=live_server, locale="de-DE") as context:
        page = context.new_page()
        sign_in_at(page, login, PASSWORD)
        page.goto("/kapazitaet/ressorts" + QUERY)
        expect(page.locator(".chart__window").first).to_be_hidden()
        page.get_by_text("Zahlen als Tabelle").first.click()
        expect(page.get_by_role("rowheader", name="KW 53/2026").first).to_be_visible()
