"""Services: the list, as page and file, the search for pickers, changing by hand."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import get_or_404, requires
from portfolio.access.policy import Action
from portfolio.audit.exports import exported
from portfolio.catalogue import queries, services
from portfolio.catalogue.exports import export_services
from portfolio.catalogue.forms import ServiceForm, ServiceSearchForm, plain
from portfolio.catalogue.labels import KINDS
from portfolio.catalogue.models import Service
from portfolio.catalogue.routes.blueprint import bp, changeable
from portfolio.extensions import db
from portfolio.web.conflict import differences
from portfolio.web.formats import format_service_key
from portfolio.web.fragments import render_page
from portfolio.web.paging import page_of
from portfolio.web.problems import Problem
from portfolio.web.transactions import writes_access_log

MOST_SUGGESTIONS = 12


@bp.get("/leistungen", endpoint="services")
@requires(Action.READ_CATALOGUE)
def list_services() -> str:
    form = _search_form()
    found = page_of(_found(form))
    context = {"form": form, "page": found, "kinds": KINDS, "changeable": changeable()}
    return render_page("catalogue/services.html", "results", **context)


@bp.get("/leistungen.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_CATALOGUE)
def services_file(kind: str) -> Response:
    """The services of the filter, as the import takes them."""
    answer = exported(export_services(_found(_search_form())), kind, _("leistungen"), "service")
    db.session.commit()
    return answer


@bp.get("/leistungen/suche")
@requires(Action.READ_CATALOGUE)
def search() -> dict[str, Any]:
    """What a picker offers for the typed text: name and key."""
    text = plain(request.args.get("q"))
    found = db.session.scalars(queries.search_services(text).limit(MOST_SUGGESTIONS))
    items = [{"id": each.id, "label": each.name, "hint": format_service_key(each.service_key)} for each in found]
    return {"items": items}


@bp.route("/leistungen/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_CATALOGUE)
def create_service() -> ResponseReturnValue:
    form = ServiceForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        created = services.create_service(form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    flash(_("Die Leistung ist im Katalog."), "success")
    return redirect(url_for("catalogue.service", service_id=created.id))


@bp.route("/leistungen/<int:service_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_CATALOGUE)
def edit_service(service_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.service_details(), service_id)
    form = ServiceForm(obj=found)
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        stored = ServiceForm(None, obj=found)
        form.version.data = found.version
        return _page(form, found, differences=differences(stored, form)), 409
    try:
        services.change_service(found, form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("Die Leistung ist gespeichert."), "success")
    return redirect(url_for("catalogue.service", service_id=service_id))


def _search_form() -> ServiceSearchForm:
    return ServiceSearchForm(request.args, url_for("catalogue.services"), queries.topic_areas())


def _found(form: ServiceSearchForm) -> Select[Service]:
    sort = request.args.get("sort", "")
    return queries.filtered_services(form.chosen(), sort)


def _page(form: ServiceForm, found: Service | None = None, **context: Any) -> str:
    bundle = queries.bundle_by_id(form.bundle_id.data) if form.bundle_id.data else None
    return render_template("catalogue/service_form.html", form=form, service=found, bundle=bundle, **context)
