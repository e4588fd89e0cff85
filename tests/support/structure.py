"""What a page is made of, apart from its words: pages with the same parts need to be looked at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portfolio.extensions import db
from tests.support.addresses import address_of, parameters_of, sections_of
from tests.support.client import Client
from tests.support.databases import Database
from tests.support.permissions import ALSO_ABOUT
from tests.support.stage import WORLD
from tests.world import Seat, World

SEATS = ("carla", "konrad", "lea", "paul", "mia", "anton", "rita", "anonymous")
TAG = re.compile(r"<(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r"""(?P<name>[a-z-]+)(?:=(?P<value>"[^"]*"|'[^']*'))?""")
TELLING = re.compile(r"class|role|type|scope|hx-trigger|data-module|aria-(?!label|describedby|controls)[a-z]+")
CHOSEN = {"checked", "selected", "value"}


@dataclass(frozen=True)
class Sight:
    """A page as somebody got it; `sent` where it is the answer to a form."""

    seat: Seat
    address: str
    answer: TestResponse
    sent: bool = False

    def __str__(self) -> str:
        return f"{self.address} as {self.seat.name}{', form sent empty' if self.sent else ''}"

    @property
    def is_page(self) -> bool:
        redirected = 300 <= self.answer.status_code < 400
        return not redirected and self.answer.text.lstrip()[:9].lower() == "<!doctype"


@dataclass
class Walk:
    """All pages there are, by everybody who may see them."""

    app: Flask
    world: World
    database: Database

    def __post_init__(self) -> None:
        self.client = Client(self.app, self.app.response_class, use_cookies=False)
        self.client.check_html = False

    def pages(self, blueprint: str = "") -> Iterator[Sight]:
        """What each address shows; to the CIO office also what is foreign, for the long words in it."""
        for rule in self._rules("GET", blueprint):
            for foreign, seat in [(True, self.world.seats["carla"]), *((False, seat) for seat in self._seats())]:
                if parameters_of(rule) or not foreign:
                    for address in self._addresses(rule, seat, foreign=foreign):
                        yield Sight(seat, address, self.client.get(address, headers=seat.browser))

    def refusals(self, blueprint: str = "") -> Iterator[Sight]:
        """What comes back when a form is sent empty; what that changes is taken back."""
        for rule in self._rules("POST", blueprint):
            for seat in self._seats():
                for address in self._addresses(rule, seat):
                    pulse = self.database.pulse()
                    yield Sight(seat, address, self.client.post(address, headers=seat.browser), sent=True)
                    if self.database.pulse() != pulse:
                        db.session.remove()
                        db.engine.dispose()
                        self.database.reset(WORLD)

    def again(self, sight: Sight) -> Sight:
        """What the same address shows to the same person now."""
        return replace(sight, answer=self.client.get(sight.address, headers=sight.seat.browser))

    def _rules(self, method: str, blueprint: str) -> Iterator[Rule]:
        for rule in self.app.url_map.iter_rules():
            name = rule.endpoint.partition(".")[0]
            if method in (rule.methods or ()) and name not in ("api", "static", "health") and blueprint in ("", name):
                yield rule

    def _seats(self) -> Iterator[Seat]:
        return (self.world.seats[name] for name in SEATS)

    def _addresses(self, rule: Rule, seat: Seat, *, foreign: bool = False) -> Iterator[str]:
        for about in ("", *ALSO_ABOUT.get(rule.endpoint, ())):
            named = parameters_of(rule, about)
            ids = {name: self.world.id_of(thing, foreign=foreign, actor=seat.user_id) for name, thing in named.items()}
            yield from (address_of(rule, ids, words) for words in sections_of(rule))


@dataclass
class Novelty:
    """Tells addresses not seen before, and pages with parts not seen before, from those that only use other words."""

    seen: set[str] = field(default_factory=set)

    def is_new(self, sight: Sight) -> bool:
        address = re.sub(r"\d+", "#", sight.address)
        shown = {address} if sight.answer.status_code == 200 else set()
        found = (shown | parts_of(sight.answer.text)) - self.seen
        self.seen |= found
        return bool(found)


def parts_of(text: str) -> set[str]:
    """Every kind of element: the names of its attributes, and the values of those that make a difference."""
    return {f"{found['name']} {_attributes(found['attributes'])}" for found in TAG.finditer(text)}


def _attributes(text: str) -> str:
    found = [(each["name"], each["value"] or "") for each in ATTRIBUTE.finditer(text)]
    return " ".join(
        f"{name}={value}" if TELLING.fullmatch(name) else name for name, value in sorted(found) if name not in CHOSEN
    )
