"""The page that searches everything, and what the search field of every page shows while one types."""

from collections.abc import Mapping

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action
from portfolio.catalogue.forms import plain
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.search.queries import Kind, search
from portfolio.web.fragments import render_block, wants_fragment

ON_THE_PAGE, WHILE_TYPING = 10, 4

WORDS: Mapping[Kind, LazyString] = {
    Kind.PROJECTS: _l("Projekte"),
    Kind.REQUESTS: _l("Anfragen"),
    Kind.PERSONS: _l("Personen"),
    Kind.SERVICES: _l("Leistungen"),
    Kind.ORGANISATIONS: _l("Organisationen"),
}
PAGES: Mapping[Kind, tuple[str, str]] = {
    Kind.PROJECTS: ("dashboard.project", "project_id"),
    Kind.REQUESTS: ("support.request", "request_id"),
    Kind.PERSONS: ("dashboard.person", "person_id"),
    Kind.SERVICES: ("catalogue.service", "service_id"),
    Kind.ORGANISATIONS: ("access.organisation", "organisation_id"),
}
LISTS: Mapping[Kind, tuple[str, Mapping[str, str]]] = {
    Kind.PROJECTS: ("dashboard.projects", {}),
    Kind.REQUESTS: ("support.requests", {}),
    Kind.PERSONS: ("dashboard.persons", {}),
    Kind.SERVICES: ("catalogue.services", {}),
    Kind.ORGANISATIONS: ("access.organisations", {"former": "y"}),
}


@bp.get("/suche", endpoint="search")
@requires(Action.USE_OWN_ACCOUNT)
def search_page() -> str:
    text = plain(request.args.get("q")).strip()
    fragment = wants_fragment()
    if fragment and not text:
        return ""
    groups = search(current_actor(), text, WHILE_TYPING if fragment else ON_THE_PAGE)
    context = {"text": text, "groups": groups, "words": WORDS, "pages": PAGES, "lists": LISTS}
    if fragment:
        return render_block("dashboard/search.html", "results", **context)
    return render_template("dashboard/search.html", **context)
