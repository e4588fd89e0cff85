"""Whom the course of a project concerns, and what they are told."""

from datetime import date

from flask_babel import gettext as _

from portfolio.access.notices import Readers, coordinators, ministry, person, tell
from portfolio.access.policy import Role
from portfolio.notify.kinds import Facts, Kind
from portfolio.projects.models import Milestone, Project, StatusReport
from portfolio.web import settings
from portfolio.web.formats import format_day


def _slipped_words(milestone: Milestone, facts: Facts) -> str:
    before, expected = (format_day(date.fromisoformat(facts[name])) for name in ("before", "expected"))
    return _(
        "„%(title)s“ in „%(project)s“ verschiebt sich vom %(before)s auf den %(expected)s.",
        title=milestone.title,
        project=milestone.project.title,
        before=before,
        expected=expected,
    )


def _released_words(report: StatusReport, _facts: Facts) -> str:
    return _(
        "Zu „%(project)s“ gibt es einen neuen Statusbericht, Stand %(day)s.",
        project=report.project.title,
        day=format_day(report.as_of),
    )


def _leads_words(project: Project, _facts: Facts) -> str:
    return _("Sie leiten das Projekt „%(project)s“.", project=project.title)


def _coordinates_words(project: Project, _facts: Facts) -> str:
    return _("Sie koordinieren das Projekt „%(project)s“.", project=project.title)


SLIPPED = Kind("milestone_slipped", "milestone", Milestone, _slipped_words)
RELEASED = Kind("report_released", "report", StatusReport, _released_words)
LEADS = Kind("project_led", "led", Project, _leads_words)
COORDINATES = Kind("project_coordinated", "coordinated", Project, _coordinates_words)


def forecast_changed(milestone: Milestone, before: date) -> None:
    """Tell of a slip once it turns a light: smaller ones stand in the trend."""
    expected = milestone.forecast_date
    if expected is None or expected <= before or (expected - before).days < 7 * settings.current().late_yellow:
        return
    project = milestone.project
    readers = (coordinators(project.organisation_id, project.coordinator_id), _lead(project))
    tell(SLIPPED, milestone, *readers, before=before.isoformat(), expected=expected.isoformat())


def released(report: StatusReport) -> None:
    project = report.project
    readers = (coordinators(project.organisation_id, project.coordinator_id), ministry(project.organisation_id))
    tell(RELEASED, report, *readers)


def entrusted(project: Project, lead_id: int | None = None, coordinator_id: int | None = None) -> None:
    """Tell those who lead and coordinate the project from now on, and were not `lead_id` and `coordinator_id`."""
    if project.lead_id != lead_id:
        tell(LEADS, project, _lead(project))
    if project.coordinator_id != coordinator_id:
        tell(COORDINATES, project, person(project.coordinator_id, Role.COORDINATOR))


def _lead(project: Project) -> Readers:
    return person(project.lead_id, Role.PROJECT_LEAD)
