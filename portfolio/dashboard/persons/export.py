"""The list of persons as a file, for those who may read all of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select

from portfolio.dashboard.persons import queries
from portfolio.dashboard.persons.sight import Field
from portfolio.exchange.write import Cell, Table
from portfolio.planning.capacity import PersonCapacity
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person
from portfolio.staffing.labels import cell_words
from portfolio.web.formats import plain_week


def persons_table(statement: Select[Person], sort: str, seen: frozenset[Field], week: Week) -> Table:
    """All persons of the statement, with what their reader may see of everybody."""
    rows = queries.all_rows(statement, sort)
    ids = statement.with_only_columns(Person.id)
    work = _work(rows, ids, week) if seen >= {Field.SKILLS, Field.WEEKS, Field.CONTRACT} else None
    titles: tuple[str, ...] = (_("Name"), _("E-Mail"), _("Stammdienststelle"), _("Dienstort"), _("aktiv"))
    if work is None:
        return Table(_("Personen"), titles, [_master(row) for row in rows])
    titles += (_("Vertragsanteil in %"), _("Poolanteil jetzt in %"), _("Fähigkeiten"))
    lines = [(*_master(row), *cells) for row, cells in zip(rows, work, strict=True)]
    return Table(_("Personen"), titles, lines)


def weeks_table(figures: PersonCapacity) -> Table:
    """A person's weeks: pool share, booked and free in percent of full time, in words, projects, days, hours."""
    columns = (
        _("Woche"),
        _("Poolanteil in %"),
        _("verplant in %"),
        _("frei in %"),
        _("Auslastung"),
        _("Projekte"),
        _("Tage da"),
        _("geliefert in h"),
    )
    lines = zip(
        map(plain_week, figures.weeks),
        figures.pool_share,
        figures.booked,
        figures.free,
        map(cell_words, figures.cells),
        figures.projects,
        figures.presence,
        (round(hours, 1) for hours in figures.delivered_hours),
        strict=True,
    )
    return Table(_("Wochen"), columns, list(lines))


def _master(row: Row[Any]) -> tuple[Cell, ...]:
    return row.name, row.email, row.home, row.location, _("ja") if row.active else _("nein")


def _work(rows: Sequence[Row[Any]], ids: Select[Any], week: Week) -> Iterator[tuple[Cell, ...]]:
    levels, shares = queries.levels(ids, week), queries.pool_shares_in(ids, week)
    for row in rows:
        held = ", ".join(f"{skill.code} {skill.level}" for skill in levels.get(row.id, ()))
        yield row.contract_share, shares.get(row.id, 0), held
