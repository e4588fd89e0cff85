"""Cells into values. What is wrong goes into the report, and reading goes on with the next cell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Final, TypeVar

from portfolio.exchange.report import (
    Reason,
    ReasonCode,
    Report,
    about_value,
    duplicate,
    out_of_range,
    reason,
    too_long,
)
from portfolio.exchange.table import Row, Table
from portfolio.planning.weeks import Week

T = TypeVar("T")

FIRST_DAY: Final = datetime.date(1900, 1, 1)
LAST_DAY: Final = datetime.date(2199, 12, 31)

# Two decimal places at most: "1.000" is a thousand to one reader and one to another.
_INTEGER: Final = re.compile(r"([+-]?[0-9]{1,15})(?:[.,]0{1,2})?(?: ?%)?")
_GERMAN_DATE: Final = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
_ISO_DATE: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


def start_report(table: Table, *, required: Collection[str], optional: Collection[str] = ()) -> Report:
    """A report that knows what the file as a whole gives rise to: its notices, and its columns."""
    report = Report()
    report.add_notices(table.notices)
    present = {title.casefold() for title in table.columns}
    known = {title.casefold() for title in (*required, *optional)}
    for title in required:
        if title.casefold() not in present:
            report.error(1, title, reason(ReasonCode.MISSING_COLUMN))
    for title in table.columns:
        if title.casefold() not in known:
            report.notice(1, title, reason(ReasonCode.UNKNOWN_COLUMN))
    return report


class RowReader:
    """Reads the cells of one row. `failed` tells whether any of them was wrong.

    A column that the file does not have reads like an empty cell.
    """

    def __init__(self, row: Row, report: Report) -> None:
        self.line = row.line
        self.failed = False
        self._cells = row.cells
        self._report = report

    def text(self, column: str, *, required: bool = False, max_length: int = 1_000) -> str:
        """The text without white space around it, "" when there is none."""
        text = self._text(column, required)
        if len(text) > max_length:
            self.fail(column, too_long(max_length))
        return text

    def integer(self, column: str, *, required: bool = False, minimum: int, maximum: int) -> int | None:
        """A whole number; "40 %" is 40."""
        return self._value(column, required, lambda text: _integer(text, minimum, maximum))

    def date(self, column: str, *, required: bool = False) -> datetime.date | None:
        """23.11.2026 or 2026-11-23."""
        return self._value(column, required, _date)

    def week(self, column: str, *, required: bool = False) -> Week | None:
        """2026-W49 or KW 49/2026."""
        return self._value(column, required, _week)

    def choice(self, column: str, options: Mapping[str, T], *, required: bool = False) -> T | None:
        """One of a few values by their names; upper and lower case make no difference."""
        return self._value(column, required, lambda text: _choice(text, options))

    def reference(self, column: str, known: Mapping[str, T], *, required: bool = False) -> T | None:
        """Something that exists already, by exactly the key it has."""
        return self._value(column, required, lambda text: _reference(text, known))

    def unique(self, column: str, key: Hashable, seen: dict[Hashable, int]) -> None:
        """Note the line of `key` in `seen`; an error when it stands there already."""
        first_line = seen.setdefault(key, self.line)
        if first_line != self.line:
            self.fail(column, duplicate(first_line))

    def fail(self, column: str | None, why: Reason) -> None:
        """Also for what only the domain can see."""
        self.failed = True
        self._report.error(self.line, column, why)

    def notice(self, column: str | None, why: Reason) -> None:
        self._report.notice(self.line, column, why)

    def _value(self, column: str, required: bool, parse: Callable[[str], T | Reason]) -> T | None:
        text = self._text(column, required)
        if not text:
            return None
        value = parse(text)
        if isinstance(value, Reason):
            self.fail(column, value)
            return None
        return value

    def _text(self, column: str, required: bool) -> str:
        text = unicodedata.normalize("NFC", self._cells.get(column, "")).strip()
        if required and not text:
            self.fail(column, reason(ReasonCode.REQUIRED))
        return text


def _integer(text: str, minimum: int, maximum: int) -> int | Reason:
    found = _INTEGER.fullmatch(text)
    if not found:
        return about_value(ReasonCode.NOT_A_NUMBER, text)
    number = int(found[1])
    return number if minimum <= number <= maximum else out_of_range(minimum, maximum)


def _date(text: str) -> datetime.date | Reason:
    found = _GERMAN_DATE.fullmatch(text) or _ISO_DATE.fullmatch(text)
    try:
        day = datetime.date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        day = None
    if day is None:
        return about_value(ReasonCode.NOT_A_DATE, text)
    if not FIRST_DAY <= day <= LAST_DAY:
        return out_of_range(FIRST_DAY.isoformat(), LAST_DAY.isoformat())
    return day


def _week(text: str) -> Week | Reason:
    try:
        return Week.parse(text)
    except ValueError:
        return about_value(ReasonCode.NOT_A_WEEK, text)


def _choice(text: str, options: Mapping[str, T]) -> T | Reason:
    wanted = _comparable(text)
    for name, value in options.items():
        if _comparable(name) == wanted:
            return value
    return about_value(ReasonCode.UNKNOWN_VALUE, text)


def _reference(text: str, known: Mapping[str, T]) -> T | Reason:
    return known[text] if text in known else about_value(ReasonCode.UNKNOWN_REFERENCE, text)


def _comparable(text: str) -> str:
    return " ".join(text.split()).casefold()
