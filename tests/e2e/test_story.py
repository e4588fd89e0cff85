"""The main job from end to end in a real browser, in both languages: from a request to capacity."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale, gettext, ngettext
from playwright.sync_api import Page, expect

from portfolio.extensions import db
from portfolio.web import clock
from tests import factories
from tests.cast import Cast

TITLE = "Fachkräfteinitiative Kita online"
WEEKS = 10


class Story:
    """A browser in which one member of the cast after another sits down; `say` speaks the page's language."""

    def __init__(self, page: Page, locale: str, sign_in: Callable[[Any], None]) -> None:
        self.page = page
        self._locale = locale
        self._sign_in = sign_in

    def say(self, german: str, **values: Any) -> str:
        with force_locale(self._locale):
            return str(gettext(german, **values))

    def count(self, one: str, many: str, number: int) -> str:
        with force_locale(self._locale):
            return str(ngettext(one, many, number))

    def seat(self, user: Any) -> None:
        self.page.context.clear_cookies()
        self._sign_in(user)

    def follow(self, german: str) -> None:
        self.page.get_by_role("link", name=self.say(german), exact=True).first.click()

    def press(self, german: str) -> None:
        self.page.get_by_role("button", name=self.say(german), exact=True).first.click()

    def fill(self, german: str, text: str) -> None:
        self.page.get_by_label(self.say(german)).first.fill(text)


@pytest.fixture(params=["de", "en"])
def story(request: pytest.FixtureRequest, cast: Cast, page: Page, sign_in: Callable[[Any], None]) -> Story:
    for user in cast.users.values():
        user.locale = request.param
    factories.service("Kindertagesstätte Aufnahme", service_key="99041004034000")
    db.session.commit()
    return Story(page, request.param, sign_in)


def test_from_request_to_capacity(app: Flask, cast: Cast, story: Story) -> None:
    the_ministry_files_a_request(story, cast)
    the_office_accepts_it(story, cast)
    the_office_staffs_the_need(story, cast)
    the_office_is_refused_what_is_too_much(story)
    the_lead_logs_a_milestone(story, cast)
    the_pool_member_sees_the_work(story, cast)
    the_other_ministry_sees_nothing(story, cast)


def the_ministry_files_a_request(story: Story, cast: Cast) -> None:
    story.seat(cast.mia)
    story.follow("Neue Anfrage")
    story.fill("Titel", TITLE)
    story.fill("Was soll digital werden?", "Anträge auf 60 Ausbildungsplätze.")
    first = clock.this_week() + 2
    story.page.locator("[name=from_week]").fill(str(first))
    story.page.locator("[name=to_week]").fill(str(first + WEEKS - 1))
    pick_the_service(story)
    story.page.locator("[name=needs-0-skill_id]").select_option(label=cast.fim.name)
    story.page.locator("[name=needs-0-share]").fill("101")
    story.press("Einreichen")
    expect(story.page.locator("[name=title]")).to_have_value(TITLE)  # nothing typed is lost
    story.page.locator("[name=needs-0-share]").fill("40")
    story.press("Einreichen")
    expect(story.page.get_by_role("heading", level=1)).to_have_text(TITLE)


def pick_the_service(story: Story) -> None:
    box = story.page.get_by_role("combobox", name=story.say("OZG-Leistungen"))
    box.press_sequentially("kinder aufn")
    story.page.get_by_role("option", name="Kindertagesstätte Aufnahme").click()
    chosen = story.say("%(name)s entfernen", name="Kindertagesstätte Aufnahme")
    expect(story.page.get_by_role("button", name=chosen)).to_be_visible()


def the_office_accepts_it(story: Story, cast: Cast) -> None:
    story.seat(cast.carla)
    story.page.get_by_role("link", name=f"{story.say('Entscheiden')} – {TITLE}").click()
    lead = story.page.locator("[name=lead_id]")
    lead.select_option(value=str(cast.lea_person.id))
    story.press("Annehmen und Projekt anlegen")
    expect(story.page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def the_office_staffs_the_need(story: Story, cast: Cast) -> None:
    story.page.goto("/bedarfe")
    story.page.get_by_role("link", name=cast.fim.name).first.click()
    expect(story.page.get_by_text(story.say("Stufe %(level)s, mehr als gefordert", level=3)).first).to_be_visible()
    story.page.get_by_role("button", name=story.say("Zuordnen")).first.click()
    expect(story.page.get_by_text(cast.paul_person.name).first).to_be_visible()
    expect(story.page.get_by_text(story.say("vorgeschlagen")).first).to_be_visible()


def the_office_is_refused_what_is_too_much(story: Story) -> None:
    """Paul has 50 % elsewhere and 40 % here: the page offers what would fit, and an override with a reason."""
    story.page.get_by_role("link", name="Paul Pohl").first.click()
    story.follow("Bearbeiten")
    story.page.locator("[name=share]").fill("80")
    story.press("Speichern")
    expect(story.page.get_by_text(story.say("Wochen, in denen es zu viel wäre")).first).to_be_attached()
    expect(story.page.locator("[name=override_reason]")).to_be_visible()


def the_lead_logs_a_milestone(story: Story, cast: Cast) -> None:
    story.seat(cast.lea)
    story.page.get_by_role("link", name=TITLE).first.click()
    story.follow("Meilensteine")
    story.follow("Meilenstein anlegen")
    planned = clock.today() + timedelta(days=60)
    story.page.locator("[name=title]").fill("Konzept abgenommen")
    story.page.locator("[name=planned_date]").fill(planned.isoformat())
    story.press("Speichern")
    story.follow("Stand erfassen")
    story.page.locator("input[name$=-date]").first.fill((planned + timedelta(days=14)).isoformat())
    story.press("Speichern")
    expect(story.page.get_by_text(story.count("%(num)s Tag später", "%(num)s Tage später", 14)).first).to_be_visible()


def the_pool_member_sees_the_work(story: Story, cast: Cast) -> None:
    story.seat(cast.paul)
    expect(story.page.get_by_role("link", name=TITLE).first).to_be_visible()
    story.page.goto("/kapazitaet")
    expect(story.page.get_by_text(cast.paul_person.name).first).to_be_attached()


def the_other_ministry_sees_nothing(story: Story, cast: Cast) -> None:
    story.seat(cast.otto)
    for address in ("/", "/anfragen", "/projekte", "/bedarfe", "/personen"):
        story.page.goto(address)
        expect(story.page.get_by_text(TITLE)).to_have_count(0)
