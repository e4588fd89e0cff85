"""Organisations: the list, creating and changing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access import queries, services
from portfolio.access.forms.filters import OrganisationFilter
from portfolio.access.forms.organisations import OrganisationForm
from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.models import Organisation
from portfolio.access.policy import Action, allowed
from portfolio.access.routes.blueprint import bp
from portfolio.extensions import db
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.paging import page_of
from portfolio.web.problems import Problem


@bp.get("/organisationen", endpoint="organisations")
@requires(Action.READ_ORGANISATIONS)
def list_organisations() -> str:
    form = OrganisationFilter(request.args)
    day = None if form.former.data else clock.today()
    found = queries.organisations_matching(form.q.data, form.chosen_kind, day, request.args.get("sort", ""))
    return render_template(
        "access/organisations.html", form=form, page=page_of(found), today=clock.today(), changeable=_changeable()
    )


@bp.route("/organisationen/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_ORGANISATIONS)
def create_organisation() -> ResponseReturnValue:
    form = OrganisationForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        created = services.create_organisation(form.values())
    except Problem as problem:
        form.refuse(problem)
        return _page(form), problem.status
    db.session.commit()
    flash(_("Die Organisation ist angelegt."), "success")
    return redirect(url_for("access.organisation", organisation_id=created.id))


@bp.route("/organisationen/<int:organisation_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_ORGANISATIONS)
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.organisations(), organisation_id)
    form = OrganisationForm(found)
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found, differences=differences(OrganisationForm(found, formdata=None), form)), 409
    try:
        services.change_organisation(found, form.values())
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("Die Organisation ist gespeichert."), "success")
    return redirect(url_for("access.organisation", organisation_id=organisation_id))


@bp.post("/organisationen/<int:organisation_id>/bestaetigen")
@requires(Action.CHANGE_ORGANISATIONS)
def confirm_organisation(organisation_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.organisations(), organisation_id)
    refuse_stale(found)
    services.confirm_organisation(found)
    db.session.commit()
    flash(_("Die Angaben sind bestätigt."), "success")
    return redirect(url_for("access.organisation", organisation_id=organisation_id))


def _changeable() -> bool:
    return allowed(current_actor(), Action.CHANGE_ORGANISATIONS)


def _page(form: OrganisationForm, found: Organisation | None = None, **context: Any) -> str:
    return render_template("access/organisation_form.html", form=form, organisation=found, **context)
