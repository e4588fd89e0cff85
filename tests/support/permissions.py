"""Asks every address as everybody and says in one letter what came of it, for tests/reliability/test_permissions.py."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from portfolio.api.resources import RESOURCES
from tests.support.addresses import address_of, parameters_of, plain, sections_of
from tests.support.client import UNSAFE, Client
from tests.support.forms import Fields, forms_of
from tests.world import MISSING, Seat, World

OBJECTS = ("own", "foreign", "missing")
LETTERS = {
    200: "+", 201: "+", 202: "+", 204: "+", 302: ">", 303: ">", 400: "b", 401: "U", 403: "F", 404: "N",
    409: "c", 412: "s", 422: "i", 428: "v", 503: "d",
}  # fmt: skip
REFUSED = frozenset("LUFN")
CHANGING = ("carla", "konrad", "lea", "paul", "mia", "anton")  # whose pages have the forms

# Rows of their own in the table: pages about a thing in another state, changes of fields with a rule of their own.
ALSO_ABOUT = {
    "support.request": ("draft_request", "asked_request", "offered_request"),
    "api.requests_read": ("draft_request",),
    "dashboard.report": ("released_report",),
    "api.reports_read": ("released_report",),
    "staffing.assignment": ("requested_assignment",),
    "api.assignments_read": ("requested_assignment",),
}
ALSO_SENT: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {
    "api.persons_create": (("", {"name": "Nora Neu"}),),
    "api.persons_change": (
        ("", {"skills": []}),
        ("", {"active": False}),
        ("", {"pool_shares": [], "accept_conflict": True}),
    ),
    "api.absences_change": (("", {"to_date": "2026-12-10"}),),
    "api.assignments_change": (
        ("requested_assignment", {"state": "agreed", "agreed_on": "2026-11-30", "reference": "Z 3-1"}),
    ),
}


@dataclass(frozen=True)
class Question:
    """A row of the table: a method of an address, about a thing in a certain state or with certain fields."""

    method: str
    rule: Rule
    body: Mapping[str, Any] | None = None
    about: str = ""
    label: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.method:<6} {plain(self.rule)} {self.label}".rstrip()

    @property
    def writes(self) -> bool:
        return self.method in UNSAFE

    @property
    def is_api(self) -> bool:
        return self.rule.endpoint.startswith("api.")

    @property
    def objects(self) -> tuple[str, ...]:
        """What it can be about: nothing in particular, or something own, foreign, missing."""
        sent = any(name.endswith("_id") and isinstance(value, int) for name, value in (self.body or {}).items())
        return OBJECTS if parameters_of(self.rule) or sent else OBJECTS[:1]


@dataclass
class Interview:
    """Puts questions from every seat, and keeps the forms that pages offer, to send them again as anybody."""

    app: Flask
    world: World
    forms: dict[str, Fields] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(self.app, self.app.response_class, use_cookies=False)
        self.client.check_html = False
        self._ids = {name: str(ids[0]) for name, ids in self.world.things.items()}

    def questions(self) -> Iterator[Question]:
        for rule in self.app.url_map.iter_rules():
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                for words in sections_of(rule):
                    yield Question(method, rule, _example(rule, method), label=" ".join(words.values()), words=words)
                if method == "GET":
                    for thing in ALSO_ABOUT.get(rule.endpoint, ()):
                        yield Question(method, rule, None, thing, thing)
                for thing, sent in ALSO_SENT.get(rule.endpoint, ()) if method != "GET" else ():
                    yield Question(method, rule, sent, thing, ", ".join(sent))

    def answer(self, seat: Seat, question: Question, thing: str) -> str:
        """One letter. The first form that any page offers for an address counts."""
        response = self._ask(seat, question, thing)
        if question.method == "GET" and thing == "own" and response.mimetype == "text/html" and seat.name in CHANGING:
            for form in forms_of(response.text):
                action = form.action or response.request.path
                fields = self.forms.setdefault(action, form.filled(self._ids))
                self.forms.setdefault(_shape(action), fields)
        public = getattr(self.app.view_functions[question.rule.endpoint], "public", False)
        if response.status_code in (302, 303) and "/anmelden" in response.headers["Location"] and not public:
            return "L"
        return LETTERS.get(response.status_code, "!")

    def _ask(self, seat: Seat, question: Question, thing: str) -> Any:
        named = parameters_of(question.rule, question.about)
        ids = {name: self._id(each, seat, "own" if thing == "mixed" else thing) for name, each in named.items()}
        if thing == "mixed":
            last = next(reversed(named))
            ids[last] = self._id(named[last], seat, "foreign")
        address = address_of(question.rule, ids, question.words)
        if not question.is_api:
            form = (self.forms.get(address) or self.forms.get(_shape(address), {})) if question.writes else {}
            return self.client.open(address, method=question.method, headers=seat.browser, data=form)
        call: dict[str, Any] = {"headers": dict(seat.script)}
        if question.method in ("PATCH", "DELETE"):
            call["headers"]["If-Match"] = "*"
        if question.body is not None:
            call["json"] = self._with_ids(question.body, seat, thing)
        return self.client.open(address, method=question.method, **call)

    def _with_ids(self, body: Any, seat: Seat, thing: str) -> Any:
        if isinstance(body, list):
            return [self._with_ids(each, seat, thing) for each in body]
        if not isinstance(body, Mapping):
            return body
        ids = {name: self._id(name, seat, thing) for name, value in body.items() if name in self._ids and value}
        return {name: self._with_ids(value, seat, thing) for name, value in body.items()} | ids

    def _id(self, name: str, seat: Seat, thing: str) -> int:
        if thing == "missing":
            return MISSING
        return self.world.id_of(name, foreign=thing == "foreign", actor=seat.user_id)


def _example(rule: Rule, method: str) -> Mapping[str, Any] | None:
    """What the API documents as an example of a creation, its first field for a change, what a step needs."""
    if not rule.endpoint.startswith("api.") or method in ("GET", "DELETE"):
        return None
    name, _, step = rule.endpoint.removeprefix("api.").removesuffix("_directly").rpartition("_")
    resource = next(each for each in RESOURCES if each.name == name)
    example = resource.schema.example
    if step == "create":
        return example | ({"code": "NEU"} if "code" in example else {})
    if step == "change":
        return dict(list(example.items())[:1])
    return next(each for each in resource.steps if each.name == step).body.example


def _shape(address: str) -> str:
    """The address with its numbers left out: a form for one thing serves for another."""
    return re.sub(r"\d+", "#", address.partition("?")[0])
