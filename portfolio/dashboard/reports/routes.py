"""Writing, releasing and reading status reports."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, require, requires
from portfolio.access.policy import Action
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.projects.rights import rights_on
from portfolio.dashboard.projects.team import staffing_of
from portfolio.dashboard.reports import queries
from portfolio.dashboard.reports.suggestion import Suggestion, suggestions
from portfolio.extensions import db
from portfolio.projects import services
from portfolio.projects.forms import ReportForm, stored_report
from portfolio.projects.labels import risk_words
from portfolio.projects.models import Project, StatusReport
from portfolio.projects.queries import milestones_of, risks_of, with_people
from portfolio.projects.trends import TrendLine, trend_lines
from portfolio.staffing.visibility import projects_visible_to, reports_visible_to
from portfolio.web import clock, settings
from portfolio.web.conflict import differences, refuse_stale
from portfolio.web.problems import Problem


@bp.get("/projekte/<int:project_id>/berichte")
@requires(Action.READ_PROJECTS)
def reports(project_id: int) -> str:
    project = _project(project_id)
    found = queries.reports_of(project, current_actor())
    return render_template("dashboard/reports.html", project=project, reports=found, rights=_rights(project))


@bp.route("/projekte/<int:project_id>/berichte/neu", methods=["GET", "POST"])
@requires(Action.CHANGE_REPORTS)
def create_report(project_id: int) -> ResponseReturnValue:
    project = _project(project_id)
    require(Action.CHANGE_REPORTS, project)
    form = ReportForm(data=_prefilled(project))
    if not form.is_submitted():
        return _form_page(form, project)
    if not form.validate():
        return _form_page(form, project), 422
    try:
        report = services.draft_report(project, form.report_data())
    except Problem as problem:
        return _refused(form, problem, project)
    db.session.commit()
    flash(_("Der Bericht ist als Entwurf gespeichert. Prüfen Sie ihn und geben Sie ihn frei."), "success")
    return redirect(url_for("dashboard.report", report_id=report.id))


@bp.get("/berichte/<int:report_id>")
@requires(Action.READ_PROJECTS)
def report(report_id: int) -> str:
    found = _report(report_id)
    project = found.project
    return render_template(
        "dashboard/report.html",
        report=found,
        project=project,
        rights=_rights(project),
        milestones=[(line, line.as_of(found.as_of)) for line in _lines(project)],
    )


@bp.route("/berichte/<int:report_id>/bearbeiten", methods=["GET", "POST"])
@requires(Action.CHANGE_REPORTS)
def edit_report(report_id: int) -> ResponseReturnValue:
    found = _report_to_change(report_id)
    if found.is_released:
        return redirect(url_for("dashboard.report", report_id=report_id))
    form = ReportForm(obj=found)
    if not form.is_submitted():
        return _form_page(form, found.project, found)
    if not form.validate():
        return _form_page(form, found.project, found), 422
    if form.is_stale(found.version):
        form.version.data = found.version
        return _form_page(form, found.project, found, differences=differences(stored_report(found), form)), 409
    try:
        services.change_report(found, form.report_data())
    except Problem as problem:
        return _refused(form, problem, found.project, found)
    db.session.commit()
    flash(_("Der Entwurf ist gespeichert."), "success")
    return redirect(url_for("dashboard.report", report_id=report_id))


@bp.post("/berichte/<int:report_id>/freigeben")
@requires(Action.CHANGE_REPORTS)
def release_report(report_id: int) -> ResponseReturnValue:
    found = _report_to_change(report_id)
    refuse_stale(found)
    services.release_report(found, current_actor())
    db.session.commit()
    flash(_("Der Bericht ist freigegeben. Alle, die das Projekt lesen, sehen ihn jetzt."), "success")
    return redirect(url_for("dashboard.report", report_id=report_id))


@bp.post("/berichte/<int:report_id>/verwerfen")
@requires(Action.CHANGE_REPORTS)
def remove_report(report_id: int) -> ResponseReturnValue:
    found = _report_to_change(report_id)
    refuse_stale(found)
    project_id = found.project_id
    services.remove_report(found)
    db.session.commit()
    flash(_("Der Entwurf ist verworfen."), "success")
    return redirect(url_for("dashboard.reports", project_id=project_id))


def _project(project_id: int) -> Project:
    return get_or_404(with_people(projects_visible_to(current_actor())), project_id)


def _report(report_id: int) -> StatusReport:
    return get_or_404(queries.with_project(reports_visible_to(current_actor())), report_id)


def _report_to_change(report_id: int) -> StatusReport:
    found = _report(report_id)
    require(Action.CHANGE_REPORTS, found.project)
    return found


def _rights(project: Project) -> Any:
    return rights_on(project, current_actor())


def _lines(project: Project) -> tuple[TrendLine, ...]:
    return trend_lines(project.start, milestones_of(project.id))


def _prefilled(project: Project) -> dict[str, Any]:
    """As the last report left it: what was next then is what should be achieved now. The risks are those of today."""
    begun = {"as_of": clock.today(), "risks": _risks(project)}
    last = queries.latest_released(project)
    if last is None:
        return begun
    kept = ("reason", "measures", "decisions_needed")
    words = {name: getattr(last, name) for name in kept} | {"achieved": last.next}
    return {**last.lights, **words, **begun, "risks": begun["risks"] or last.risks}


def _risks(project: Project) -> str:
    """The open ones of the register, a line each."""
    return "\n".join(risk_words(risk) for risk in risks_of(project.id) if risk.is_open)


def _suggestions(project: Project) -> list[Suggestion]:
    rights = _rights(project)
    covered = staffing_of(project, current_actor(), rights).coverage
    return suggestions(_lines(project), covered, clock.today(), settings.current().thresholds)


def _refused(
    form: ReportForm, problem: Problem, project: Project, found: StatusReport | None = None
) -> ResponseReturnValue:
    db.session.rollback()
    form.refuse(problem)
    return _form_page(form, project, found), problem.status


def _form_page(form: ReportForm, project: Project, found: StatusReport | None = None, **context: Any) -> str:
    hints = {each.dimension: each for each in _suggestions(project)}
    return render_template(
        "dashboard/report_form.html", form=form, project=project, report=found, hints=hints, **context
    )
