"""Adding a milestone, changing it, entering that it was reached, removing it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.projects import services
from portfolio.projects.forms import MilestoneForm
from portfolio.projects.forms.milestones import stored_milestone
from portfolio.projects.models import Milestone, Project
from portfolio.projects.routes.blueprint import bp
from portfolio.projects.routes.loading import milestone_to_change, project_for
from portfolio.projects.trends import trend_lines
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.route("/projekte/<int:project_id>/meilensteine/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_MILESTONES)
def add_milestone(project_id: int) -> ResponseReturnValue:
    project = project_for(Action.CHANGE_MILESTONES, project_id)
    form = MilestoneForm()
    if not form.is_submitted():
        return _page(form, project)
    if not form.validate():
        return _page(form, project), 422
    try:
        services.add_milestone(project, form.milestone_data())
    except Problem as problem:
        return _refused(form, problem, project)
    db.session.commit()
    flash(_("Der Meilenstein ist angelegt."), "success")
    return redirect(url_for("projects.milestones", project_id=project_id))


@bp.route("/meilensteine/<int:milestone_id>", methods=["GET", "POST"])
@requires(Action.CHANGE_MILESTONES)
def milestone(milestone_id: int) -> ResponseReturnValue:
    found = milestone_to_change(milestone_id)
    form = MilestoneForm(obj=found)
    if not form.is_submitted():
        return _page(form, found.project, found)
    if not form.validate():
        return _page(form, found.project, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found.project, found, differences=differences(stored_milestone(found), form)), 409
    try:
        services.change_milestone(found, form.milestone_data())
    except Problem as problem:
        return _refused(form, problem, found.project, found)
    db.session.commit()
    flash(_("Der Meilenstein ist gespeichert."), "success")
    return redirect(url_for("projects.milestones", project_id=found.project_id))


@bp.post("/meilensteine/<int:milestone_id>/loeschen")
@requires(Action.CHANGE_MILESTONES)
def remove_milestone(milestone_id: int) -> ResponseReturnValue:
    found = milestone_to_change(milestone_id)
    refuse_stale(found)
    project_id, title = found.project_id, found.title
    services.remove_milestone(found)
    db.session.commit()
    flash(_("Der Meilenstein „%(title)s“ ist gelöscht.", title=title), "success")
    return redirect(url_for("projects.milestones", project_id=project_id))


def _refused(
    form: MilestoneForm, problem: Problem, project: Project, found: Milestone | None = None
) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse(problem)
    return _page(form, project, found), problem.status


def _page(form: MilestoneForm, project: Project, found: Milestone | None = None, **context: Any) -> str:
    line = trend_lines(project.start, [found])[0] if found else None
    return render_template("projects/milestone.html", form=form, project=project, milestone=found, line=line, **context)
