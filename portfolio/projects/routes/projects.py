"""Creating a project and changing it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from portfolio.access.guard import current_actor, requires
from portfolio.access.policy import Action, allowed
from portfolio.extensions import db
from portfolio.projects import queries, services
from portfolio.projects.forms import ProjectForm
from portfolio.projects.forms.project import entered
from portfolio.projects.forms.services import find_services
from portfolio.projects.models import Project
from portfolio.projects.routes.blueprint import bp
from portfolio.projects.routes.loading import project_for
from portfolio.web import clock
from portfolio.web.conflict import differences
from portfolio.web.problems import Problem


@bp.route("/projekte/neu", methods=["GET", "POST"])
@requires(Action.CREATE_PROJECTS)
def create() -> ResponseReturnValue:
    form = _prepared(ProjectForm())
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        project = services.create_project(form.project_data())
    except Problem as problem:
        return _refused(form, problem)
    db.session.commit()
    flash(_("Projekt %(code)s ist angelegt.", code=project.code), "success")
    return redirect(url_for("dashboard.project", project_id=project.id))


@bp.route("/projekte/<int:project_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_PROJECTS)
def edit(project_id: int) -> ResponseReturnValue:
    project = project_for(Action.CHANGE_PROJECTS, project_id)
    form = _prepared(ProjectForm(data=entered(project)), project)
    if not form.is_submitted():
        return _page(form, project)
    if not form.validate():
        return _page(form, project), 422
    if form.is_stale(project.version):
        stored = _prepared(ProjectForm(formdata=None, data=entered(project)), project)
        form.version.data = project.version
        return _page(form, project, differences=differences(stored, form)), 409
    try:
        services.change_project(project, form.project_data(project), current_actor())
    except Problem as problem:
        return _refused(form, problem, project)
    db.session.commit()
    flash(_("Die Angaben zum Projekt sind gespeichert."), "success")
    return redirect(url_for("dashboard.project", project_id=project_id))


def _prepared(form: ProjectForm, project: Project | None = None) -> ProjectForm:
    """The form with what it offers: no more than the user may decide."""
    if project is not None and not services.decides_on_projects(current_actor()):
        form.leave_decisions_to_the_cio_office()
    else:
        _offer(form, project)
    form.technical_basis_ids.choices = [SelectChoice(basis.id, basis.name) for basis in queries.all_technical_bases()]
    if project is None:
        proposed = services.next_code(clock.today().year)
        form.code.description = _("Leer lassen: Dann wird die nächste freie vergeben, jetzt %(code)s.", code=proposed)
    return form


def _offer(form: ProjectForm, project: Project | None) -> None:
    """Organisations of today and active persons, and whoever the project names already."""
    organisations = dict(queries.organisations_existing_on(clock.today()))
    persons = dict(queries.active_persons())
    leads, coordinators = dict(persons), dict(persons)
    if project is not None:
        organisations.setdefault(project.organisation_id, project.organisation.name)
        if project.lead is not None:
            leads.setdefault(project.lead.id, project.lead.name)
        if project.coordinator is not None:
            coordinators.setdefault(project.coordinator.id, project.coordinator.name)
    form.organisation_id.offer(list(organisations.items()), _("– bitte wählen –"))
    form.lead_id.offer(list(leads.items()), _("– noch offen –"))
    form.coordinator_id.offer(list(coordinators.items()), _("– noch offen –"))


def _refused(form: ProjectForm, problem: Problem, project: Project | None = None) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse(problem)
    return _page(form, project), problem.status


def _page(form: ProjectForm, project: Project | None = None, **context: Any) -> str:
    if not form.is_submitted():
        find_services(form.link_rows)
    may_change_bases = allowed(current_actor(), Action.CHANGE_TECHNICAL_BASES)
    return render_template(
        "projects/form.html", form=form, project=project, may_change_bases=may_change_bases, **context
    )
