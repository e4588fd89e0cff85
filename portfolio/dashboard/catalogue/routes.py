"""Topic areas, situations, bundles, services, organisations: one of each with the projects and requests on it."""

from typing import Any

from flask import abort, render_template

from portfolio.access import queries as access_queries
from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.access.routes import bp as access_bp
from portfolio.catalogue import queries as catalogue
from portfolio.catalogue.forms import plain
from portfolio.catalogue.labels import EXPLANATIONS, KINDS
from portfolio.catalogue.legal import references
from portfolio.catalogue.models import ServiceBundle
from portfolio.catalogue.routes import bp as catalogue_bp
from portfolio.catalogue.routes.blueprint import changeable
from portfolio.dashboard.catalogue import queries
from portfolio.extensions import db
from portfolio.support.labels import STATES, TONES
from portfolio.web import clock
from portfolio.web.paging import page_of

WORDS = {"states": STATES, "tones": TONES}


# The addresses belong to `catalogue` and `access`; projects and requests on them, only the domains above know.
@catalogue_bp.get("/leistungen/<int:service_id>")
@requires(Action.READ_CATALOGUE)
def service(service_id: int) -> str:
    found = get_or_404(catalogue.service_details(), service_id)
    return render_template(
        "catalogue/service.html",
        service=found,
        usage=queries.usage_of_service(current_actor(), found.id),
        changeable=changeable(),
        references=references(found.legal_basis),
        kinds=KINDS,
        explanations=EXPLANATIONS,
        words=WORDS,
    )


@catalogue_bp.get("/leistungen/buendel/<int:bundle_id>")
@requires(Action.READ_CATALOGUE)
def bundle(bundle_id: int) -> str:
    found = get_or_404(catalogue.bundles(), bundle_id)
    return render_template(
        "catalogue/bundle.html",
        bundle=found,
        page=page_of(catalogue.services_of(bundle_id)),
        usage=queries.usage_of_bundle(current_actor(), found.id),
        changeable=changeable(),
        kinds=KINDS,
        words=WORDS,
    )


@catalogue_bp.get("/leistungen/themenfelder")
@requires(Action.READ_CATALOGUE)
def topic_areas() -> str:
    actor = current_actor()
    counts = queries.counts_by(actor, ServiceBundle.topic_area_id)
    return render_template(
        "dashboard/topic_areas.html",
        areas=catalogue.topic_areas(),
        counts={key: value for (key,), value in counts.items()},
        without=queries.services_without_area(),
        no_area=catalogue.NO_AREA,
        reads_projects=allowed(actor, Action.READ_PROJECTS),
    )


@catalogue_bp.get("/leistungen/themenfelder/<int:area_id>")
@requires(Action.READ_CATALOGUE)
def topic_area(area_id: int) -> str:
    found = get_or_404(queries.topic_areas(), area_id)
    return render_template("dashboard/topic_area.html", area=found, **_bundles(queries.of_area(found.id)))


@catalogue_bp.get("/leistungen/lagen")
@requires(Action.READ_CATALOGUE)
def situations() -> str:
    actor = current_actor()
    counts = queries.counts_by(actor, ServiceBundle.situation, ServiceBundle.topic_area_id)
    areas = {area.id: area for area in catalogue.topic_areas()}
    rows = [(name, areas.get(area_id), each) for (name, area_id), each in counts.items() if name]
    return render_template(
        "dashboard/situations.html",
        rows=sorted(rows, key=lambda row: (row[0], row[1].name if row[1] else "")),
        reads_projects=allowed(actor, Action.READ_PROJECTS),
    )


@catalogue_bp.get("/leistungen/lagen/<path:name>")
@requires(Action.READ_CATALOGUE)
def situation(name: str) -> str:
    found = _bundles(queries.of_situation(plain(name)))
    if not found["bundles"]:
        abort(404)
    return render_template("dashboard/situation.html", situation=name, **found)


def _bundles(condition: queries.Condition) -> dict[str, Any]:
    """The bundles of an area or a situation with their counts, and who works with them."""
    actor = current_actor()
    bundles = db.session.scalars(queries.bundles_by_number(condition)).all()
    return {
        "bundles": bundles,
        "services": catalogue.services_per_bundle(each.id for each in bundles),
        "projects": queries.projects_per_bundle(actor, condition),
        "usage": queries.usage_of_bundles(actor, condition),
        "words": WORDS,
    }


@access_bp.get("/organisationen/<int:organisation_id>")
@requires(Action.READ_ORGANISATIONS)
def organisation(organisation_id: int) -> str:
    actor = current_actor()
    found = get_or_404(queries.organisation_details(), organisation_id)
    return render_template(
        "access/organisation.html",
        organisation=found,
        predecessors=access_queries.predecessors(organisation_id),
        successors=access_queries.successors(found),
        parts=access_queries.parts_of(organisation_id),
        usage=queries.usage_by_organisation(actor, organisation_id),
        today=clock.today(),
        changeable=allowed(actor, Action.CHANGE_ORGANISATIONS),
        words=WORDS,
    )
