"""The list of projects with its export; a project, its team, its milestones with their trend."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action, allowed
from portfolio.audit.exports import exported
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.projects import exports, overview, queries
from portfolio.dashboard.projects.filters import FilterForm, WeeksForm
from portfolio.dashboard.projects.rights import Rights, rights_on
from portfolio.dashboard.projects.team import staffing_of
from portfolio.dashboard.projects.weeks import ProjectWeek, weeks_of
from portfolio.extensions import db
from portfolio.projects.charts import drawn, milestone_trend
from portfolio.projects.labels import phase_trail
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.projects.queries import milestones_of, risks_of, service_links_of, whole
from portfolio.projects.routes import bp as projects_bp
from portfolio.projects.trends import TrendLine, reporting_dates, trend_lines
from portfolio.staffing import labels as staffing_labels
from portfolio.staffing.visibility import projects_visible_to
from portfolio.staffing.week_charts import wanted_and_assigned
from portfolio.web import clock
from portfolio.web.fragments import render_page
from portfolio.web.transactions import writes_access_log


@bp.get("/projekte", endpoint="projects")
@requires(Action.READ_PROJECTS)
def list_projects() -> str:
    actor = current_actor()
    form = _filter_form()
    statement = queries.matching(actor, form.chosen())
    found = queries.page_of(actor, statement, _sort(), request.args.get("page", 1, type=int))
    running = [row.id for row in found.items if row.phase not in CLOSED_PHASES]
    return render_page(
        "dashboard/projects.html",
        "results",
        form=form,
        page=found,
        milestones=queries.next_milestones(running),
        needs=queries.needs_counted(actor, running) if allowed(actor, Action.READ_NEEDS) else None,
        may_create=allowed(actor, Action.CREATE_PROJECTS),
        today=clock.today(),
    )


@bp.get("/projekte.<any(csv,xlsx):kind>")
@requires(Action.READ_PROJECTS)
@writes_access_log
def projects_file(kind: str) -> Response:
    table = exports.projects_table(current_actor(), _filter_form().chosen(), _sort())
    answer = exported(table, kind, _("projekte"), "project")
    db.session.commit()
    return answer


@bp.get("/projekte/<int:project_id>")
@requires(Action.READ_PROJECTS)
def project(project_id: int) -> str:
    found, rights = _load(project_id)
    actor, week = current_actor(), clock.this_week()
    staffing = staffing_of(found, actor, rights)
    return render_template(
        "dashboard/project.html",
        project=found,
        rights=rights,
        trail=phase_trail(found.phase),
        reports=overview.reports_of(found, actor, rights),
        milestones=overview.milestones_of(found.id),
        staffing=staffing,
        needs=overview.by_urgency(staffing, week)[: overview.NEEDS],
        team=overview.by_presence(staffing, week)[: overview.TEAM],
        risks=risks_of(found.id) if rights.change_risks else [],
        service_links=service_links_of(found.id),
        origin=overview.origin_of(found, actor),
        labels=staffing_labels,
        today=clock.today(),
        this_week=week,
    )


@bp.get("/projekte/<int:project_id>/team")
@requires(Action.READ_PROJECTS)
def project_team(project_id: int) -> str:
    found, rights = _load(project_id)
    staffing = staffing_of(found, current_actor(), rights)
    form = WeeksForm(request.args, staffing)
    weeks = weeks_of(staffing, form) if rights.see_shares else ()
    return render_template(
        "dashboard/project_team.html",
        project=found,
        rights=rights,
        staffing=staffing,
        labels=staffing_labels,
        this_week=clock.this_week(),
        form=form,
        weeks=weeks,
        chart=_weeks_chart(weeks) if weeks else None,
        files=[
            url_for("dashboard.project_weeks_file", project_id=project_id, kind=kind, **form.arguments())
            for kind in ("csv", "xlsx")
        ],
    )


# Milestones belong to `projects`, but its readers include teams, which only the domains above know.
@projects_bp.get("/projekte/<int:project_id>/meilensteine")
@requires(Action.READ_PROJECTS)
def milestones(project_id: int) -> str:
    found, rights = _load(project_id)
    lines = _lines(found)
    shown = drawn(lines)
    return render_template(
        "projects/milestones.html",
        project=found,
        rights=rights,
        lines=lines,
        figure=milestone_trend(shown) if shown else None,
        shown=shown,
        reporting_dates=reporting_dates(lines),
        today=clock.today(),
    )


@projects_bp.get("/projekte/<int:project_id>/meilensteine.<any(csv,xlsx):kind>")
@requires(Action.READ_PROJECTS)
@writes_access_log
def milestones_file(project_id: int, kind: str) -> Response:
    found, _rights = _load(project_id)
    name = _("meilensteine-%(code)s", code=found.code)
    answer = exported(exports.milestones_table(_lines(found)), kind, name, "milestone")
    db.session.commit()
    return answer


@bp.get("/projekte/<int:project_id>/wochen.<any(csv,xlsx):kind>")
@requires(Action.READ_PROJECTS)
@writes_access_log
def project_weeks_file(project_id: int, kind: str) -> Response:
    found, rights = _load(project_id)
    if not rights.see_shares:
        abort(403)
    staffing = staffing_of(found, current_actor(), rights)
    weeks = weeks_of(staffing, WeeksForm(request.args, staffing))
    answer = exported(exports.weeks_table(weeks), kind, _("wochen-%(code)s", code=found.code), "need")
    db.session.commit()
    return answer


def _weeks_chart(weeks: Sequence[ProjectWeek]) -> dict[str, Any]:
    return wanted_and_assigned(
        [each.week for each in weeks],
        [each.filled for each in weeks],
        [each.open for each in weeks],
        [each.beyond for each in weeks],
    )


def _load(project_id: int) -> tuple[Project, Rights]:
    actor = current_actor()
    found = get_or_404(whole(projects_visible_to(actor)), project_id)
    return found, rights_on(found, actor)


def _lines(found: Project) -> tuple[TrendLine, ...]:
    return trend_lines(found.start, milestones_of(found.id))


def _filter_form() -> FilterForm:
    organisations = queries.organisations_with_projects(current_actor())
    return FilterForm(request.args, url_for("dashboard.projects"), organisations)


def _sort() -> str:
    return request.args.get("sort", "")
