"""The project list and the milestone trend as tables for spreadsheets."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.projects import queries
from portfolio.exchange.write import Cell, write_csv
from portfolio.planning.trend import TrendPoint
from portfolio.projects import labels
from portfolio.projects.trends import TrendLine


def projects_csv(actor: Actor, filters: queries.Filters, sort: str) -> tuple[bytes, int]:
    """The list as the reader sees it, all pages; and how many rows that are."""
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
    return write_csv(columns, lines), len(found)


def _project(row: Any) -> list[Cell]:
    phase, light = labels.phase_label(row.phase), labels.light_label(row.light) if row.light else None
    return [row.code, row.title, row.organisation, phase, light, row.start, row.end, row.lead, row.coordinator]


def _milestone(milestone: queries.NextMilestone | None) -> list[Cell]:
    if milestone is None:
        return [None, None, None, None]
    return [milestone.title, milestone.planned, milestone.expected, milestone.deviation]


def milestones_csv(lines: Sequence[TrendLine]) -> bytes:
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
    rows = (_point(line, point) for line in lines for point in line.trend.points)
    return write_csv(columns, rows)


def _point(line: TrendLine, point: TrendPoint) -> list[Cell]:
    trend = labels.trend_label(line.word)
    return [line.name, line.title, line.planned, point.reported, point.expected, point.deviation, trend]
