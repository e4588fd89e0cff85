"""The list of projects with its export; a project, its team, its milestones with their trend."""

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.audit.record import record_export
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.projects import exports, queries
from portfolio.dashboard.projects.filters import FilterForm
from portfolio.dashboard.projects.rights import Rights, rights_on
from portfolio.dashboard.projects.team import staffing_of
from portfolio.dashboard.reports.queries import latest_released
from portfolio.extensions import db
from portfolio.projects.charts import milestone_trend
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.projects.queries import milestones_of, service_links_of, with_people
from portfolio.projects.routes import bp as projects_bp
from portfolio.projects.trends import TrendLine, reporting_dates, trend_lines
from portfolio.staffing import labels as staffing_labels
from portfolio.staffing.visibility import projects_visible_to
from portfolio.web import clock
from portfolio.web.fragments import render_page
from portfolio.web.transactions import writes_access_log

CSV = "text/csv; charset=utf-8"


@bp.get("/projekte", endpoint="projects")
@requires(Action.READ_PROJECTS)
def list_projects() -> str:
    actor = current_actor()
    form = _filter_form()
    found = queries.page_of(queries.matching(actor, form.chosen()), _sort(), request.args.get("page", 1, type=int))
    shown = [row.id for row in found.items]
    running = [row.id for row in found.items if row.phase not in CLOSED_PHASES]
    return render_page(
        "dashboard/projects.html",
        "results",
        form=form,
        page=found,
        milestones=queries.next_milestones(running),
        open_needs=queries.open_needs(actor, shown) if shown and allowed(actor, Action.READ_NEEDS) else None,
        may_create=allowed(actor, Action.CREATE_PROJECTS),
        today=clock.today(),
    )


@bp.get("/projekte.csv")
@requires(Action.READ_PROJECTS)
@writes_access_log
def projects_csv() -> Response:
    table, rows = exports.projects_csv(current_actor(), _filter_form().chosen(), _sort())
    record_export(db.session, "project", rows)
    db.session.commit()
    return _download(table, _("projekte.csv"))


@bp.get("/projekte/<int:project_id>")
@requires(Action.READ_PROJECTS)
def project(project_id: int) -> str:
    found, rights = _load(project_id)
    return render_template(
        "dashboard/project.html",
        project=found,
        rights=rights,
        service_links=service_links_of(found.id),
        lines=_lines(found),
        staffing=staffing_of(found, current_actor(), rights),
        report=latest_released(found),
        labels=staffing_labels,
        today=clock.today(),
    )


@bp.get("/projekte/<int:project_id>/team")
@requires(Action.READ_PROJECTS)
def project_team(project_id: int) -> str:
    found, rights = _load(project_id)
    staffing = staffing_of(found, current_actor(), rights)
    return render_template(
        "dashboard/project_team.html", project=found, rights=rights, staffing=staffing, labels=staffing_labels
    )


# Milestones belong to `projects`, but its readers include teams, which only the domains above know.
@projects_bp.get("/projekte/<int:project_id>/meilensteine")
@requires(Action.READ_PROJECTS)
def milestones(project_id: int) -> str:
    found, rights = _load(project_id)
    lines = _lines(found)
    return render_template(
        "projects/milestones.html",
        project=found,
        rights=rights,
        lines=lines,
        figure=milestone_trend(lines) if lines else None,
        reporting_dates=reporting_dates(lines),
        today=clock.today(),
    )


@projects_bp.get("/projekte/<int:project_id>/meilensteine.csv")
@requires(Action.READ_PROJECTS)
@writes_access_log
def milestones_csv(project_id: int) -> Response:
    found, _rights = _load(project_id)
    lines = _lines(found)
    record_export(db.session, "milestone", len(lines))
    name = _("meilensteine-%(code)s.csv", code=found.code)
    table = exports.milestones_csv(lines)
    db.session.commit()
    return _download(table, name)


def _load(project_id: int) -> tuple[Project, Rights]:
    actor = current_actor()
    found = get_or_404(with_people(projects_visible_to(actor)), project_id)
    return found, rights_on(found, actor)


def _lines(found: Project) -> tuple[TrendLine, ...]:
    return trend_lines(found.start, milestones_of(found.id))


def _filter_form() -> FilterForm:
    organisations = queries.organisations_with_projects(current_actor())
    return FilterForm(request.args, url_for("dashboard.projects"), organisations)


def _sort() -> str:
    return request.args.get("sort", "")


def _download(table: bytes, name: str) -> Response:
    answer = Response(table, content_type=CSV)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
