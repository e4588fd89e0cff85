"""Need templates: everybody reads them, the CIO office and the administration change them."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.extensions import db
from portfolio.support import labels, queries, services
from portfolio.support.forms import TemplateForm
from portfolio.support.models import NeedTemplate
from portfolio.support.routes.blueprint import bp
from portfolio.support.routes.page import status_of
from portfolio.support.routes.rows import rework_rows
from portfolio.web.conflict import Difference, differences, refuse_stale
from portfolio.web.problems import Problem


@bp.get("/bedarfsvorlagen", endpoint="need_templates")
@requires(Action.READ_CATALOGUE)
def list_templates() -> str:
    actor = current_actor()
    return render_template(
        "support/need_templates.html",
        templates=db.session.scalars(queries.need_templates()).all(),
        changeable=allowed(actor, Action.CHANGE_NEED_TEMPLATES),
        may_file=allowed(actor, Action.FILE_REQUESTS),
        labels=labels,
    )


@bp.get("/bedarfsvorlagen/neu")
@requires(Action.CHANGE_NEED_TEMPLATES)
def new_template() -> str:
    return _page(TemplateForm(formdata=None))


@bp.post("/bedarfsvorlagen/neu")
@requires(Action.CHANGE_NEED_TEMPLATES)
def create_template() -> ResponseReturnValue:
    form = _form(TemplateForm())
    if rework_rows(form, request.form.get("step", "")):
        return _page(form)
    return _save(form, None, lambda: services.create_template(form.template_data()))


@bp.get("/bedarfsvorlagen/<int:template_id>/bearbeiten")
@requires(Action.CHANGE_NEED_TEMPLATES)
def edit_template(template_id: int) -> str:
    template = get_or_404(queries.need_templates(), template_id)
    return _page(TemplateForm.of(template), template)


@bp.post("/bedarfsvorlagen/<int:template_id>/bearbeiten")
@requires(Action.CHANGE_NEED_TEMPLATES)
def change_template(template_id: int) -> ResponseReturnValue:
    template, form = get_or_404(queries.need_templates(), template_id), _form(TemplateForm())
    if rework_rows(form, request.form.get("step", "")):
        return _page(form, template)
    return _save(form, template, lambda: services.change_template(template, form.template_data()))


@bp.post("/bedarfsvorlagen/<int:template_id>/loeschen")
@requires(Action.CHANGE_NEED_TEMPLATES)
def delete_template(template_id: int) -> ResponseReturnValue:
    template = get_or_404(queries.need_templates(), template_id)
    refuse_stale(template)
    name = template.name
    services.delete_template(template)
    db.session.commit()
    flash(_("Die Vorlage „%(name)s“ ist gelöscht. Anfragen bleiben, wie sie sind.", name=name), "success")
    return redirect(url_for("support.need_templates"))


def _save(form: TemplateForm, template: NeedTemplate | None, write: Callable[[], object]) -> ResponseReturnValue:
    """Write and go to the list; else the form as it was typed, with what is wrong or what is stored meanwhile."""
    if not form.validate():
        return _page(form, template), 422
    if template is not None and form.is_stale(template.version):
        form.version.data = str(template.version)
        return _page(form, template, differences(_form(TemplateForm.of(template)), form)), 409
    try:
        write()
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _page(form, template), status_of(problem)
    db.session.commit()
    flash(_("Die Vorlage „%(name)s“ ist gespeichert.", name=form.name.data), "success")
    return redirect(url_for("support.need_templates"))


def _form(form: TemplateForm) -> TemplateForm:
    form.offer_skills(queries.skills())
    return form


def _page(form: TemplateForm, template: NeedTemplate | None = None, conflicts: list[Difference] | None = None) -> str:
    return render_template(
        "support/need_template_form.html", form=_form(form), template=template, conflicts=conflicts, labels=labels
    )
