"""A pool member knows where the work is, and keeps absences and skills right."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portfolio.extensions import db
from portfolio.staffing.models import AssignmentState
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

SKILL = "Barrierefreiheit"


@pytest.fixture(autouse=True)
def _planned(cast: Cast) -> None:
    """Paul is proposed for another project, and the catalogue has a skill he has not named."""
    weeks = {"from_week": clock.this_week() + 2, "to_week": clock.this_week() + 9}
    factories.assignment(cast.paul_person, cast.foreign_project, share=30, state=AssignmentState.PROPOSED, **weeks)
    factories.skill(SKILL)
    db.session.commit()


def test_from_calendar_to_skills(cast: Cast, journey: Journey) -> None:
    journey.seat(cast.paul)
    the_work_is_known(journey, cast)
    days_in_the_wrong_order_are_refused(journey)
    the_absence_is_entered(journey)
    a_skill_is_added(journey)


def the_work_is_known(journey: Journey, cast: Cast) -> None:
    journey.reads(journey.say("Ihr Kalender"))
    journey.reads(journey.say("Für Sie vorgesehen, noch nicht bestätigt"))
    journey.open(cast.foreign_project.title)
    journey.home()


def days_in_the_wrong_order_are_refused(journey: Journey) -> None:
    first, last = clock.today() + timedelta(days=40), clock.today() + timedelta(days=35)
    journey.follow("Abwesenheiten eintragen")
    journey.fill("Erster Tag", first.isoformat())
    journey.fill("Letzter Tag", last.isoformat())
    journey.press("Eintragen")
    journey.is_refused("Das Ende liegt vor dem Anfang.", from_date=first.isoformat(), to_date=last.isoformat())


def the_absence_is_entered(journey: Journey) -> None:
    first, last = clock.today() + timedelta(days=40), clock.today() + timedelta(days=44)
    journey.fill("Letzter Tag", last.isoformat())
    journey.press("Eintragen")
    journey.reads(journey.say("Was dann geliefert wird"))
    journey.press("Eintragen")
    journey.is_told("Die Abwesenheit ist eingetragen.")
    journey.reads(f"{journey.day(first)} – {journey.day(last)}")


def a_skill_is_added(journey: Journey) -> None:
    journey.home()
    journey.follow("Fähigkeiten bearbeiten")
    journey.press("Fähigkeit hinzufügen")
    row = journey.page.locator("[data-row]").last
    row.get_by_label(journey.say("Fähigkeit")).select_option(label=SKILL)
    journey.press("Speichern")
    journey.is_refused("Bitte wählen Sie eine Stufe.")
    row.get_by_label(journey.say("Stufe")).select_option(value="2")
    journey.press("Speichern")
    journey.home()
    expect(journey.main().get_by_text(SKILL).first).to_be_visible()
