"""A project lead logs milestones and status in two minutes, and asks for people."""

from datetime import timedelta

import pytest

from portfolio.extensions import db
from portfolio.projects.models import Milestone
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

TITLE = "Konzept abgenommen"
ACHIEVED = "Rechtsprüfung abgeschlossen"
COUNT = ("%(num)s Tag später", "%(num)s Tage später")


@pytest.fixture
def milestone(cast: Cast) -> Milestone:
    """Due in three weeks; the last report on the project is old."""
    factories.report(cast.project, as_of=clock.today() - timedelta(days=60))
    found = factories.milestone(cast.project, TITLE, planned_date=clock.today() + timedelta(days=20))
    db.session.commit()
    return found


def test_from_milestone_to_report(cast: Cast, milestone: Milestone, journey: Journey) -> None:
    journey.seat(cast.lea)
    a_milestone_is_logged(journey, cast, milestone)
    yellow_without_a_reason_is_refused(journey, cast)
    the_report_is_released(journey)
    people_are_asked_for(journey, cast)


def a_milestone_is_logged(journey: Journey, cast: Cast, milestone: Milestone) -> None:
    journey.follow("Stand erfassen", about=f"{TITLE}, {cast.project.title}")
    journey.fill("Neuer Prognosetermin", (milestone.planned_date + timedelta(days=14)).isoformat())
    journey.fill("Ursache", "Abnahme verschoben")
    journey.press("Speichern")
    journey.is_told("Der Stand der Meilensteine ist gespeichert.")
    journey.reads(journey.count(*COUNT, 14))


def yellow_without_a_reason_is_refused(journey: Journey, cast: Cast) -> None:
    journey.home()
    journey.follow("Bericht schreiben", about=cast.project.title)
    journey.light("Grün", "Kosten und Aufwand", "Qualität und Umfang", "Personal")
    journey.light("Gelb", "Gesamt", "Termine")
    journey.fill("Erreicht", ACHIEVED)
    journey.press("Als Entwurf speichern")
    journey.is_refused("Bei Gelb oder Rot: Bitte nennen Sie den Grund der Abweichung.", achieved=ACHIEVED)


def the_report_is_released(journey: Journey) -> None:
    journey.fill("Grund", "Die Abnahme wurde verschoben.")
    journey.fill("Maßnahmen", "Neuer Termin steht fest.")
    journey.release_report()
    journey.reads(ACHIEVED)


def people_are_asked_for(journey: Journey, cast: Cast) -> None:
    journey.home()
    journey.follow("Bedarf anlegen", about=cast.project.title)
    journey.choose("Fähigkeit", cast.fim.name)
    journey.fill("Arbeitszeitanteil in Prozent", "40")
    journey.fill("Von Woche", str(clock.this_week() + 2))
    journey.fill("Bis Woche", str(clock.this_week() + 9))
    journey.press("Speichern")
    journey.is_told("Der Bedarf ist angelegt.")
    journey.home()
    journey.reads(journey.say("Offene Bedarfe"))
    journey.reads(cast.fim.name)
