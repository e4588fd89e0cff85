"""What somebody does on the pages, told in the German words of the catalogue, whatever language the page speaks."""

import re
from datetime import date
from typing import Any

from flask_babel import force_locale, gettext, ngettext
from playwright.sync_api import Locator, Page, expect

from portfolio.web import clock
from portfolio.web.formats import format_day, format_share
from tests.support.browser import sign_in


class Journey:
    """A browser in which one member of the cast after another sits down. German texts are looked up, names stay."""

    def __init__(self, page: Page, locale: str, password: str) -> None:
        self.page = page
        self._locale = locale
        self._password = password

    def say(self, german: str, **values: Any) -> str:
        with force_locale(self._locale):
            return str(gettext(german, **values))

    def count(self, one: str, many: str, number: int) -> str:
        with force_locale(self._locale):
            return str(ngettext(one, many, number))

    def day(self, day: date) -> str:
        with force_locale(self._locale):
            return format_day(day)

    def share(self, share: int) -> str:
        with force_locale(self._locale):
            return format_share(share)

    def seat(self, user: Any) -> None:
        """`user` signs in and is at home."""
        self.page.context.clear_cookies()
        sign_in(self.page, user.login, self._password)

    def home(self) -> None:
        self.page.get_by_role("banner").get_by_role("link", name="Projektpool").click()

    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def follow(self, german: str, about: str | None = None) -> None:
        """A link with these words; on a home page it says to those who do not see it what it is `about`."""
        name = self.say(german) if about is None else f"{self.say(german)} – {about}"
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def open(self, name: str) -> None:
        """A link that is a name: of a project, a person, a need."""
        self.main().get_by_role("link", name=name, exact=True).first.click()

    def press(self, german: str, **values: Any) -> None:
        self.main().get_by_role("button", name=self.say(german, **values), exact=True).first.click()

    def press_and_confirm(self, german: str) -> None:
        """A step that asks first."""
        self.page.locator("summary", has_text=self.say(german)).first.click()
        self.page.locator(".confirm__panel").get_by_role("button", name=self.say(german), exact=True).first.click()

    def field(self, german: str) -> Locator:
        label = re.compile(rf"^\s*{re.escape(self.say(german))}(\s*\(.+\))?\s*$")
        return self.page.get_by_label(label)

    def fill(self, german: str, text: str) -> None:
        self.field(german).first.fill(text)

    def choose(self, german: str, name: str) -> None:
        """The first option with this name in it."""
        field = self.field(german).first
        option = field.locator("option", has_text=name).first
        field.select_option(value=option.get_attribute("value"))

    def light(self, colour: str, *dimensions: str) -> None:
        for dimension in dimensions:
            group = self.page.get_by_role("group", name=self.say(dimension))
            group.get_by_label(self.say(colour), exact=True).check()

    def write_request(self, title: str, skill: str) -> None:
        """For ten weeks from the week after next, up to what a test says of share and services."""
        first = clock.this_week() + 2
        self.follow("Neue Anfrage")
        self.fill("Titel", title)
        self.fill("Was soll digital werden?", "Anträge auf 60 Ausbildungsplätze.")
        self.fill("Beginn", str(first))
        self.fill("Ende", str(first + 9))
        self.choose("Fähigkeit", skill)

    def accept_request(self, title: str, lead: str) -> None:
        self.choose("Projektleitung", lead)
        self.press("Annehmen und Projekt anlegen")
        self.is_at(title)

    def assign(self, person: str, skill: str, title: str) -> None:
        """From home, where the need stands whose project begins soon."""
        need = self.say("%(skill)s ab Stufe %(level)s", skill=skill, level=2)
        self.home()
        self.follow("Person suchen", about=f"{need}, {title}")
        self.press("%(name)s zuordnen", name=person)
        self.is_told("%(name)s ist eingeplant.", name=person)

    def release_report(self) -> None:
        self.press("Als Entwurf speichern")
        self.press_and_confirm("Freigeben")
        self.is_told("Der Bericht ist freigegeben. Alle, die das Projekt lesen, sehen ihn jetzt.")

    def reads(self, text: str) -> None:
        expect(self.main().get_by_text(text).first).to_be_visible()

    def is_told(self, german: str, **values: Any) -> None:
        """The sentence after a step."""
        expect(self.page.get_by_text(self.say(german, **values)).first).to_be_visible()

    def is_refused(self, german: str, **kept: str) -> None:
        """Told what is wrong, on top and at the field; what was typed is `kept` by the name of its field."""
        expect(self.page.get_by_role("alert").get_by_text(self.say(german)).first).to_be_visible()
        for name, value in kept.items():
            expect(self.page.locator(f"[name='{name.replace('__', '-')}']:visible").first).to_have_value(value)

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
