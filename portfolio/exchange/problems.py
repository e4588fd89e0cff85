"""Why a file is no table that could be read."""

from __future__ import annotations

from enum import StrEnum


class Defect(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    MARKUP = "markup"
    OLD_EXCEL = "old_excel"
    NOT_TEXT = "not_text"
    NUL_CHARACTER = "nul_character"
    OPEN_QUOTE = "open_quote"
    STRAY_QUOTE = "stray_quote"
    STRAY_CARRIAGE_RETURN = "stray_carriage_return"
    LINE_TOO_LONG = "line_too_long"
    CELL_TOO_LONG = "cell_too_long"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY_TITLE = "empty_title"
    DUPLICATE_TITLE = "duplicate_title"
    CELLS_BESIDE_COLUMNS = "cells_beside_columns"
    BROKEN_WORKBOOK = "broken_workbook"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    MACROS = "macros"
    DOCUMENT_TYPE = "document_type"
    TOO_COSTLY = "too_costly"


class NotATable(Exception):
    """The file as a whole cannot be read; `line` is where it shows, as a person counts lines."""

    def __init__(self, reason: Defect, line: int | None = None) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return self.reason.value if self.line is None else f"{self.reason.value} in line {self.line}"
