from __future__ import annotations

from datetime import date

import pytest

from portfolio.exchange.read import read_table
from portfolio.exchange.report import ReasonCode, Report, reason
from portfolio.exchange.rows import RowReader, start_report
from portfolio.planning.weeks import Week


def reader(text: str) -> tuple[RowReader, Report]:
    """A reader of one row with one column `wert`, in line 2."""
    table = read_table(f'nr;wert\n1;"{text}"\n'.encode())
    report = Report()
    return RowReader(table.rows[0], report), report


def only_error(report: Report) -> tuple[int, str | None, ReasonCode, dict[str, object]]:
    (finding,) = report.errors
    return finding.line, finding.column, finding.reason.code, dict(finding.reason.parameters)


@pytest.mark.parametrize(("text", "number"), [("40", 40), (" 40 % ", 40), ("40%", 40), ("40,00", 40), ("-3", -3)])
def test_integer(text: str, number: int) -> None:
    row, report = reader(text)

    assert row.integer("wert", minimum=-5, maximum=100) == number
    assert report.ok


@pytest.mark.parametrize("text", ["vierzig", "1.000", "1,5", "4 0", "٤", "1e3", "", "9" * 16])
def test_what_is_no_integer_is_never_guessed(text: str) -> None:
    row, report = reader(text)

    assert row.integer("wert", required=True, minimum=0, maximum=10**20) is None
    assert row.failed
    assert not report.ok


def test_integer_out_of_range() -> None:
    row, report = reader("101")

    assert row.integer("wert", minimum=0, maximum=100) is None
    assert only_error(report) == (2, "wert", ReasonCode.OUT_OF_RANGE, {"min": 0, "max": 100})


@pytest.mark.parametrize("text", ["23.11.2026", "2026-11-23"])
def test_date(text: str) -> None:
    row, _ = reader(text)

    assert row.date("wert") == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["31.02.2026", "23.11.26", "11/23/2026", "2026-W48", "morgen"])
def test_what_is_no_date(text: str) -> None:
    row, report = reader(text)

    assert row.date("wert") is None
    assert only_error(report) == (2, "wert", ReasonCode.NOT_A_DATE, {"value": text})


def test_date_of_another_age() -> None:
    row, report = reader("01.01.0026")

    assert row.date("wert") is None
    assert report.errors[0].reason.code is ReasonCode.OUT_OF_RANGE


@pytest.mark.parametrize("text", ["2026-W49", "KW 49/2026"])
def test_week(text: str) -> None:
    row, _ = reader(text)

    assert row.week("wert") == Week.of(2026, 49)


def test_what_is_no_week() -> None:
    row, report = reader("2027-W53")

    assert row.week("wert") is None
    assert only_error(report) == (2, "wert", ReasonCode.NOT_A_WEEK, {"value": "2027-W53"})


def test_choice_overlooks_case_and_spaces() -> None:
    row, _ = reader("Oberste  LANDESBEHÖRDE")

    assert row.choice("wert", {"oberste Landesbehörde": 1, "Kommune": 2}) == 1


def test_unknown_choice() -> None:
    row, report = reader("Königreich")

    assert row.choice("wert", {"Kommune": 2}) is None
    assert only_error(report) == (2, "wert", ReasonCode.UNKNOWN_VALUE, {"value": "Königreich"})


def test_reference() -> None:
    row, report = reader("10110")

    assert row.reference("wert", {"10110": "Abfall"}) == "Abfall"
    assert row.reference("wert", {}) is None
    assert only_error(report) == (2, "wert", ReasonCode.UNKNOWN_REFERENCE, {"value": "10110"})


def test_text_loses_its_margin_and_is_composed() -> None:
    row, _ = reader("  Mu\u0308ller ")

    assert row.text("wert") == "Müller"


def test_text_too_long() -> None:
    row, report = reader("x" * 21)

    row.text("wert", max_length=20)

    assert only_error(report) == (2, "wert", ReasonCode.TOO_LONG, {"max": 20})


def test_required_cell() -> None:
    row, report = reader("   ")

    assert row.text("wert", required=True) == ""
    assert only_error(report) == (2, "wert", ReasonCode.REQUIRED, {})


def test_empty_cell_and_absent_column_read_alike() -> None:
    row, report = reader("")

    assert row.date("wert") is row.week("fehlt") is row.integer("fehlt", minimum=0, maximum=1) is None
    assert row.text("fehlt") == ""
    assert report.ok


def test_long_value_is_shown_by_its_beginning() -> None:
    row, report = reader("x" * 500)

    row.date("wert")

    assert only_error(report)[3] == {"value": "x" * 80}


def test_duplicate_names_the_first_line() -> None:
    table = read_table(b"code\nA\nB\nA\n")
    report = Report()
    seen: dict[object, int] = {}

    for row in table.rows:
        RowReader(row, report).unique("code", row.cells["code"], seen)

    assert only_error(report) == (4, "code", ReasonCode.DUPLICATE, {"line": 2})


def test_all_errors_of_all_rows_are_collected() -> None:
    table = read_table(b"ab;anteil\nx;y\n23.11.2026;10\nz;\n")
    report = Report()

    for row in table.rows:
        cells = RowReader(row, report)
        cells.date("ab")
        cells.integer("anteil", minimum=0, maximum=100)

    assert [(error.line, error.column) for error in report.errors] == [(2, "ab"), (2, "anteil"), (4, "ab")]


def test_report_begins_with_what_the_columns_give_rise_to() -> None:
    table = read_table("Kürzel;Beleg\nTSK;Müller\n".encode("cp1252"))

    report = start_report(table, required=["kürzel", "name"], optional=["gueltig_ab"])

    assert [(error.column, error.reason.code) for error in report.errors] == [("name", ReasonCode.MISSING_COLUMN)]
    assert [(notice.column, notice.reason.code) for notice in report.notices] == [
        (None, ReasonCode.GUESSED_ENCODING),
        ("Beleg", ReasonCode.UNKNOWN_COLUMN),
    ]


def test_report_counts_on_when_it_is_full() -> None:
    report = Report()

    for line in range(10_500):
        report.error(line, "wert", reason(ReasonCode.REQUIRED))

    assert (len(report.errors), report.error_count) == (10_000, 10_500)
