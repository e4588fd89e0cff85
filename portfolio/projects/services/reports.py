"""Status reports: drafted, released, and frozen from then on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.planning.lights import Light, is_better, worst
from portfolio.projects import checks, notices
from portfolio.projects.models import Project, StatusReport
from portfolio.projects.problems import DeviationUnexplained, OverallTooGood, ReportReleased
from portfolio.web import clock

LONGEST_TEXT = 10_000
TEXTS = ("achieved", "next", "reason", "risks", "measures", "decisions_needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """How a project stands: five lights, and the words they ask for."""

    as_of: date
    overall: Light
    dates: Light
    cost: Light
    scope: Light
    staff: Light
    achieved: str = ""
    next: str = ""
    reason: str = ""
    risks: str = ""
    measures: str = ""
    decisions_needed: str = ""

    @property
    def worst_part(self) -> Light:
        return worst(self.dates, self.cost, self.scope, self.staff)


def draft_report(project: Project, data: ReportData) -> StatusReport:
    """A new report that only those who write reports see."""
    report = StatusReport(project_id=project.id)
    _apply(report, data)
    db.session.add(report)
    db.session.flush()
    return report


def change_report(report: StatusReport, data: ReportData) -> None:
    _require_draft(report)
    _apply(report, data)
    db.session.flush()


def release_report(report: StatusReport, actor: Actor) -> None:
    """Show it to everybody who reads the project, and freeze it."""
    _require_draft(report)
    report.released_at = clock.now()
    report.released_by_id = actor.user_id
    db.session.flush()
    notices.released(report)


def remove_report(report: StatusReport) -> None:
    """Throw a draft away."""
    _require_draft(report)
    db.session.delete(report)
    db.session.flush()


def _require_draft(report: StatusReport) -> None:
    if report.is_released:
        raise ReportReleased


def _apply(report: StatusReport, data: ReportData) -> None:
    checks.sensible_day(data.as_of, "as_of")
    texts = {name: checks.long_text(getattr(data, name), name, LONGEST_TEXT) for name in TEXTS}
    for problem in unexplained(data):
        raise problem
    for name in ("as_of", "overall", "dates", "cost", "scope", "staff"):
        setattr(report, name, getattr(data, name))
    for name, text in texts.items():
        setattr(report, name, text)


def unexplained(data: ReportData) -> Iterator[DeviationUnexplained | OverallTooGood]:
    """What the lights ask for and the words do not say. A risk named is a reason too."""
    light = worst(data.overall, data.worst_part)
    if light is not Light.GREEN:
        if not (data.reason.strip() or data.risks.strip()):
            yield DeviationUnexplained("reason")
        if not data.measures.strip():
            yield DeviationUnexplained("measures")
    if light is Light.RED and not data.decisions_needed.strip():
        yield DeviationUnexplained("decisions_needed")
    if is_better(data.overall, data.worst_part) and not data.reason.strip():
        yield OverallTooGood()
