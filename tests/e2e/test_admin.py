"""The administration keeps accounts and the catalogue; whoever gets an account can sign in."""

from types import SimpleNamespace

from playwright.sync_api import expect

from tests import factories
from tests.cast import Cast
from tests.support.journey import Journey

NAME, LOGIN = "Rosa Roth", "rosa.roth"


def test_from_account_to_catalogue(cast: Cast, journey: Journey) -> None:
    journey.seat(cast.anton)
    a_login_that_is_taken_is_refused(journey, cast)
    the_account_is_created(journey)
    the_catalogue_gets_a_skill(journey)
    the_new_one_signs_in(journey)


def a_login_that_is_taken_is_refused(journey: Journey, cast: Cast) -> None:
    journey.follow("Neues Konto")
    journey.fill("Name", NAME)
    journey.fill("Anmeldename", cast.mia.login)
    journey.fill("Passwort", factories.PASSWORD)
    journey.field("Ressort").check()
    journey.choose("Organisation", cast.finance.name)
    journey.press("Speichern")
    refusal = "Diesen Anmeldenamen hat schon ein anderes Konto. Bitte wählen Sie einen anderen."
    journey.is_refused(refusal, name=NAME, organisation_id=str(cast.finance.id))
    expect(journey.field("Ressort")).to_be_checked()


def the_account_is_created(journey: Journey) -> None:
    journey.fill("Anmeldename", LOGIN)
    journey.fill("Passwort", factories.PASSWORD)
    journey.press("Speichern")
    journey.is_told("Das Konto ist angelegt.")
    journey.is_at(NAME)


def the_catalogue_gets_a_skill(journey: Journey) -> None:
    journey.follow("Fähigkeiten")
    journey.follow("Neue Fähigkeit")
    journey.fill("Name", "XÖV")
    journey.fill("Kürzel", "XOEV")
    journey.fill("Bereich", "Technik")
    journey.press("Speichern")
    journey.is_told("Die Fähigkeit „%(name)s“ ist im Katalog.", name="XÖV")


def the_new_one_signs_in(journey: Journey) -> None:
    journey.seat(SimpleNamespace(login=LOGIN))
    expect(journey.page.get_by_role("banner").get_by_text(NAME)).to_be_visible()
