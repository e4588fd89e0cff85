"""Bundles: the list, as page and file, the search for pickers, changing by hand."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import get_or_404, requires
from portfolio.access.policy import Action
from portfolio.audit.exports import exported
from portfolio.catalogue import queries, services
from portfolio.catalogue.exports import export_bundles
from portfolio.catalogue.forms import BundleForm, BundleSearchForm, plain
from portfolio.catalogue.models import ServiceBundle
from portfolio.catalogue.routes.blueprint import bp, changeable
from portfolio.catalogue.routes.services import MOST_SUGGESTIONS
from portfolio.extensions import db
from portfolio.web.conflict import differences
from portfolio.web.fragments import render_page
from portfolio.web.paging import page_of
from portfolio.web.problems import Problem
from portfolio.web.transactions import writes_access_log


@bp.get("/leistungen/buendel", endpoint="bundles")
@requires(Action.READ_CATALOGUE)
def list_bundles() -> str:
    form = _search_form()
    found = page_of(_found(form))
    counts = queries.services_per_bundle(bundle.id for bundle in found.items)
    context = {"form": form, "page": found, "counts": counts, "changeable": changeable()}
    return render_page("catalogue/bundles.html", "results", **context)


@bp.get("/leistungen/buendel.<any(csv,xlsx):kind>")
@writes_access_log
@requires(Action.READ_CATALOGUE)
def bundles_file(kind: str) -> Response:
    """The bundles of the filter, as the import takes them."""
    answer = exported(export_bundles(_found(_search_form())), kind, _("ozg-leistungen"), "service_bundle")
    db.session.commit()
    return answer


@bp.get("/leistungen/buendel/suche")
@requires(Action.CHANGE_CATALOGUE)
def search_bundles() -> dict[str, Any]:
    """What the picker of a service's bundle offers; it keeps the five-digit id."""
    found = db.session.scalars(queries.search_bundles(plain(request.args.get("q"))).limit(MOST_SUGGESTIONS))
    return {"items": [{"id": each.ozg_id, "label": f"{each.ozg_id} {each.name}"} for each in found]}


@bp.route("/leistungen/buendel/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_CATALOGUE)
def create_bundle() -> ResponseReturnValue:
    form = BundleForm()
    form.offer_areas(queries.topic_areas())
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        created = services.create_bundle(form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    flash(_("Die OZG-Leistung ist im Katalog."), "success")
    return redirect(url_for("catalogue.bundle", bundle_id=created.id))


@bp.route("/leistungen/buendel/<int:bundle_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_CATALOGUE)
def edit_bundle(bundle_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.bundles(), bundle_id)
    form = BundleForm(obj=found)
    form.offer_areas(queries.topic_areas())
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        stored = BundleForm(None, obj=found)
        stored.offer_areas(queries.topic_areas())
        form.version.data = found.version
        return _page(form, found, differences=differences(stored, form)), 409
    try:
        services.change_bundle(found, form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("Die OZG-Leistung ist gespeichert."), "success")
    return redirect(url_for("catalogue.bundle", bundle_id=bundle_id))


def _search_form() -> BundleSearchForm:
    address = url_for("catalogue.bundles")
    return BundleSearchForm(request.args, address, queries.topic_areas(), queries.situations())


def _found(form: BundleSearchForm) -> Select[ServiceBundle]:
    return queries.search_bundles(form.q.data, form.topic_area_id, form.chosen_situation)


def _page(form: BundleForm, found: ServiceBundle | None = None, **context: Any) -> str:
    return render_template("catalogue/bundle_form.html", form=form, bundle=found, **context)
