"""The CIO office decides about a request, staffs the need, and books too much only with a reason."""

import pytest
from playwright.sync_api import expect

from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.support.models import RequestState
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

TITLE = "Fachkräfteinitiative Kita online"
PERSON = "Petra Probst"
REASON = "Nur bis zur Abnahme, mit Petra besprochen."


@pytest.fixture
def petra(cast: Cast) -> Person:
    """She knows FIM and has 60 % for the pool; a request asks for 40 % FIM."""
    person = factories.person(PERSON, pool_share=60, skills={cast.fim: 3})
    request = factories.support_request(cast.education, TITLE, state=RequestState.SUBMITTED, needs=[cast.fim])
    request.from_week = request.needs[0].from_week = clock.this_week() + 2
    request.to_week = request.needs[0].to_week = clock.this_week() + 11
    db.session.commit()
    return person


def test_from_triage_to_staffing(cast: Cast, petra: Person, journey: Journey) -> None:
    journey.seat(cast.carla)
    a_rejection_without_a_reason_is_refused(journey)
    journey.accept_request(TITLE, lead=cast.lea_person.name)
    journey.assign(PERSON, cast.fim.name, TITLE)
    too_much_is_refused_and_nothing_lost(journey)
    too_much_is_booked_with_a_reason(journey)


def a_rejection_without_a_reason_is_refused(journey: Journey) -> None:
    journey.follow("Entscheiden", about=TITLE)
    journey.press("Anfrage ablehnen")
    journey.is_refused("Bitte begründen Sie die Ablehnung.")


def too_much_is_refused_and_nothing_lost(journey: Journey) -> None:
    journey.open(PERSON)
    journey.follow("Bearbeiten")
    journey.fill("Anteil in Prozent", "80")
    journey.press("Speichern")
    journey.is_refused("Wochen, in denen es zu viel wäre", share="80")
    way_out = journey.say("Mit %(share)s über alle Wochen", share=journey.share(60))
    expect(journey.page.get_by_role("button", name=way_out)).to_be_visible()


def too_much_is_booked_with_a_reason(journey: Journey) -> None:
    journey.fill("Begründung der Überbuchung", REASON)
    journey.press("Mit diesen Angaben speichern")
    journey.reads(REASON)
    journey.home()
    journey.reads(journey.count("Person zu viel gebucht", "Personen zu viel gebucht", 1))
