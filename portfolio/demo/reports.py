"""The demo's status reports: most projects on plan, some not, one in need of a decision, a few overdue."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from portfolio.demo.portfolio import Setting
from portfolio.extensions import db
from portfolio.planning.lights import Light, Thresholds, days_late, light_of_delay, worst
from portfolio.projects.models import CLOSED_PHASES, Phase, Project
from portfolio.projects.services import ReportData, draft_report, release_report

EVERY = timedelta(weeks=4)
REPORTS = 3
OVERDUE_EVERY = 9  # projects, one has not reported for a while
REASONS = (
    "Eine Zuarbeit kam später als vereinbart.",
    "Die Abnahme ist verschoben.",
    "Eine Schnittstelle ist geändert.",
)
MEASURES = ("Test mit Beispieldaten vorgezogen, Projektleitung, in zwei Wochen", "Vertretung benannt, sofort")


def create(setting: Setting) -> None:
    running = select(Project).where(
        Project.phase.not_in((*CLOSED_PHASES, Phase.DEFERRED)), Project.start < setting.today
    )
    for number, project in enumerate(db.session.scalars(running.order_by(Project.id))):
        late = 2 if number % OVERDUE_EVERY == OVERDUE_EVERY - 1 else 0
        for turn in reversed(range(late, REPORTS)):
            _report(setting, project, number, turn)


def _report(setting: Setting, project: Project, number: int, turn: int) -> None:
    as_of = setting.today - timedelta(days=number % 14) - EVERY * turn
    if as_of <= project.start:
        return
    delays = [
        days_late(milestone.planned_date, milestone.forecast_date or milestone.planned_date, milestone.planned_date)
        for milestone in project.milestones
        if milestone.reached_on is None
    ]
    dates = light_of_delay(max(delays, default=0) // 3, Thresholds())
    dates = Light.RED if number % 11 == 4 and turn == 0 else dates
    scope = Light.YELLOW if number % 5 == 4 else Light.GREEN
    staff = Light.YELLOW if number % 6 == 3 else Light.GREEN
    overall = worst(dates, scope, staff)
    deviates = overall is not Light.GREEN
    data = ReportData(
        as_of=as_of,
        overall=overall,
        dates=dates,
        cost=Light.GREEN,
        scope=scope,
        staff=staff,
        achieved="Abstimmung mit dem Fachreferat, Formulare überarbeitet",
        next="Test mit Sachbearbeitung und zwei Behörden",
        reason=REASONS[number % len(REASONS)] if deviates else "",
        measures=MEASURES[number % len(MEASURES)] if deviates else "",
        decisions_needed="Das Ressort entscheidet über den Umfang der ersten Stufe." if overall is Light.RED else "",
    )
    report = draft_report(project, data)
    release_report(report, setting.office)
    report.released_at = datetime.combine(as_of, time(9))
