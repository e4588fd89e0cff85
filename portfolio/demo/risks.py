"""The demo's risks: what projects of this kind worry about."""

from datetime import timedelta

from sqlalchemy import select

from portfolio.demo.portfolio import Setting
from portfolio.extensions import db
from portfolio.projects.models import CLOSED_PHASES, Phase, Project, RiskLevel, RiskState
from portfolio.projects.services import RiskData, add_risk

_LOW, _MEDIUM, _HIGH = RiskLevel

# (title, likelihood, impact, measure, owner, days from today until due)
RISKS = (
    ("Schnittstelle kommt später", _MEDIUM, _HIGH, "Test mit Beispieldaten vorziehen", "Architektur", 30),
    ("Zu wenig Zeit für Abnahmen", _HIGH, _MEDIUM, "Feste Termine je Woche vereinbaren", "Projektleitung", 14),
    ("Barrierefreiheitstest deckt größere Mängel auf", _LOW, _HIGH, "Vorab-Test der wichtigsten Wege", "Qualität", 60),
    ("Gemeinden beteiligen sich spät", _MEDIUM, _MEDIUM, "Zwei Pilotgemeinden früh einbinden", "Koordination", -5),
    ("Rechtsgrundlage wird geändert", _LOW, _MEDIUM, "", "Fachreferat", 90),
)  # fmt: skip
EACH = 2


def create(setting: Setting) -> None:
    running = select(Project).where(
        Project.phase.not_in((*CLOSED_PHASES, Phase.DEFERRED)), Project.start < setting.today
    )
    for number, project in enumerate(db.session.scalars(running.order_by(Project.id))):
        for turn in range(EACH):
            title, likelihood, impact, measure, owner, days = RISKS[(number + turn * 2) % len(RISKS)]
            add_risk(
                project,
                RiskData(
                    title=title,
                    likelihood=likelihood,
                    impact=impact,
                    measure=measure,
                    owner=owner,
                    due=setting.today + timedelta(days=days),
                    state=RiskState.CLOSED if (number + turn) % 5 == 4 else RiskState.OPEN,
                ),
            )
