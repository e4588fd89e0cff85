from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
from xlsxwriter import Workbook

from portfolio.exchange.problems import NotATable
from portfolio.exchange.read import read_table
from portfolio.exchange.report import ReasonCode
from portfolio.exchange.table import Table
from tests.exchange.workbooks import shared_strings, sheet, text_cell, workbook


def drawn(draw: Callable[[Workbook], None]) -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        draw(book)
    return file.getvalue()


def column(table: Table) -> list[str]:
    return [row.cells[table.columns[0]] for row in table.rows]


def test_cells_become_the_texts_that_a_person_means() -> None:
    cells = [
        ("write_number", 40, None, "40"),
        ("write_number", 40.0, "0.00", "40"),
        ("write_number", -2.5, None, "-2.5"),
        ("write_number", 0.1 + 0.2, None, "0.3"),
        ("write_number", 99001001000000, None, "99001001000000"),
        ("write_number", 0.00001, None, "0.00001"),
        ("write_number", 0.4, "0%", "40 %"),
        ("write_number", 0.07, "0.00%", "7 %"),
        ("write_number", 40, '0" %"', "40"),
        ("write_datetime", date(2026, 11, 23), "dd.mm.yyyy", "2026-11-23"),
        ("write_datetime", datetime(2026, 11, 23, 14, 30), "dd.mm.yyyy hh:mm", "2026-11-23 14:30:00"),  # noqa: DTZ001
        ("write_string", "2026-W49", None, "2026-W49"),
        ("write_string", "  Text mit Rand ", None, "  Text mit Rand "),
        ("write_boolean", True, None, "1"),
    ]

    def draw(book: Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "wert")
        for line, (write, value, number_format, _) in enumerate(cells, start=1):
            style = book.add_format({"num_format": number_format}) if number_format else None
            getattr(sheet, write)(line, 0, value, style)

    assert column(read_table(drawn(draw))) == [text for *_, text in cells]


def test_formula_counts_with_the_value_it_showed() -> None:
    def draw(book: Workbook) -> None:
        book.add_worksheet().write_row(0, 0, ["wert"])
        book.worksheets()[0].write_formula(1, 0, "=20*2", value=40)

    assert column(read_table(drawn(draw))) == ["40"]


def named_sheets(*names: str, hidden: Sequence[str] = ()) -> bytes:
    def draw(book: Workbook) -> None:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, f"Titel {name}")
            if name in hidden:
                sheet.hide()
        next(sheet for sheet in book.worksheets() if sheet.name not in hidden).activate()

    return drawn(draw)


def test_first_visible_sheet_is_read_and_the_others_are_mentioned() -> None:
    table = read_table(named_sheets("Listen", "Personen", "Hinweise", hidden=["Listen"]))

    assert table.columns == ("Titel Personen",)
    assert [notice.reason.code for notice in table.notices] == [ReasonCode.OTHER_SHEETS_IGNORED]
    assert table.notices[0].reason.parameters == {"count": 1}


def test_content_decides_whatever_the_name_says() -> None:
    table = read_table(workbook(), "liste.csv")

    assert column(table) == ["Anna"]
    assert [notice.reason.code for notice in table.notices] == [ReasonCode.NAME_AND_CONTENT_DIFFER]


def test_rows_keep_the_numbers_that_the_sheet_shows() -> None:
    table = read_table(workbook(f'<row r="3">{text_cell("name")}</row><row r="7">{text_cell("Anna")}</row>'))

    assert [row.line for row in table.rows] == [7]


def test_styled_but_empty_cells_far_to_the_right_do_no_harm() -> None:
    table = read_table(
        workbook(f'<row r="1">{text_cell("name")}</row><row r="2">{text_cell("Anna")}<c r="XFD2"/></row>')
    )

    assert table.columns == ("name",)


def test_size_that_a_sheet_states_of_itself_is_not_believed() -> None:
    rows = "".join(f"<row>{text_cell(text)}</row>" for text in ("name", "Anna", "Bert"))
    stated = sheet(rows, before='<dimension ref="A1:A2"/>')

    assert column(read_table(workbook(parts={"xl/worksheets/sheet1.xml": stated}))) == ["Anna", "Bert"]


def test_carriage_return_that_excel_escaped_comes_back() -> None:
    table = read_table(
        workbook(
            f'<row>{text_cell("name")}</row><row><c t="s"><v>0</v></c></row>',
            parts={"xl/sharedStrings.xml": shared_strings("eins_x000D_\nzwei")},
        )
    )

    assert column(table) == ["eins\r\nzwei"]


def test_half_a_surrogate_pair_stays_as_it_is_written() -> None:
    table = read_table(workbook(f"<row>{text_cell('name')}</row><row>{text_cell('_xD800_')}</row>"))

    assert column(table) == ["_xD800_"]


def test_refusal_names_the_line() -> None:
    with pytest.raises(NotATable) as refusal:
        read_table(workbook(f'<row>{text_cell("a")}</row><row r="5">{text_cell("b") * 2}</row>'))

    assert refusal.value.line == 5
