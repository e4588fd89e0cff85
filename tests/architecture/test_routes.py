"""What every address must obey, read from the URL map, so that no route can be forgotten."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portfolio import create_app
from tests.support.run import SETTINGS
from tests.support.source import expect_none

PUBLIC = re.compile(
    r"/(anmelden(/.*)?|abmelden|sprache|darstellung|healthz|readyz|static/.*|impressum|datenschutz|barrierefreiheit|funktionsliste|kalender/<.*"
    r"|api/v1/(openapi\.json|docs.*))"
)
PIECE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
PARAMETER = re.compile(r"<((?P<type>\w+)(\([^)]*\))?:)?(?P<name>\w+)>")


@pytest.fixture(scope="module")
def whole_app() -> Flask:
    return create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite://"})


def _rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_says_who_may_use_it(whole_app: Flask) -> None:
    """By @requires(Action), or by @public where nobody is logged in yet."""
    faults = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in _rules(whole_app)
        for view in _views(whole_app, rule)
        if not hasattr(view, "required_action") and not getattr(view, "public", False)
    ]
    expect_none(faults)


def _views(app: Flask, rule: Rule) -> Iterator[Any]:
    """The view, or each method of a class of views."""
    view = app.view_functions[rule.endpoint]
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        yield view
        return
    for method in view_class.methods:
        handler = getattr(view_class, method.lower())
        yield view if hasattr(view, "required_action") else handler


def test_only_known_addresses_are_public(whole_app: Flask) -> None:
    public = {
        rule.rule for rule in _rules(whole_app) if getattr(whole_app.view_functions[rule.endpoint], "public", False)
    }
    expect_none(address for address in sorted(public) if not PUBLIC.fullmatch(address))


def test_addresses_are_kebab_case(whole_app: Flask) -> None:
    faults = [
        rule.rule
        for rule in _rules(whole_app)
        for piece in PARAMETER.sub("x", rule.rule).strip("/").split("/")
        if piece and not PIECE.fullmatch(piece)
    ]
    expect_none(faults)


def test_parameters_are_typed(whole_app: Flask) -> None:
    faults = [
        f"{rule.rule}: {parameter['name']}"
        for rule in _rules(whole_app)
        for parameter in PARAMETER.finditer(rule.rule)
        if parameter["type"] is None
    ]
    expect_none(faults)
