"""The list of persons as a file, for those who may read all of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select

from portfolio.dashboard.persons import queries
from portfolio.dashboard.persons.sight import Field
from portfolio.exchange.write import Cell, write_csv
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person


def persons_csv(statement: Select[Person], sort: str, seen: frozenset[Field], week: Week) -> tuple[bytes, int]:
    """The file, and how many persons it names."""
    rows = queries.all_rows(statement, sort)
    ids = statement.with_only_columns(Person.id)
    work = _work(rows, ids, week) if seen >= {Field.SKILLS, Field.WEEKS, Field.CONTRACT} else None
    titles: tuple[str, ...] = (_("Name"), _("E-Mail"), _("Stammdienststelle"), _("Dienstort"), _("aktiv"))
    if work is None:
        return write_csv(titles, map(_master, rows)), len(rows)
    titles += (_("Vertragsanteil in %"), _("Poolanteil jetzt in %"), _("Fähigkeiten"))
    lines = ((*_master(row), *cells) for row, cells in zip(rows, work, strict=True))
    return write_csv(titles, lines), len(rows)


def _master(row: Row[Any]) -> tuple[Cell, ...]:
    return row.name, row.email, row.home, row.location, _("ja") if row.active else _("nein")


def _work(rows: Sequence[Row[Any]], ids: Select[Any], week: Week) -> Iterator[tuple[Cell, ...]]:
    levels, shares = queries.levels(ids, week), queries.pool_shares_in(ids, week)
    for row in rows:
        held = ", ".join(f"{skill.code} {skill.level}" for skill in levels.get(row.id, ()))
        yield row.contract_share, shares.get(row.id, 0), held
