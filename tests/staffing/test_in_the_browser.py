"""Staffing in a real browser: the heatmap, what it says, and that everybody can use the pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portfolio.extensions import db
from portfolio.staffing.models import AssignmentState
from tests import factories
from tests.cast import Cast
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign
from tests.support.browser import axe_violations

SignIn = Callable[[Any], None]
PAGES = [
    "/bedarfe",
    "/bedarfe/1",
    "/bedarfe/2",
    "/bedarfe/1/bearbeiten",
    "/projekte/1/bedarfe/neu",
    "/projekte/1/zuordnungen/neu?need=1",
    "/zuordnungen/2",
    "/zuordnungen/2/bearbeiten",
    "/zuordnungen/2/uebergeben",
    "/zuordnungen/2/uebergeben?person=1",
    "/zuordnungen/3/anteil",
    "/zuordnungen/3/verlaengern",
    "/zuordnungen/3/verkuerzen",
    "/zuordnungen/3/beenden",
    "/personen/3/deaktivieren",
    "/kapazitaet?weeks=12",
]
CELL_OF_PAUL = """() => {
    const { xaxis, yaxis } = document.querySelector(".js-plotly-plot")._fullLayout;
    return [xaxis._offset + xaxis.d2p("KW 49/2026"), yaxis._offset + yaxis.d2p("Paul Pohl")];
}"""


def _fill(cast: Cast) -> None:
    """A need somebody could take, one nobody can, and Paul booked beyond his share by a logged decision."""
    factories.need(cast.project, cast.fim, mandatory=True)
    factories.need(cast.project, cast.fim, level=4)
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist im Dezember", share=70, need_id=1)
    made.state = AssignmentState.REQUESTED
    assign(cast.lea_person, cast.project, cast.carla, share=100)
    db.session.commit()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_pages_are_accessible_and_fit(page: Page, sign_in: SignIn, cast: Cast, scheme: Any, width: int) -> None:
    _fill(cast)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.carla)
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert (address, axe_violations(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_refused_booking_is_accessible(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    sign_in(cast.carla)
    page.goto("/projekte/1/zuordnungen/neu")
    page.get_by_role("combobox", name="Person").select_option(label="Paul Pohl (TFM)")
    for label, typed in (("Anteil in Prozent", "60"), ("Von Woche", "KW 53/2026"), ("Bis Woche", "KW 10/2027")):
        page.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Zuordnen").click()
    expect(page.get_by_text("Paul Pohl hat nicht genug frei.")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="nur KW").click()
    expect(page.get_by_text("Paul Pohl ist eingeplant.")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_consequences_of_an_absence_are_read_by_everybody(
    page: Page, sign_in: SignIn, cast: Cast, scheme: Any, width: int
) -> None:
    _fill(cast)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(cast.carla)
    page.goto(f"/personen/{cast.paul_person.id}/abwesenheiten")
    for label, typed in (("Erster Tag", "2026-12-07"), ("Letzter Tag", "2026-12-11")):
        page.get_by_label(label).fill(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Was dann geliefert wird")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Eintragen").press("Enter")
    expect(page.get_by_text("Die Abwesenheit ist eingetragen.")).to_be_visible()
    assert axe_violations(page) == []


def test_what_gives_way_to_a_smaller_share_is_accessible(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    page.set_viewport_size({"width": 320, "height": 900})
    sign_in(cast.carla)
    page.goto(f"/personen/{cast.lea_person.id}/poolanteile")
    page.get_by_label("Anteil in Prozent").fill("30")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name="Welcher Einsatz kann nachgeben?")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_label("Trotzdem speichern").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Offener Konflikt")).to_be_visible()
    assert axe_violations(page) == []


def test_candidate_is_booked_by_keyboard(page: Page, sign_in: SignIn, cast: Cast) -> None:
    address = f"/bedarfe/{factories.need(cast.project, cast.fim).id}"
    db.session.commit()
    sign_in(cast.carla)
    page.goto(address)
    page.get_by_label("Anteil in Prozent").fill("30")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Paul Pohl ist eingeplant.")).to_be_visible()
    expect(page.get_by_text("75\u202f% gedeckt")).to_have_count(0)  # holidays take their part
    expect(page.get_by_role("link", name="Paul Pohl", exact=True)).to_be_visible()


def test_handing_over_tells_while_one_chooses(page: Page, sign_in: SignIn, cast: Cast) -> None:
    need = factories.need(cast.project, cast.fim)
    made = factories.assignment(cast.lea_person, cast.project, need_id=need.id)
    address = f"/zuordnungen/{made.id}"
    db.session.commit()
    sign_in(cast.carla)
    page.goto(address)
    page.get_by_role("link", name="Übergeben").click()
    page.get_by_label("Ab Woche").fill("KW 53/2026")
    page.get_by_role("button", name="Paul Pohl auswählen").click()
    expect(page.get_by_text("Paul Pohl übernimmt KW 53/2026")).to_be_visible()
    page.get_by_label("Ab Woche").fill("KW 02/2027")
    page.get_by_label("Anteil in Prozent").click()
    expect(page.get_by_text("Paul Pohl übernimmt KW 02/2027 – KW 07/2027 mit 40")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Übergeben").click()
    expect(page.get_by_text("Paul Pohl ist als Nachfolge eingeplant.")).to_be_visible()
    expect(page.get_by_text("KW 02/2027 – KW 07/2027").first).to_be_visible()


def test_heatmap_says_how_much_is_too_much(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    sign_in(cast.carla)
    page.goto(f"/kapazitaet?weeks=12&from_week={FIRST_WEEK}")
    expect(page.locator(".js-plotly-plot .heatmaplayer image")).to_have_count(3)
    expect(page.locator(".js-plotly-plot .scatterlayer text")).to_have_text(["!"] * 4)
    chart = page.locator(".js-plotly-plot").bounding_box()
    across, down = page.evaluate(CELL_OF_PAUL)
    assert chart
    page.mouse.move(chart["x"] + across, chart["y"] + down)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text(
        re.compile(r"Paul Pohl.*KW 49/2026.*20 % zu viel", re.S)
    )


def test_numbers_stand_beside_the_chart(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _fill(cast)
    sign_in(cast.carla)
    page.goto(f"/kapazitaet?weeks=12&from_week={FIRST_WEEK}")
    page.get_by_text("Zahlen als Tabelle").click()
    row = page.get_by_role("row", name="Paul Pohl")
    expect(row.get_by_role("cell").first).to_have_text("20\u202f% zu viel")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV (Zahlen herunterladen)").click()
    assert download.value.suggested_filename == "kapazitaet.csv"


def test_need_is_staffed_without_a_script(browser: Browser, live_server: str, cast: Cast) -> None:
    address, login = f"/bedarfe/{factories.need(cast.project, cast.fim).id}", cast.carla.login
    db.session.commit()
    with browser.new_context(java_script_enabled=False, base_url=live_server, locale="de-DE") as context:
        page = context.new_page()
        page.goto("/anmelden")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", factories.PASSWORD)
        page.press("input[name=password]", "Enter")
        page.goto(address)
        page.get_by_role("button", name="Paul Pohl zuordnen").click()
        page.get_by_role("link", name="Paul Pohl", exact=True).click()
        page.get_by_role("link", name="Verkürzen").click()
        page.get_by_label("Letzte Woche").fill("KW 52/2026")
        page.get_by_role("button", name="Folgen zeigen").click()
        page.get_by_role("button", name="Verkürzen").click()
        expect(page.get_by_text("Die Zuordnung ist verkürzt.")).to_be_visible()
        page.get_by_role("button", name="Einvernehmen anfragen").click()
        expect(page.get_by_text("Stand der Zuordnung: angefragt.")).to_be_visible()
