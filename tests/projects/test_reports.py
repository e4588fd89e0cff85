"""Status reports: two minutes to write, released once, frozen from then on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.projects.models import RiskState, StatusReport
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.browser import axe_violations
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
GREEN = {"as_of": "2026-11-23"} | dict.fromkeys(("overall", "dates", "cost", "scope", "staff"), "green")


def stored() -> StatusReport | None:
    db.session.expire_all()
    return db.session.query(StatusReport).order_by(StatusReport.id.desc()).first()


def new(cast: Cast) -> str:
    return f"/projekte/{cast.project.id}/berichte/neu"


def test_a_lead_drafts_and_releases(cast: Cast, client_of: ClientOf) -> None:
    lea = client_of(cast.lea)
    page = lea.post(new(cast), data=GREEN | {"achieved": "Konzept abgenommen"}, follow_redirects=True)
    report = stored()
    assert report
    assert not report.is_released
    assert "Konzept abgenommen" in page.text
    assert (
        "freigegeben" in lea.post(f"/berichte/{report.id}/freigeben", data={"version": 1}, follow_redirects=True).text
    )
    report = stored()
    assert report
    assert report.is_released


@pytest.mark.parametrize(
    ("lights", "sentence"),
    [
        ({"dates": "yellow", "overall": "yellow"}, "Bitte nennen Sie den Grund"),
        ({"dates": "yellow", "overall": "yellow", "risks": "x", "measures": "y"}, "Bitte nennen Sie den Grund"),
        ({"dates": "yellow", "overall": "yellow", "reason": "x"}, "mindestens eine Maßnahme"),
        ({"dates": "red", "overall": "red", "reason": "x", "measures": "y"}, "außerhalb des Projekts entschieden"),
        ({"dates": "yellow", "risks": "x", "measures": "y"}, "besser als die schlechteste Ampel"),
        ({"overall": ""}, "wählen Sie eine Ampelfarbe"),
        ({"as_of": "gestern"}, "Bitte ein Datum eingeben"),
    ],
)
def test_lights_ask_for_words(cast: Cast, client_of: ClientOf, lights: dict[str, str], sentence: str) -> None:
    page = client_of(cast.lea).post(new(cast), data=GREEN | {"next": "Pilot vorbereiten"} | lights)
    assert page.status_code == 422
    assert sentence in page.text
    assert "Pilot vorbereiten" in page.text
    assert stored() is None


def test_a_released_report_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    report = factories.report(cast.project, achieved="Fest")
    lea = client_of(cast.lea)
    assert lea.get(f"/berichte/{report.id}/bearbeiten").status_code == 302
    assert lea.post(f"/berichte/{report.id}/verwerfen", data={"version": 1}).status_code == 409
    assert lea.post(f"/berichte/{report.id}/freigeben", data={"version": 1}).status_code == 409
    lea.post(f"/berichte/{report.id}/bearbeiten", data=GREEN | {"achieved": "Neu", "version": report.version})
    kept = stored()
    assert kept
    assert kept.achieved == "Fest"


def test_a_draft_can_be_thrown_away(cast: Cast, client_of: ClientOf) -> None:
    report = factories.report(cast.project, released_at=None)
    assert client_of(cast.lea).post(f"/berichte/{report.id}/verwerfen", data={"version": 1}).status_code == 302
    assert stored() is None


def test_a_stale_draft_shows_both(cast: Cast, client_of: ClientOf) -> None:
    report = factories.report(cast.project, released_at=None, achieved="Von Konrad")
    typed = GREEN | {"achieved": "Von Lea", "version": report.version - 1}
    page = client_of(cast.lea).post(f"/berichte/{report.id}/bearbeiten", data=typed)
    assert page.status_code == 409
    assert "Von Konrad" in page.text
    assert "Von Lea" in page.text


def test_the_next_report_begins_where_the_last_ended(cast: Cast, client_of: ClientOf) -> None:
    factories.report(cast.project, Light.YELLOW, next="Pilot vorbereiten", measures="Vertretung benannt")
    page = client_of(cast.lea).get(new(cast)).text
    assert "Pilot vorbereiten" in page
    assert "Vertretung benannt" in page


def test_risks_come_from_the_register_as_it_is_today(cast: Cast, client_of: ClientOf) -> None:
    factories.report(cast.project, risks="Von damals")
    assert "Von damals" in client_of(cast.lea).get(new(cast)).text
    factories.risk(cast.project, "Vergabe dauert", measure="Früh beginnen")
    factories.risk(cast.project, "Längst vorbei", state=RiskState.CLOSED)
    page = client_of(cast.lea).get(new(cast)).text
    assert "Vergabe dauert (Eintritt mittel, Auswirkung hoch): Früh beginnen" in page
    assert ("Von damals" in page, "Längst vorbei" in page) == (False, False)


@pytest.mark.parametrize(
    ("name", "reads", "drafts", "writes"),
    [
        ("carla", 200, 200, 200),
        ("konrad", 200, 200, 200),
        ("lea", 200, 200, 200),
        ("paul", 200, 404, 403),
        ("mia", 200, 404, 403),
        ("otto", 404, 404, 403),
        ("rita", 403, 403, 403),
        ("anton", 403, 403, 403),
    ],
)
def test_who_reads_what(cast: Cast, client_of: ClientOf, name: str, reads: int, drafts: int, writes: int) -> None:
    released, draft = factories.report(cast.project), factories.report(cast.project, released_at=None)
    client = client_of(cast.users[name])
    assert client.get(f"/berichte/{released.id}").status_code == reads
    assert client.get(f"/berichte/{draft.id}").status_code == drafts
    assert client.get(new(cast)).status_code == writes
    assert client.get(f"/projekte/{cast.project.id}/steckbrief").status_code == reads


def test_a_ministry_does_not_find_drafts_in_the_list(cast: Cast, client_of: ClientOf) -> None:
    factories.report(cast.project, released_at=None)
    address = f"/projekte/{cast.project.id}/berichte"
    assert "Entwurf" in client_of(cast.lea).get(address).text
    assert "Entwurf" not in client_of(cast.mia).get(address).text


def test_the_form_suggests_lights_with_their_calculation(cast: Cast, client_of: ClientOf) -> None:
    late = factories.milestone(cast.project, "Pilot", planned_date=clock.today() + timedelta(days=10))
    factories.forecast(late, clock.today(), clock.today() + timedelta(days=60))
    factories.need(cast.project, cast.fim)
    page = client_of(cast.lea).get(new(cast)).text
    assert "Vorschlag: Rot, „Pilot“ 50 Tage später" in page
    assert "der Bedarfe gedeckt" in page


def test_the_project_list_shows_and_filters_by_the_latest_light(cast: Cast, client_of: ClientOf) -> None:
    factories.report(cast.project, Light.GREEN, as_of=clock.today() - timedelta(days=30))
    factories.report(cast.project, Light.RED)
    factories.report(cast.project, Light.GREEN, released_at=None)
    carla = client_of(cast.carla)
    assert cast.project.title in carla.get("/projekte?light=red").text
    assert cast.project.title not in carla.get("/projekte?light=green").text
    assert "Rot" in carla.get("/projekte.csv?light=red").text
    assert cast.project.title in carla.get("/projekte?sort=-light").text


def test_home_names_red_projects_and_overdue_reports(cast: Cast, client_of: ClientOf) -> None:
    cast.project.start = clock.today() - timedelta(days=200)
    factories.report(cast.project, Light.RED, as_of=clock.today() - timedelta(days=29))
    text = client_of(cast.carla).get("/").text
    assert cast.project.title in text.partition("Rote Projekte")[2]
    assert cast.project.title in text.partition("Statusbericht überfällig")[2]


def test_a_lead_releases_a_report_in_the_browser(page: Page, cast: Cast, sign_in: Callable[[Any], None]) -> None:
    sign_in(cast.lea)
    page.goto(new(cast))
    for green in page.get_by_label("Grün").all():
        green.check()
    page.get_by_label("Erreicht").fill("Konzept abgenommen")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Als Entwurf speichern").click()
    page.locator("summary", has_text="Freigeben").click()
    page.get_by_role("button", name="Freigeben").click()
    page.get_by_text("Der Bericht ist freigegeben").wait_for()
    assert axe_violations(page) == []
