"""Tables for people to open. Whatever stands in a cell, no spreadsheet takes it for a formula.

`read.read_table` gives back the same texts, in both formats; the one exception is the NUL character,
which is written and refused on reading. Titles have to differ, and none may be empty.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portfolio.exchange.cell_text import defuse, escape_for_workbook, is_active, plain_number
from portfolio.exchange.limits import MAX_CELL_LENGTH

# No bool and no datetime: their words and their time zone are chosen by whoever exports.
Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Titles and lines of the same length; `title` names the sheet of a workbook."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


_BYTE_ORDER_MARK: Final = "\ufeff"
# Beyond this Excel rounds.
_EXACT_IN_EXCEL: Final = 10**15
_WIDEST_COLUMN: Final = 60


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """As German spreadsheets expect it: byte order mark, semicolons, CRLF, decimal comma.

    All texts stand in quotes, so that a comma in one of them is never taken for the separator.
    """
    lines = (";".join(map(_csv_cell, cells)) + "\r\n" for cells in (columns, *rows))
    return (_BYTE_ORDER_MARK + "".join(lines)).encode()


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], sheet_name: str) -> bytes:
    """Texts as texts, numbers and dates as what they are; the line of titles stays in sight."""
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(sheet_name, worksheet_class=_PlainSheet)
        writer = _SheetWriter(sheet, workbook)
        sheet.freeze_panes(1, 0)
        writer.write_row(columns, writer.bold)
        for row in rows:
            writer.write_row(row)
        writer.set_widths()
    return file.getvalue()


def write_table(table: Table, kind: str) -> bytes:
    """As a file of a `kind`: "csv" or "xlsx"."""
    if kind == "xlsx":
        return write_xlsx(table.columns, table.rows, table.title)
    return write_csv(table.columns, table.rows)


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool() | datetime():
            raise TypeError(f"write this as a text: {cell!r}")
        case str():
            quoted = defuse(_fitting(cell)).replace('"', '""')
            return f'"{quoted}"'
        case int() | float():
            return plain_number(cell).replace(".", ",")
    return cell.isoformat()


def _fitting(text: str) -> str:
    if len(text) > MAX_CELL_LENGTH:
        raise ValueError(f"a cell holds {MAX_CELL_LENGTH} characters, not {len(text)}")
    return text


class _PlainSheet(Worksheet):
    """XlsxWriter passes a text of the form <r>…</r> on as markup, and its escapes cannot all be undone."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        escaped = escape_for_workbook(data)
        return "_x003C_" + escaped[1:] if escaped.startswith("<r>") else escaped


class _SheetWriter:
    """Row after row from the top, as constant memory demands; remembers how wide the columns become."""

    def __init__(self, sheet: Worksheet, workbook: Workbook) -> None:
        self._sheet = sheet
        self._next_row = 0
        self._widths: dict[int, int] = {}
        self.bold = workbook.add_format({"bold": True})
        self._day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        # Keeps the text a text even after somebody edits the cell.
        self._quoted = workbook.add_format({"quote_prefix": True})

    def write_row(self, cells: Sequence[Cell], style: Format | None = None) -> None:
        for column, cell in enumerate(cells):
            if self._write(column, cell, style):
                raise ValueError(f"does not fit into a sheet: row {self._next_row}, column {column}")
            self._widths[column] = max(self._widths.get(column, 0), len(str(cell or "")))
        self._next_row += 1

    def set_widths(self) -> None:
        for column, width in self._widths.items():
            self._sheet.set_column(column, column, min(width + 2, _WIDEST_COLUMN))

    def _write(self, column: int, cell: Cell, style: Format | None) -> int:
        """0, or XlsxWriter's code for a cell outside the sheet or too long a text."""
        row, sheet = self._next_row, self._sheet
        match cell:
            case None:
                return 0
            case bool() | datetime():
                raise TypeError(f"write this as a text: {cell!r}")
            case str():
                style = style or (self._quoted if is_active(cell) else None)
                return int(sheet.write_string(row, column, _fitting(cell), style))
            case int() | float() if abs(cell) < _EXACT_IN_EXCEL:
                return int(sheet.write_number(row, column, cell, style))
            case int() | float():
                return int(sheet.write_string(row, column, plain_number(cell), style))
        return int(sheet.write_datetime(row, column, cell, style or self._day))
