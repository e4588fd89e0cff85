"""The list of requests as a table for spreadsheets."""

from collections.abc import Sequence
from math import ceil

from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.exchange.write import Cell, Table
from portfolio.planning.problem import Need
from portfolio.planning.timeline import person_days
from portfolio.planning.weeks import Week
from portfolio.support import labels, queries
from portfolio.support.models import SupportRequest
from portfolio.web import clock, settings
from portfolio.web.formats import plain_week


def requests_table(statement: Select[SupportRequest], sort: str) -> Table:
    """The list as its reader sees it, all pages."""
    needs = queries.needs_asked(statement)
    columns = (
        _("Nummer"),
        _("Titel"),
        _("Ressort"),
        _("Stand"),
        _("Eingereicht am"),
        _("Entschieden am"),
        _("Beginn"),
        _("Ende"),
        _("Frist"),
        _("Bedarfe"),
        _("Personentage"),
        _("Projekt"),
    )
    rows = queries.exported_rows(statement, sort)
    return Table(_("Anfragen"), columns, [_row(row, needs.get(row.id, ())) for row in rows])


def _row(row: SupportRequest, needs: Sequence[Need]) -> list[Cell]:
    full_time = settings.full_time_hours()
    return [
        row.id,
        row.title,
        row.organisation.code,
        str(labels.STATES[row.state]),
        row.submitted_at and clock.day_of(row.submitted_at),
        row.decided_at and clock.day_of(row.decided_at),
        _week(row.from_week),
        _week(row.to_week),
        row.deadline,
        len(needs),
        ceil(sum(person_days(need, full_time) for need in needs)),
        row.project.code if row.project else None,
    ]


def _week(week: Week | None) -> str | None:
    return plain_week(week) if week else None
