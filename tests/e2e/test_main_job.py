"""The main job from request to staffing in a browser that runs no scripts, and who sees what came of it."""

import pytest
from playwright.sync_api import expect

from portfolio.extensions import db
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

SERVICE = "Kindertagesstätte Aufnahme"
TITLE = "Fachkräfteinitiative Kita online"
PERSON = "Petra Probst"


@pytest.fixture(autouse=True)
def _pool(cast: Cast) -> None:
    factories.service(SERVICE, service_key="99041004034000")
    factories.person(PERSON, skills={cast.fim: 3})
    db.session.commit()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts(cast: Cast, journey: Journey) -> None:
    journey.seat(cast.mia)
    journey.write_request(TITLE, cast.fim.name)
    the_service_is_found_and_chosen(journey)
    nothing_is_lost_when_refused(journey)
    journey.seat(cast.carla)
    journey.follow("Entscheiden", about=TITLE)
    journey.accept_request(TITLE, lead=cast.lea_person.name)
    journey.assign(PERSON, cast.fim.name, TITLE)
    journey.seat(cast.lea)
    the_lead_sees_the_team(journey)


def the_service_is_found_and_chosen(journey: Journey) -> None:
    journey.fill("Leistungsschlüssel oder Name", "kinder aufn")
    journey.press("Suchen")
    journey.page.get_by_label(SERVICE).check()


def nothing_is_lost_when_refused(journey: Journey) -> None:
    journey.fill("Anteil in %", "101")
    journey.press("Einreichen")
    journey.is_refused("Der Anteil muss zwischen 1 und 100 Prozent liegen.", title=TITLE, needs__0__share="101")
    journey.fill("Anteil in %", "40")
    journey.press("Einreichen")
    journey.is_at(TITLE)
    journey.reads(SERVICE)


def the_lead_sees_the_team(journey: Journey) -> None:
    journey.open(TITLE)
    expect(journey.main().get_by_role("rowheader", name=PERSON)).to_be_visible()
