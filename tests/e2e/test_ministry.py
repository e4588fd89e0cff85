"""A ministry asks for support, answers, and follows what becomes of it; another ministry sees nothing of that."""

import pytest
from playwright.sync_api import expect

from portfolio.extensions import db
from portfolio.support import services
from portfolio.support.models import SupportRequest
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

SERVICE = "Kindertagesstätte Aufnahme"
TITLE = "Fachkräfteinitiative Kita online"


@pytest.fixture(autouse=True)
def _service(cast: Cast) -> None:
    factories.service(SERVICE, service_key="99041004034000")
    db.session.commit()


def test_from_request_to_answer(cast: Cast, journey: Journey) -> None:
    journey.seat(cast.mia)
    a_request_is_written(journey, cast)
    too_much_is_refused_and_nothing_lost(journey)
    the_office_asks_back(cast)
    the_question_is_answered(journey)
    the_other_ministry_sees_nothing(journey, cast)


def a_request_is_written(journey: Journey, cast: Cast) -> None:
    journey.write_request(TITLE, cast.fim.name)
    box = journey.page.get_by_role("combobox", name=journey.say("OZG-Leistungen"))
    box.press_sequentially("kinder aufn")
    journey.page.get_by_role("option", name=SERVICE).click()


def too_much_is_refused_and_nothing_lost(journey: Journey) -> None:
    journey.fill("Anteil in %", "101")
    journey.press("Einreichen")
    journey.is_refused("Der Anteil muss zwischen 1 und 100 Prozent liegen.", title=TITLE, needs__0__share="101")
    chosen = journey.say("%(name)s entfernen", name=f"{SERVICE} (99 041 004 034 000)")
    expect(journey.page.get_by_role("button", name=chosen)).to_be_visible()
    journey.fill("Anteil in %", "40")
    journey.press("Einreichen")
    journey.is_told("Die Anfrage ist eingereicht.")
    journey.is_at(TITLE)


def the_office_asks_back(cast: Cast) -> None:
    services.ask(db.session.query(SupportRequest).one(), "Mit welchem Fachverfahren?", cast.carla.actor)
    db.session.commit()


def the_question_is_answered(journey: Journey) -> None:
    journey.home()
    journey.follow("Antworten", about=TITLE)
    journey.reads("Mit welchem Fachverfahren?")
    journey.press("Antworten")
    journey.is_refused("Bitte schreiben Sie einen Text.")
    journey.fill("Ihre Antwort", "Mit KiTaPLUS.")
    journey.press("Antworten")
    journey.reads("Mit KiTaPLUS.")
    journey.reads(journey.say("eingereicht"))


def the_other_ministry_sees_nothing(journey: Journey, cast: Cast) -> None:
    journey.seat(cast.otto)
    for place in ("Start", "Anfragen", "Projekte"):
        journey.follow(place)
        expect(journey.page.get_by_text(TITLE)).to_have_count(0)
    journey.page.goto(f"/anfragen/{db.session.query(SupportRequest.id).scalar()}")
    journey.is_at(journey.say("Seite nicht gefunden"))
