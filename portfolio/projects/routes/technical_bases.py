"""The list of what projects can be built with; the CIO office and the administration change it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import get_or_404, requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.projects import queries, services
from portfolio.projects.forms import TechnicalBasisForm
from portfolio.projects.models import TechnicalBasis
from portfolio.projects.routes.blueprint import bp
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem, describe


@bp.route("/technische-basis", methods=["GET", "POST"])
@requires(Action.CHANGE_TECHNICAL_BASES)
def technical_bases() -> ResponseReturnValue:
    form = TechnicalBasisForm()
    if not form.is_submitted():
        return _list(form)
    if not form.validate():
        return _list(form), 422
    try:
        basis = services.add_technical_basis(form.name.data or "")
    except Problem as problem:
        form.refuse(problem)
        return _list(form), problem.status
    db.session.commit()
    flash(_("„%(name)s“ steht jetzt in der Liste.", name=basis.name), "success")
    return redirect(url_for("projects.technical_bases"))


@bp.route("/technische-basis/<int:basis_id>", methods=["GET", "POST"])
@requires(Action.CHANGE_TECHNICAL_BASES)
def technical_basis(basis_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.technical_bases(), basis_id)
    form = TechnicalBasisForm(obj=found)
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found, differences=differences(TechnicalBasisForm(None, obj=found), form)), 409
    try:
        services.rename_technical_basis(found, form.name.data or "")
    except Problem as problem:
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("„%(name)s“ ist gespeichert.", name=found.name), "success")
    return redirect(url_for("projects.technical_bases"))


@bp.post("/technische-basis/<int:basis_id>/loeschen")
@requires(Action.CHANGE_TECHNICAL_BASES)
def remove_technical_basis(basis_id: int) -> ResponseReturnValue:
    found = get_or_404(queries.technical_bases(), basis_id)
    refuse_stale(found)
    name = found.name
    try:
        services.remove_technical_basis(found)
    except Problem as problem:
        flash(describe(problem), "warning")
        return redirect(url_for("projects.technical_bases"))
    db.session.commit()
    flash(_("„%(name)s“ ist gelöscht.", name=name), "success")
    return redirect(url_for("projects.technical_bases"))


def _list(form: TechnicalBasisForm) -> str:
    bases, used = queries.all_technical_bases(), queries.projects_per_technical_basis()
    return render_template("projects/technical_bases.html", form=form, bases=bases, used=used)


def _page(form: TechnicalBasisForm, found: TechnicalBasis, **context: Any) -> str:
    used = queries.technical_basis_is_used(found.id)
    return render_template("projects/technical_basis.html", form=form, basis=found, used=used, **context)
