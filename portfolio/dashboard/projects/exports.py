"""The project list and the milestone trend as tables for spreadsheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.projects import queries
from portfolio.dashboard.projects.weeks import ProjectWeek
from portfolio.exchange.write import Cell, Table
from portfolio.planning.trend import TrendPoint
from portfolio.projects import labels
from portfolio.projects.trends import TrendLine
from portfolio.settings.labels import STATES
from portfolio.web.formats import plain_week


def projects_table(actor: Actor, filters: queries.Filters, sort: str) -> Table:
    """The list as the reader sees it, all pages, with what a project can say beyond it."""
    statement = queries.matching(actor, filters)
    found = queries.export_rows(actor, statement, sort)
    ids = queries.ids(statement)
    milestones = queries.next_milestones_of_all(queries.running(statement))
    services, bases = queries.services_of(ids), queries.technical_bases_of(ids)
    lines = [
        [
            *_project(row),
            *_milestone(milestones.get(row.id)),
            *_further(row),
            ", ".join(basis.name for basis in bases.get(row.id, ())) or None,
            "; ".join(map(_service, services.get(row.id, ()))) or None,
        ]
        for row in found
    ]
    columns = _columns()
    if allowed(actor, Action.READ_NEEDS):
        columns += [_("Bedarfe"), _("Offene Bedarfe")]
        counts = queries.needs_counted(actor, ids)
        lines = [[*line, *_needs(counts.get(row.id))] for line, row in zip(lines, found, strict=True)]
    return Table(_("Projekte"), columns, lines)


def _columns() -> list[str]:
    return [
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
        _("Priorität"),
        _("Umsetzungsart"),
        _("Umsetzendes Land"),
        _("SDG-relevant"),
        _("SDG-Code"),
        _("FIM-Leistung"),
        _("FIM-Prozess"),
        _("FIM-Datenfelder"),
        _("Rechtsgrundlage"),
        _("Aktenzeichen"),
        _("Projektauftrag erteilt am"),
        _("Ziel"),
        _("Technische Basis"),
        _("Leistungen"),
    ]


def _project(row: Any) -> list[Cell]:
    phase, light = labels.phase_label(row.phase), labels.light_label(row.light) if row.light else None
    return [row.code, row.title, row.organisation, phase, light, row.start, row.end, row.lead, row.coordinator]


def _milestone(milestone: queries.NextMilestone | None) -> list[Cell]:
    if milestone is None:
        return [None, None, None, None]
    return [milestone.title, milestone.planned, milestone.expected, milestone.deviation]


def _further(row: Any) -> list[Cell]:
    return [
        row.priority,
        _word(labels.DELIVERY_MODELS, row.delivery_model),
        _word(STATES, row.implementing_state),
        _word({True: _("ja"), False: _("nein")}, row.sdg_relevant),
        row.sdg_code,
        *(_word(labels.FIM_STATUSES, status) for status in (row.fim_service, row.fim_process, row.fim_data)),
        row.legal_basis,
        row.file_reference,
        row.mandated_on,
        row.goal or None,
    ]


def _word(words: Mapping[Any, Any], value: Any) -> str | None:
    return None if value is None else str(words[value])


def _service(link: Any) -> str:
    """Its name, with key and maturity as far as they are known."""
    known = [link.service_key] if link.service_key else []
    if link.maturity_now is not None or link.maturity_target is not None:
        known.append(labels.maturity_words(link))
    return f"{link.name} ({', '.join(known)})" if known else str(link.name)


def _needs(count: queries.NeedCount | None) -> list[Cell]:
    return [count.every, count.lacking] if count else [0, 0]


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
        _("Ursache"),
    ]
    rows = [_point(line, point) for line in lines for point in line.trend.points]
    return Table(_("Meilensteine"), columns, rows)


def _point(line: TrendLine, point: TrendPoint) -> list[Cell]:
    trend = labels.trend_label(line.word)
    cause = line.causes.get(point.reported)
    return [line.name, line.title, line.planned, point.reported, point.expected, point.deviation, trend, cause]


def weeks_table(weeks: Sequence[ProjectWeek]) -> Table:
    """What is wanted, filled and open in each week, and worked beyond that, in percent of full time."""
    columns = (_("Woche"), _("gesucht in %"), _("besetzt in %"), _("offen in %"), _("darüber hinaus in %"))
    lines = [(plain_week(each.week), each.wanted, each.filled, each.open, each.beyond) for each in weeks]
    return Table(_("Wochen"), columns, lines)
