"""One door for every file that somebody uploads or names: a table comes out, or NotATable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from portfolio.exchange.csv import FALLBACK_ENCODING, csv_rows, encoding_of
from portfolio.exchange.limits import MAX_FILE_BYTES
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.report import Finding, Reason, ReasonCode, reason
from portfolio.exchange.table import Table, build_table
from portfolio.exchange.xlsx import read_workbook

_ZIP_BEGINNINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
# Excel before 2007, and workbooks locked with a password.
_OLE_BEGINNING: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES: Final = frozenset({".csv", ".txt", ".tsv"})
_WORKBOOK_NAMES: Final = frozenset({".xlsx", ".xlsm", ".xls"})


def read_table(source: Path | bytes, filename: str = "") -> Table:
    """Read CSV or XLSX; which of the two it is, the content decides, never the name.

    A name that says otherwise is worth a notice, as are a guessed encoding and sheets left aside.
    """
    data = source if isinstance(source, bytes) else _bounded(source)
    if len(data) > MAX_FILE_BYTES:
        raise NotATable(Defect.TOO_LARGE)
    if data.startswith(_OLE_BEGINNING):
        raise NotATable(Defect.OLD_EXCEL)
    table = _from_workbook(data) if data.startswith(_ZIP_BEGINNINGS) else _from_csv(data)
    return _with_notices(table, _about_name(data, filename))


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _from_csv(data: bytes) -> Table:
    encoding = encoding_of(data)
    table = build_table(csv_rows(data, encoding))
    if encoding == FALLBACK_ENCODING:
        return _with_notices(table, [reason(ReasonCode.GUESSED_ENCODING, encoding="Windows-1252")])
    return table


def _from_workbook(data: bytes) -> Table:
    table, other_sheets = read_workbook(data)
    if other_sheets:
        return _with_notices(table, [reason(ReasonCode.OTHER_SHEETS_IGNORED, count=other_sheets)])
    return table


def _about_name(data: bytes, filename: str) -> list[Reason]:
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(_ZIP_BEGINNINGS):
        return [reason(ReasonCode.NAME_AND_CONTENT_DIFFER, content="XLSX")] if suffix in _TEXT_NAMES else []
    return [reason(ReasonCode.NAME_AND_CONTENT_DIFFER, content="CSV")] if suffix in _WORKBOOK_NAMES else []


def _with_notices(table: Table, reasons: list[Reason]) -> Table:
    notices = tuple(Finding(1, None, why) for why in reasons)
    return replace(table, notices=table.notices + notices)
