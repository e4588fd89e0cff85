"""The risk register: adding a risk, changing or closing it, removing it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.projects import services
from portfolio.projects.forms import RiskForm
from portfolio.projects.forms.risks import stored_risk
from portfolio.projects.models import Project, Risk
from portfolio.projects.routes.blueprint import bp
from portfolio.projects.routes.loading import project_for, risk_to_change
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.route("/projekte/<int:project_id>/risiken/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_RISKS)
def add_risk(project_id: int) -> ResponseReturnValue:
    project = project_for(Action.CHANGE_RISKS, project_id)
    form = RiskForm()
    del form.state  # it begins as an open one
    if not form.is_submitted():
        return _page(form, project)
    if not form.validate():
        return _page(form, project), 422
    try:
        services.add_risk(project, form.risk_data())
    except Problem as problem:
        return _refused(form, problem, project)
    db.session.commit()
    flash(_("Das Risiko ist eingetragen."), "success")
    return redirect(_register(project_id))


@bp.route("/risiken/<int:risk_id>", methods=["GET", "POST"])
@requires(Action.CHANGE_RISKS)
def risk(risk_id: int) -> ResponseReturnValue:
    found = risk_to_change(risk_id)
    form = RiskForm(obj=found)
    if not form.is_submitted():
        return _page(form, found.project, found)
    if not form.validate():
        return _page(form, found.project, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found.project, found, differences=differences(stored_risk(found), form)), 409
    try:
        services.change_risk(found, form.risk_data())
    except Problem as problem:
        return _refused(form, problem, found.project, found)
    db.session.commit()
    flash(_("Das Risiko ist gespeichert."), "success")
    return redirect(_register(found.project_id))


@bp.post("/risiken/<int:risk_id>/loeschen")
@requires(Action.CHANGE_RISKS)
def remove_risk(risk_id: int) -> ResponseReturnValue:
    found = risk_to_change(risk_id)
    refuse_stale(found)
    project_id, title = found.project_id, found.title
    services.remove_risk(found)
    db.session.commit()
    flash(_("Das Risiko „%(title)s“ ist gelöscht.", title=title), "success")
    return redirect(_register(project_id))


def _register(project_id: int) -> str:
    return url_for("dashboard.project", project_id=project_id, _anchor="risiken")


def _refused(form: RiskForm, problem: Problem, project: Project, found: Risk | None = None) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse(problem)
    return _page(form, project, found), problem.status


def _page(form: RiskForm, project: Project, found: Risk | None = None, **context: Any) -> str:
    return render_template("projects/risk.html", form=form, project=project, risk=found, **context)
