"""A table as it was read: titles, and below them lines of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio.exchange.limits import MAX_CELL_LENGTH, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.report import Finding

# The line number in the file and the texts found there.
RawRow = tuple[int, Sequence[str]]


class Columns:
    """The titles, and where each stands; upper and lower case of a title make no difference."""

    __slots__ = ("positions", "titles")

    def __init__(self, titles: tuple[str, ...]) -> None:
        self.titles = titles
        self.positions = {title.casefold(): position for position, title in enumerate(titles)}


class Cells(Mapping[str, str]):
    """The texts of one line by column title.

    All lines share one index of titles, and a line keeps no empty cells at its end: a dict a line
    would cost many times the file.
    """

    __slots__ = ("_columns", "_texts")

    def __init__(self, columns: Columns, texts: tuple[str, ...]) -> None:
        self._columns = columns
        self._texts = texts

    def __getitem__(self, title: str) -> str:
        position = self._columns.positions[title.casefold()]
        return self._texts[position] if position < len(self._texts) else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.titles)

    def __len__(self) -> int:
        return len(self._columns.titles)

    def __repr__(self) -> str:
        return f"Cells({dict(self)!r})"


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the number of the line in the file as a person sees it, the titles' line included."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines without any content are left out: spreadsheets add them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notices: tuple[Finding, ...] = ()


def within_limits(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    """The same rows without empty ends and empty lines; NotATable as soon as they are too many."""
    count = cell_count = 0
    for line, cells in rows:
        used = _without_empty_end(cells)
        _check_row(line, used)
        if not any(cell.strip() for cell in used):
            continue
        count += 1
        cell_count += len(used)
        # The titles are a row too.
        if count > MAX_ROWS + 1:
            raise NotATable(Defect.TOO_MANY_ROWS, line)
        if cell_count > MAX_CELLS:
            raise NotATable(Defect.TOO_MANY_CELLS, line)
        yield line, used


def build_table(rows: Iterable[RawRow]) -> Table:
    remaining = within_limits(rows)
    title_line, titles = next(remaining, (0, ()))
    if not titles:
        raise NotATable(Defect.EMPTY)
    columns = Columns(_checked_titles(title_line, titles))
    known: dict[str, str] = {}
    result = []
    for line, cells in remaining:
        if len(cells) > len(columns.titles):
            raise NotATable(Defect.CELLS_BESIDE_COLUMNS, line)
        # The same text is kept once: most columns repeat a few values.
        texts = tuple(known.setdefault(cell, cell) for cell in cells)
        result.append(Row(line, Cells(columns, texts)))
    return Table(columns.titles, tuple(result))


def _without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _check_row(line: int, cells: Sequence[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise NotATable(Defect.TOO_MANY_COLUMNS, line)
    for cell in cells:
        if len(cell) > MAX_CELL_LENGTH:
            raise NotATable(Defect.CELL_TOO_LONG, line)
        if "\0" in cell:
            raise NotATable(Defect.NUL_CHARACTER, line)


def _checked_titles(line: int, titles: Sequence[str]) -> tuple[str, ...]:
    checked = tuple(" ".join(unicodedata.normalize("NFC", title).split()) for title in titles)
    if not all(checked):
        raise NotATable(Defect.EMPTY_TITLE, line)
    if any(unicodedata.category(character) == "Cc" for title in checked for character in title):
        raise NotATable(Defect.NOT_TEXT, line)
    if len({title.casefold() for title in checked}) < len(checked):
        raise NotATable(Defect.DUPLICATE_TITLE, line)
    return checked
