"""A coordinator keeps the projects of a ministry moving: what slips is dealt with, what does not is escalated."""

from datetime import timedelta

import pytest

from portfolio.extensions import db
from portfolio.projects.models import Milestone
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

TITLE = "Pilot gestartet"
CAUSE = "Schnittstelle fehlt noch"
DECISION = "Wer betreibt die Schnittstelle? Bis Jahresende, Staatskanzlei."


@pytest.fixture
def milestone(cast: Cast) -> Milestone:
    """Expected three weeks late, as of a week ago."""
    today = clock.today()
    found = factories.milestone(cast.project, TITLE, planned_date=today + timedelta(days=30))
    factories.forecast(found, today - timedelta(days=7), today + timedelta(days=51))
    db.session.commit()
    return found


def test_from_a_slip_to_the_cio_office(cast: Cast, milestone: Milestone, journey: Journey) -> None:
    journey.seat(cast.konrad)
    a_day_to_come_is_not_reached_yet(journey, cast, milestone)
    the_forecast_is_logged(journey, milestone)
    the_project_turns_red(journey, cast)
    both_see_what_is_to_decide(journey, cast)


def a_day_to_come_is_not_reached_yet(journey: Journey, cast: Cast, milestone: Milestone) -> None:
    journey.reads(journey.say("Meilensteine im Verzug"))
    journey.follow("Stand erfassen", about=f"{TITLE}, {cast.project.title}")
    journey.fill("Erreicht am", milestone.planned_date.isoformat())
    journey.fill("Ursache", CAUSE)
    journey.press("Speichern")
    journey.is_refused("Ein Meilenstein kann nicht in der Zukunft erreicht worden sein.", rows__0__cause=CAUSE)


def the_forecast_is_logged(journey: Journey, milestone: Milestone) -> None:
    journey.fill("Erreicht am", "")
    journey.fill("Neuer Prognosetermin", (milestone.planned_date + timedelta(days=28)).isoformat())
    journey.press("Speichern")
    journey.is_told("Der Stand der Meilensteine ist gespeichert.")
    journey.reads(CAUSE)


def the_project_turns_red(journey: Journey, cast: Cast) -> None:
    journey.home()
    journey.open(cast.project.title)
    journey.follow("Bericht schreiben")
    journey.light("Rot", "Gesamt", "Termine", "Kosten und Aufwand", "Qualität und Umfang", "Personal")
    journey.fill("Grund", CAUSE)
    journey.fill("Maßnahmen", "Gespräch mit dem Betreiber")
    journey.fill("Entscheidungsbedarf", DECISION)
    journey.release_report()


def both_see_what_is_to_decide(journey: Journey, cast: Cast) -> None:
    for reader in (cast.konrad, cast.carla):
        journey.seat(reader)
        journey.reads(journey.say("Rote Projekte"))
        journey.reads(DECISION)
