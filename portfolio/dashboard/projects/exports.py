"""The project list and the milestone trend as tables for spreadsheets."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.projects import queries
from portfolio.dashboard.projects.weeks import ProjectWeek
from portfolio.exchange.write import Cell, Table
from portfolio.planning.trend import TrendPoint
from portfolio.projects import labels
from portfolio.projects.trends import TrendLine
from portfolio.web.formats import format_week


def projects_table(actor: Actor, filters: queries.Filters, sort: str) -> Table:
    """The list as the reader sees it, all pages."""
    statement = queries.matching(actor, filters)
    found = queries.export_rows(statement, sort)
    ids = queries.ids(statement)
    milestones = queries.next_milestones_of_all(queries.running(statement))
    counts = queries.open_needs(actor, ids) if allowed(actor, Action.READ_NEEDS) else None
    columns = [
        _("Kennung"),
        _("Titel"),
        _("Auftraggeber"),
        _("Phase"),
        _("Ampel"),
        _("Beginn"),
        _("Ende"),
        _("Projektleitung"),
        _("Koordination"),
        _("Nächster Meilenstein"),
        _("Plantermin"),
        _("Erwarteter Termin"),
        _("Abweichung in Tagen"),
    ]
    lines = [_project(row) + _milestone(milestones.get(row.id)) for row in found]
    if counts is not None:
        columns.append(_("Offene Bedarfe"))
        lines = [[*line, counts.get(row.id, 0)] for line, row in zip(lines, found, strict=True)]
    return Table(_("Projekte"), columns, lines)


def _project(row: Any) -> list[Cell]:
    phase, light = labels.phase_label(row.phase), labels.light_label(row.light) if row.light else None
    return [row.code, row.title, row.organisation, phase, light, row.start, row.end, row.lead, row.coordinator]


def _milestone(milestone: queries.NextMilestone | None) -> list[Cell]:
    if milestone is None:
        return [None, None, None, None]
    return [milestone.title, milestone.planned, milestone.expected, milestone.deviation]


def milestones_table(lines: Sequence[TrendLine]) -> Table:
    """A row for each milestone and reporting date, the plan first."""
    columns = [
        _("Nummer"),
        _("Meilenstein"),
        _("Plantermin"),
        _("Stichtag"),
        _("Erwarteter Termin"),
        _("Abweichung in Tagen"),
        _("Trend"),
    ]
    rows = [_point(line, point) for line in lines for point in line.trend.points]
    return Table(_("Meilensteine"), columns, rows)


def _point(line: TrendLine, point: TrendPoint) -> list[Cell]:
    trend = labels.trend_label(line.word)
    return [line.name, line.title, line.planned, point.reported, point.expected, point.deviation, trend]


def weeks_table(weeks: Sequence[ProjectWeek]) -> Table:
    """What is wanted, assigned and open in each week, in percent of full time."""
    columns = (_("Woche"), _("gesucht in %"), _("zugeordnet in %"), _("offen in %"))
    return Table(
        _("Wochen"), columns, [(format_week(each.week), each.wanted, each.assigned, each.open) for each in weeks]
    )
