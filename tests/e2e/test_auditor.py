"""An auditor reads what the tool does and who changed what, and nobody's utilisation."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from portfolio.web import clock
from tests.cast import Cast
from tests.support.journey import Journey

TITLE = "Konzept abgenommen"


@pytest.fixture(autouse=True)
def _changed(cast: Cast, client_of: Callable[[Any], Any]) -> None:
    """Lea planned a milestone, Carla began a skill."""
    planned = {"title": TITLE, "planned_date": cast.project.end.isoformat()}
    client_of(cast.lea).post(f"/projekte/{cast.project.id}/meilensteine/neu", data=planned)
    client_of(cast.carla).post("/faehigkeiten/neu", data={"name": "XÖV", "code": "XOEV", "area": "Technik"})


def test_from_change_log_to_functions(cast: Cast, journey: Journey) -> None:
    journey.seat(cast.rita)
    a_filter_that_makes_no_sense_says_so(journey, cast)
    who_changed_what_is_read(journey)
    what_the_tool_does_is_read(journey)
    no_utilisation_is_shown(journey)


def a_filter_that_makes_no_sense_says_so(journey: Journey, cast: Cast) -> None:
    journey.follow("Nachlesen, wer was geändert hat")
    journey.choose("Wer", cast.lea.name)
    journey.fill("Von", "1066-10-14")
    journey.press("Anzeigen")
    journey.reads(journey.say("Bitte ein Datum zwischen 1900 und 2199 eingeben."))
    expect(journey.field("Wer").locator("option:checked")).to_have_text(cast.lea.name)
    expect(journey.field("Von")).to_have_value("1066-10-14")


def who_changed_what_is_read(journey: Journey) -> None:
    journey.fill("Von", clock.today().isoformat())
    journey.press("Anzeigen")
    journey.reads(TITLE)
    expect(journey.main().get_by_role("table").get_by_text("XÖV")).to_have_count(0)


def what_the_tool_does_is_read(journey: Journey) -> None:
    journey.home()
    journey.follow("Funktionsliste lesen")
    journey.reads(journey.say("Sie erfasst keine Arbeitszeiten und misst keine Leistung."))


def no_utilisation_is_shown(journey: Journey) -> None:
    for place in ("Personen", "Bedarfe", "Kapazität"):
        expect(journey.page.get_by_role("navigation").get_by_role("link", name=journey.say(place))).to_have_count(0)
    journey.page.goto("/kapazitaet")
    journey.is_at(journey.say("Kein Zugriff"))
