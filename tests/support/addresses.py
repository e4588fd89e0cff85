"""The addresses of the URL map, and what the parameters in them name."""

import re
from collections.abc import Mapping

from werkzeug.routing import Rule

from portfolio.dashboard.home.roles import LISTS, SECTIONS_OF

CONVERTER = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<choices>[^)]*)\))?:)?(?P<name>\w+)>")
WORDS = {  # parameters that are no ids, by endpoint
    "api_docs.problem": {"name": "stale"},
    "catalogue.situation": {"name": "Kinderbetreuung"},
}
IRREGULAR = {"technical-bases": "basis_id"}  # what `identity` means below these

# Where a parameter means more than its name says: a thing in the one state that allows the step, or the actor's own.
MEANT = {
    "support.edit": "draft_request",
    "support.save": "draft_request",
    "support.submit": "draft_request",
    "support.answer": "asked_request",
    "support.agree": "offered_request",
    "support.decline": "offered_request",
    "api.requests_change": "draft_request",
    "api.requests_submit": "draft_request",
    "api.requests_answer": "asked_request",
    "api.requests_agree": "offered_request",
    "api.requests_decline": "offered_request",
    "staffing.move_assignment": "requested_assignment",
    "access.revoke_token": "own_token",
    "access.end_session": "own_session",
    "dashboard.read_notice": "own_notice",
}


def parameters_of(rule: Rule, about: str = "") -> dict[str, str]:
    """By parameter that is an id: the name of the thing it stands for; `about` names it for the last of them."""
    named = {}
    for found in CONVERTER.finditer(rule.rule):
        if found["kind"] == "int":
            piece = rule.rule[: found.start()].rstrip("/").rpartition("/")[2]
            own_name = IRREGULAR.get(piece, f"{piece.removesuffix('s')}_id")
            named[found["name"]] = own_name if found["name"] == "identity" else found["name"]
    if named and (meant := about or MEANT.get(rule.endpoint)):
        named[next(reversed(named))] = meant
    return named


def address_of(rule: Rule, ids: Mapping[str, int], words: Mapping[str, str]) -> str:
    """The address with these ids and words; of several kinds of file the first."""
    given = {**WORDS.get(rule.endpoint, {}), **words, **ids}

    def fill(found: re.Match[str]) -> str:
        return _choices(found)[0] if found["name"] not in given else str(given[found["name"]])

    query = f"?{given['query']}" if "query" in given else ""
    return f"{CONVERTER.sub(fill, rule.rule)}{query}"


def sections_of(rule: Rule) -> list[dict[str, str]]:
    """Where an address stands for several pages: the words that lead to each."""
    if rule.endpoint == "dashboard.home_list":
        return [
            {"name": name, "query": f"rolle={role}"}
            for role, kinds in SECTIONS_OF.items()
            for name, kind in LISTS.items()
            if kind in kinds
        ]
    found = [each for each in CONVERTER.finditer(rule.rule) if each["kind"] == "any" and each["name"] != "kind"]
    return [{each["name"]: word} for each in found for word in _choices(each)] or [{}]


def plain(rule: Rule) -> str:
    """The address as people read it: /projekte/<project_id>."""
    return CONVERTER.sub(r"<\g<name>>", rule.rule)


def _choices(found: re.Match[str]) -> list[str]:
    return [each.strip("'\" ") for each in found["choices"].split(",")]
