"""Importing organisations from a table: all or nothing, and the same file twice changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portfolio.access import queries
from portfolio.access.models import Organisation, OrganisationKind
from portfolio.exchange.report import Outcome, ReasonCode, Report, about_value, out_of_range, reason
from portfolio.exchange.rows import LAST_DAY, RowReader, start_report
from portfolio.exchange.table import Table
from portfolio.extensions import db
from portfolio.web.text import fold

REQUIRED = ("kuerzel", "name", "behoerdenart")
OPTIONAL = {"nachfolger": "successor_id", "gueltig_ab": "valid_from", "gueltig_bis": "valid_to"}
"""Columns a file may leave out, and what then stays as it is."""
SOURCE, HEARSAY = "beleg", "allgemeinwissen"
LONGEST_SOURCE = 200
"""What a file names as its source, and the word for none: such a row is to be confirmed."""

KINDS = {
    "oberste Landesbehörde": OrganisationKind.SUPREME,
    "obere Landesbehörde": OrganisationKind.HIGHER,
    "untere Landesbehörde": OrganisationKind.LOWER,
    "Landesbehörde": OrganisationKind.STATE_AUTHORITY,
    "Einrichtung": OrganisationKind.INSTITUTION,
    "Kommune": OrganisationKind.MUNICIPALITY,
    "Sonstige": OrganisationKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    code: str
    name: str
    kind: OrganisationKind | None
    successor: str
    valid_from: date | None
    valid_to: date | None
    to_confirm: str | None


def import_organisations(table: Table) -> Outcome:
    """Organisations with their successors, which may stand later in the file; identity is the code."""
    report = start_report(table, required=REQUIRED, optional=(*OPTIONAL, SOURCE))
    if not report.ok:
        return Outcome(report)
    queries.lock_organisation_links()
    known = {organisation.code: organisation for organisation in db.session.scalars(select(Organisation))}
    readers = [RowReader(row, report) for row in table.rows]
    seen: dict[object, int] = {}
    rows = [_read(reader, seen) for reader in readers]
    _check_successors(readers, rows, known)
    return _store(report, rows, known, _absent_fields(table)) if report.ok else Outcome(report)


def _read(reader: RowReader, seen: dict[object, int]) -> OrganisationRow:
    code = reader.text("kuerzel", required=True, max_length=40)
    if code:
        reader.unique("kuerzel", code, seen)
    valid_from, valid_to = reader.date("gueltig_ab"), reader.date("gueltig_bis")
    if valid_from and valid_to and valid_to < valid_from:
        reader.fail("gueltig_bis", out_of_range(valid_from.isoformat(), LAST_DAY.isoformat()))
    source = reader.text(SOURCE)
    doubtful = HEARSAY in source.casefold()
    if doubtful:
        reader.notice(SOURCE, reason(ReasonCode.TO_CONFIRM))
    return OrganisationRow(
        code,
        reader.text("name", required=True, max_length=200),
        reader.choice("behoerdenart", KINDS, required=True),
        reader.text("nachfolger", max_length=40),
        valid_from,
        valid_to,
        source[:LONGEST_SOURCE] if doubtful else None,
    )


def _check_successors(readers: list[RowReader], rows: list[OrganisationRow], known: Mapping[str, Organisation]) -> None:
    """Each successor exists, here or in the file, and none leads back to where it started."""
    codes = {organisation.id: code for code, organisation in known.items()}
    following = {code: codes.get(each.successor_id or 0, "") for code, each in known.items()}
    following |= {row.code: row.successor for row in rows}
    for reader, row in zip(readers, rows, strict=True):
        if row.successor and row.successor not in following:
            reader.fail("nachfolger", about_value(ReasonCode.UNKNOWN_REFERENCE, row.successor))
        elif _leads_back(row.code, following):
            reader.fail("nachfolger", about_value(ReasonCode.UNKNOWN_VALUE, row.successor))


def _leads_back(code: str, following: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at = following.get(code, "")
    while at and at != code and at not in seen:
        seen.add(at)
        at = following.get(at, "")
    return bool(at) and at == code


def _absent_fields(table: Table) -> frozenset[str]:
    present = {title.casefold() for title in table.columns}
    return frozenset(field for column, field in OPTIONAL.items() if column not in present)


def _store(
    report: Report, rows: list[OrganisationRow], known: dict[str, Organisation], absent: frozenset[str]
) -> Outcome:
    new = [row for row in rows if row.code not in known]
    for row in new:
        known[row.code] = Organisation(
            code=row.code, name=row.name, sort_key=fold(row.name), kind=row.kind, to_confirm=row.to_confirm
        )
    db.session.add_all(known[row.code] for row in new)
    db.session.flush()  # successors may stand later in the file: from here on all have an id
    created = {row.code for row in new}
    changed = [row.code for row in rows if _fill(known[row.code], _values(row, known), absent)]
    db.session.flush()
    only_changed = len(set(changed) - created)
    return Outcome(report, len(created), only_changed, len(rows) - len(created) - only_changed)


def _values(row: OrganisationRow, known: Mapping[str, Organisation]) -> dict[str, Any]:
    return {
        "name": row.name,
        "sort_key": fold(row.name),
        "kind": row.kind,
        "successor_id": known[row.successor].id if row.successor else None,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def _fill(organisation: Organisation, values: Mapping[str, Any], absent: frozenset[str]) -> bool:
    """Set what differs; False when nothing does."""
    differing = {
        field: value for field, value in values.items() if field not in absent and getattr(organisation, field) != value
    }
    for field, value in differing.items():
        setattr(organisation, field, value)
    return bool(differing)
