"""What an import has to say about single lines and cells, collected so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from portfolio.exchange.limits import MAX_FINDINGS

# Long enough to recognise a value by, short enough for a table of findings.
SHOWN_VALUE_LENGTH: Final = 80


class ReasonCode(StrEnum):
    """The names of the parameters stand behind each code."""

    REQUIRED = "required"
    UNKNOWN_VALUE = "unknown_value"  # value
    UNKNOWN_REFERENCE = "unknown_reference"  # value
    NOT_A_WEEK = "not_a_week"  # value
    NOT_A_DATE = "not_a_date"  # value
    NOT_A_NUMBER = "not_a_number"  # value
    OUT_OF_RANGE = "out_of_range"  # min, max
    TOO_LONG = "too_long"  # max
    DUPLICATE = "duplicate"  # line
    NOT_A_KEY = "not_a_key"  # value
    WITHOUT_KEY = "without_key"
    TO_CONFIRM = "to_confirm"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    GUESSED_ENCODING = "guessed_encoding"  # encoding
    NAME_AND_CONTENT_DIFFER = "name_and_content_differ"  # content
    OTHER_SHEETS_IGNORED = "other_sheets_ignored"  # count


@dataclass(frozen=True, slots=True)
class Reason:
    code: ReasonCode
    parameters: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


def reason(code: ReasonCode, **parameters: str | int) -> Reason:
    return Reason(code, MappingProxyType(parameters))


def about_value(code: ReasonCode, value: str) -> Reason:
    return reason(code, value=value[:SHOWN_VALUE_LENGTH])


def out_of_range(minimum: int | str, maximum: int | str) -> Reason:
    return reason(ReasonCode.OUT_OF_RANGE, min=minimum, max=maximum)


def too_long(maximum: int) -> Reason:
    return reason(ReasonCode.TOO_LONG, max=maximum)


def duplicate(line: int) -> Reason:
    """`line` is where the same thing stands already."""
    return reason(ReasonCode.DUPLICATE, line=line)


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` as a person counts lines in the file; `column` is None when the whole line is meant."""

    line: int
    column: str | None
    reason: Reason


@dataclass(slots=True)
class Report:
    """Errors forbid the import, notices do not.

    Each list keeps the first 10,000, since one wrong column of a large file would otherwise fill the
    memory; `error_count` and `notice_count` count all.
    """

    errors: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    error_count: int = 0
    notice_count: int = 0

    @property
    def ok(self) -> bool:
        return not self.error_count

    def error(self, line: int, column: str | None, why: Reason) -> None:
        self.error_count += 1
        if len(self.errors) < MAX_FINDINGS:
            self.errors.append(Finding(line, column, why))

    def notice(self, line: int, column: str | None, why: Reason) -> None:
        self.notice_count += 1
        if len(self.notices) < MAX_FINDINGS:
            self.notices.append(Finding(line, column, why))

    def add_notices(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.notice(finding.line, finding.column, finding.reason)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do; nothing at all when the report has errors."""

    report: Report
    created: int = 0
    changed: int = 0
    unchanged: int = 0
