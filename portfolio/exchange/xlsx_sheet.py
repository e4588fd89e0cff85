"""The texts of the first sheet of a workbook; for the child process only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import IO, Any, Final

from openpyxl import load_workbook

from portfolio.exchange.cell_text import plain_number, unescape_from_workbook
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.table import RawRow

# Excel has no line beyond this one; a higher number would make the parser count up to it.
_LAST_LINE: Final = 1_048_576
_LITERAL_IN_FORMAT: Final = re.compile(r'"[^"]*"|\\.')


def open_first_sheet(file: IO[bytes]) -> tuple[Any, int]:
    """The first visible sheet as openpyxl reads it, and the number of the others."""
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    return sheets[0], len(sheets) - 1


def sheet_rows(sheet: Any) -> Iterator[RawRow]:
    # The size that the file states of itself may be anything.
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > _LAST_LINE:
            raise NotATable(Defect.TOO_MANY_ROWS, line)
        yield line, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return unescape_from_workbook(value)
        case bool():
            return str(int(value))
        case int() | float():
            return _number(value, cell.number_format)
        case datetime():
            return _day_or_moment(value)
    return str(value)


def _number(value: float, number_format: str) -> str:
    """A share shown as 40 % is stored as 0.4; a person means what is shown."""
    if "%" in _LITERAL_IN_FORMAT.sub("", number_format):
        return plain_number(value * 100) + " %"
    return plain_number(value)


def _day_or_moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds")
