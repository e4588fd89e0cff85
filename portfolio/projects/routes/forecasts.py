"""Logging what is expected: all milestones at one reporting date, and the correction of the latest forecast."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import requires
from portfolio.access.policy import Action
from portfolio.extensions import db
from portfolio.projects import queries, services
from portfolio.projects.forms import ForecastForm, ProgressForm
from portfolio.projects.forms.milestones import stored_forecast
from portfolio.projects.models import Forecast, Project
from portfolio.projects.routes.blueprint import bp
from portfolio.projects.routes.loading import forecast_to_change, project_for
from portfolio.projects.trends import trend_lines
from portfolio.web import clock
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.route("/projekte/<int:project_id>/prognosen", methods=["GET", "POST"])
@requires(Action.CHANGE_MILESTONES)
def log_progress(project_id: int) -> ResponseReturnValue:
    project = project_for(Action.CHANGE_MILESTONES, project_id)
    milestones = queries.milestones_of(project.id)
    form = ProgressForm.of([each for each in milestones if each.reached_on is None], clock.today())
    if not form.is_submitted():
        return _progress_page(form, project)
    if not form.validate():
        return _progress_page(form, project), 422
    entries = form.entries(milestones)
    try:
        services.log_progress(entries)
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _progress_page(form, project), problem.status
    db.session.commit()
    flash(_("Der Stand der Meilensteine ist gespeichert.") if entries else _("Es war nichts einzutragen."), "success")
    return redirect(url_for("projects.milestones", project_id=project_id))


@bp.route("/prognosen/<int:forecast_id>", methods=["GET", "POST"])
@requires(Action.CHANGE_MILESTONES)
def forecast(forecast_id: int) -> ResponseReturnValue:
    found = forecast_to_change(forecast_id)
    form = ForecastForm(obj=found)
    if not form.is_submitted():
        return _page(form, found)
    if not form.validate():
        return _page(form, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _page(form, found, differences=differences(stored_forecast(found), form)), 409
    try:
        services.change_forecast(found, form.forecast_data())
    except Problem as problem:
        db.session.rollback()
        form.refuse(problem)
        return _page(form, found), problem.status
    db.session.commit()
    flash(_("Die Prognose ist berichtigt."), "success")
    return redirect(url_for("projects.milestone", milestone_id=found.milestone_id))


@bp.post("/prognosen/<int:forecast_id>/loeschen")
@requires(Action.CHANGE_MILESTONES)
def remove_forecast(forecast_id: int) -> ResponseReturnValue:
    found = forecast_to_change(forecast_id)
    refuse_stale(found)
    milestone_id = found.milestone_id
    services.remove_forecast(found)
    db.session.commit()
    flash(_("Die Prognose ist gelöscht."), "success")
    return redirect(url_for("projects.milestone", milestone_id=milestone_id))


def _progress_page(form: ProgressForm, project: Project) -> str:
    """With what was planned and forecast so far beside each row."""
    lines = {line.milestone_id: line for line in trend_lines(project.start, queries.milestones_of(project.id))}
    rows = [(lines[milestone_id], row) for milestone_id, row in form.rows_by_milestone() if milestone_id in lines]
    return render_template("projects/progress.html", form=form, project=project, rows=rows)


def _page(form: ForecastForm, found: Forecast, **context: Any) -> str:
    return render_template(
        "projects/forecast.html",
        form=form,
        project=found.milestone.project,
        milestone=found.milestone,
        forecast=found,
        **context,
    )
