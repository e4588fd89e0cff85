"""Projects in a real browser: what a script adds, and what everybody must be able to use."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from portfolio.projects.models import Project, ServiceLink
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support import browser as support
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]
PAGES = [
    "/projekte",
    "/projekte/1",
    "/projekte/1/team",
    "/projekte/1/meilensteine",
    "/projekte/1/prognosen",
    "/projekte/1/bearbeiten",
    "/projekte/1/meilensteine/neu",
    "/projekte/neu",
    "/meilensteine/1",
    "/prognosen/1",
]
WIDTHS_OF_AXES = """() => {
    const { xaxis, yaxis } = document.querySelector(".js-plotly-plot")._fullLayout;
    return [xaxis, yaxis].map((axis) => Math.abs(axis._m));
}"""


def _fill(cast: Cast) -> None:
    """Something of everything a project page shows."""
    cast.project.goal = "Weniger Papier"
    cast.project.service_links = [ServiceLink(service_id=factories.service("Kita-Zuschuss").id, maturity_now=1)]
    factories.need(cast.project, cast.fim, mandatory=True)
    for planned in (cast.project.end, clock.today() - timedelta(days=3)):
        milestone = factories.milestone(cast.project, planned_date=planned)
        factories.forecast(milestone, date(2026, 11, 2), max(planned, date(2026, 11, 2)) + timedelta(days=20))


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_pages_are_accessible_and_fit(page: Page, sign_in: SignIn, cast: Cast, scheme: Any, width: int) -> None:
    _fill(cast)
    db.session.commit()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.carla)
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert (address, axe_violations(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_trend_is_drawn_with_one_scale(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    db.session.commit()
    sign_in(cast.mia)
    page.goto("/projekte/1/meilensteine")
    expect(page.locator(".scatterlayer .trace")).to_have_count(3)
    expect(page.locator(".chart")).to_contain_text("M1 Go-live")
    across, up = page.evaluate(WIDTHS_OF_AXES)
    assert across == pytest.approx(up)


def test_trend_on_a_telephone_leaves_no_room_empty(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    db.session.commit()
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(cast.mia)
    page.goto("/projekte/1/meilensteine")
    expect(page.locator(".scatterlayer .trace")).to_have_count(3)
    box, drawn = (page.locator(f".chart {part}").bounding_box() for part in (".plot-container", ".nsewdrag"))
    assert box
    assert drawn
    assert drawn["height"] > 0.5 * box["height"]
    assert drawn["width"] > 0.5 * box["width"]
    labels = page.locator(".chart .annotation-text").all_text_contents()
    assert [label for label in labels if label] == ["M1", "M2"]


def test_list_follows_while_typing(page: Page, sign_in: SignIn, cast: Cast) -> None:
    sign_in(cast.carla)
    page.goto("/projekte")
    expect(page.get_by_role("link", name=cast.foreign_project.title)).to_be_visible()
    page.get_by_label("Suche").press_sequentially("fachkr")
    expect(page.get_by_role("link", name=cast.foreign_project.title)).to_be_hidden()
    expect(page.get_by_role("link", name=cast.project.title)).to_be_visible()


def test_project_in_one_minute_with_a_service(page: Page, sign_in: SignIn, cast: Cast) -> None:
    service = factories.service("Kita-Zuschuss")
    db.session.commit()
    sign_in(cast.carla)
    page.goto("/projekte/neu")
    page.get_by_label("Titel").fill("Zuschuss online")
    page.get_by_label("Auftraggeber").select_option(str(cast.education.id))
    page.get_by_label("Beginn").fill("2027-01-04")
    page.get_by_label("Geplantes Ende").fill("2027-12-31")
    page.get_by_text("Weitere Angaben").click()
    page.get_by_role("combobox", name="Leistung").first.press_sequentially("zusch")
    page.get_by_role("option", name="Kita-Zuschuss").click()
    page.get_by_label("Reifegrad Ziel").first.select_option("3")
    page.get_by_role("button", name="Projekt anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zuschuss online")
    expect(page.get_by_role("status")).to_contain_text("ist angelegt")
    db.session.rollback()
    link = db.session.query(Project).order_by(Project.id.desc()).first().service_links[0]
    assert (link.service_id, link.maturity_target) == (service.id, 3)


def test_project_in_one_minute_without_scripts(app: Flask, browser: Browser, live_server: str, cast: Cast) -> None:
    login = cast.carla.login
    db.session.commit()
    context = browser.new_context(base_url=live_server, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    support.sign_in(page, login, factories.PASSWORD)
    page.goto("/projekte/neu")
    page.get_by_label("Titel").fill("Ganz ohne Skript")
    page.get_by_label("Auftraggeber").select_option(index=1)
    page.get_by_label("Beginn").fill("2027-01-04")
    page.get_by_label("Geplantes Ende").fill("2027-12-31")
    page.get_by_role("button", name="Projekt anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ganz ohne Skript")
    context.close()


def test_removing_a_milestone_asks_first(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    db.session.commit()
    sign_in(cast.lea)
    page.goto("/meilensteine/1")
    page.get_by_text("Löschen").first.click()
    expect(page.get_by_text("Das lässt sich nicht rückgängig machen.")).to_be_visible()
    page.get_by_role("button", name="Löschen").last.click()
    expect(page.get_by_role("status")).to_contain_text("ist gelöscht")
