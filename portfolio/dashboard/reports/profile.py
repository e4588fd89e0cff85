"""The profile of a project: what of it stands on one sheet of A4, and how much is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import render_template

from portfolio.access.guard import current_actor, get_or_404, requires
from portfolio.access.policy import Action
from portfolio.dashboard.blueprint import bp
from portfolio.dashboard.projects import overview
from portfolio.dashboard.projects.rights import rights_on
from portfolio.dashboard.projects.team import staffing_of
from portfolio.dashboard.reports import queries
from portfolio.projects.queries import milestones_of, risks_of, service_links_of, whole
from portfolio.projects.trends import TrendLine, trend_lines
from portfolio.staffing import labels as staffing_labels
from portfolio.staffing.visibility import projects_visible_to
from portfolio.web import clock

SERVICES, MILESTONES, NEEDS, TEAM, RISKS = 5, 6, 4, 7, 3
"""How many lines of each the sheet has room for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Excerpt(Generic[T]):
    """The first rows of a list, and how many more there are."""

    rows: Sequence[T]
    left: int


@bp.get("/projekte/<int:project_id>/steckbrief")
@requires(Action.READ_PROJECTS)
def profile(project_id: int) -> str:
    actor, week = current_actor(), clock.this_week()
    project = get_or_404(whole(projects_visible_to(actor)), project_id)
    rights = rights_on(project, actor)
    staffing = staffing_of(project, actor, rights)
    risks = [risk for risk in risks_of(project.id) if risk.is_open] if rights.change_risks else []
    return render_template(
        "dashboard/profile.html",
        project=project,
        rights=rights,
        report=queries.latest_released(project),
        milestones=around_now(trend_lines(project.start, milestones_of(project.id)), MILESTONES),
        coverage=staffing.coverage,
        needs=excerpt(overview.by_urgency(staffing, week), NEEDS),
        team=excerpt(overview.by_presence(staffing, week), TEAM),
        risks=excerpt(risks, RISKS),
        services=excerpt(service_links_of(project.id), SERVICES),
        labels=staffing_labels,
        today=clock.today(),
    )


def excerpt(rows: Sequence[T], lines: int) -> Excerpt[T]:
    """As many rows as fit into `lines`, of which the last says how many are left: never "and 1 more"."""
    shown = rows if len(rows) <= lines else rows[: lines - 1]
    return Excerpt(shown, len(rows) - len(shown))


def around_now(milestones: Sequence[TrendLine], lines: int) -> Excerpt[TrendLine]:
    """The milestones that come next, after the one reached last: where the project stands."""
    coming = sorted((each for each in milestones if each.reached is None), key=lambda each: each.expected)
    reached = sorted((each for each in milestones if each.reached), key=lambda each: each.expected)
    room = lines if len(milestones) <= lines else lines - 1
    before = max(room - len(coming), 1)
    shown = [*reached[-before:], *coming][:room]
    return Excerpt(shown, len(milestones) - len(shown))
