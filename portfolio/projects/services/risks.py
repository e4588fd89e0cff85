"""The risk register of a project: entered, assessed anew, closed, removed."""

from dataclasses import dataclass
from datetime import date

from portfolio.extensions import db
from portfolio.projects import checks
from portfolio.projects.models import Project, Risk, RiskLevel, RiskState

LONGEST_TITLE, LONGEST_MEASURE, LONGEST_OWNER = 300, 10_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskData:
    """What may go wrong, how likely, how bad, and what which role does about it until when."""

    title: str
    likelihood: RiskLevel
    impact: RiskLevel
    measure: str = ""
    owner: str | None = None
    due: date | None = None
    state: RiskState = RiskState.OPEN


def add_risk(project: Project, data: RiskData) -> Risk:
    risk = Risk(project_id=project.id)
    _apply(risk, data)
    db.session.add(risk)
    db.session.flush()
    return risk


def change_risk(risk: Risk, data: RiskData) -> None:
    """Also closes it, or opens it again."""
    _apply(risk, data)
    db.session.flush()


def remove_risk(risk: Risk) -> None:
    """Take back what was entered by mistake; what is over is closed instead."""
    db.session.delete(risk)
    db.session.flush()


def _apply(risk: Risk, data: RiskData) -> None:
    title = checks.one_line(data.title, "title", LONGEST_TITLE)
    measure = checks.long_text(data.measure, "measure", LONGEST_MEASURE)
    owner = checks.optional_text(data.owner, "owner", LONGEST_OWNER)
    if data.due is not None:
        checks.sensible_day(data.due, "due")
    risk.title, risk.measure, risk.owner = title, measure, owner
    risk.likelihood, risk.impact, risk.due, risk.state = data.likelihood, data.impact, data.due, data.state
