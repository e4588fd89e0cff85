from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portfolio.exchange.cell_text import (
    defuse,
    escape_for_workbook,
    is_active,
    revive,
    unescape_from_workbook,
)
from portfolio.exchange.read import read_table
from portfolio.exchange.write import Cell, write_csv, write_xlsx

Write = Callable[[list[str], list[list[Cell]]], bytes]


def as_csv(columns: list[str], rows: list[list[Cell]]) -> bytes:
    return write_csv(columns, rows)


def as_xlsx(columns: list[str], rows: list[list[Cell]]) -> bytes:
    return write_xlsx(columns, rows, "Tabelle")


BOTH = pytest.mark.parametrize("write", [as_csv, as_xlsx])
ACTIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1", "\ufeff=1"]
TRICKY = [
    *ACTIVE,
    *(f"'{text}" for text in ACTIVE),
    *(f"''{text}" for text in ACTIVE),
    "'",
    "''",
    "'s",
    'a"b',
    '"',
    "a;b,c\td",
    "eins\r\nzwei\rdrei\n",
    " ",
    "<r><t>x</t></r>",
    "<r></is></c></row><row><c><f>1+1</f></c></row></r>",
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_x0041_",
    "_x005F\x01",
    "x005F_",
    "\x01\x0b\x1f\ufffe\uffff",
    "http://localhost/",
    "001",
    "1E5",
    "Straße 😀",
]

# Any text but NUL, with the characters that matter here far more often than chance would bring them.
texts = st.text(
    st.one_of(
        st.sampled_from("=+-@＝＋－＠'\"\t\r\n;,_x005F<>r/ \ufeff"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=12,
)
tables = st.lists(st.tuples(texts, texts), max_size=12)


def round_trip(write: Write, rows: list[list[Cell]]) -> list[list[str]]:
    table = read_table(write(["-nr", "eins", "zwei"], rows))
    assert table.columns == ("-nr", "eins", "zwei")
    return [list(row.cells.values()) for row in table.rows]


@BOTH
def test_tricky_texts_come_back(write: Write) -> None:
    rows: list[list[Cell]] = [["x", text, text] for text in TRICKY]

    assert round_trip(write, rows) == rows


@given(tables)
@settings(max_examples=200, deadline=None)
def test_any_text_comes_back_from_csv(content: list[tuple[str, str]]) -> None:
    rows: list[list[Cell]] = [["x", one, two] for one, two in content]

    assert round_trip(as_csv, rows) == rows


@given(tables)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_back_from_a_workbook(content: list[tuple[str, str]]) -> None:
    rows: list[list[Cell]] = [["x", one, two] for one, two in content]

    assert round_trip(as_xlsx, rows) == rows


@given(texts)
def test_defused_text_is_inert_and_revives(text: str) -> None:
    assert not is_active(defuse(text))
    assert revive(defuse(text)) == text


@given(texts)
def test_escapes_for_a_workbook_can_be_undone(text: str) -> None:
    assert unescape_from_workbook(escape_for_workbook(text)) == text


@pytest.mark.parametrize("text", [*ACTIVE, "\0=1"])
def test_active_text_stands_behind_an_apostrophe_in_csv(text: str) -> None:
    assert ("\"'" + text + '"').encode() in write_csv(["a"], [[text]])


def test_numbers_stay_numbers_in_csv() -> None:
    written = write_csv(["a", "b", "c"], [[-5, -1.5, 40.0]])

    assert written.splitlines()[1] == b"-5;-1,5;40"


def test_csv_is_as_german_spreadsheets_expect_it() -> None:
    written = write_csv(["Kürzel", "ab"], [["TSK", date(2026, 11, 23)], [None, None]])

    assert written == '\ufeff"Kürzel";"ab"\r\n"TSK";2026-11-23\r\n;\r\n'.encode()


def cells_in_excel(rows: list[list[Cell]]) -> list[Any]:
    sheet = load_workbook(io.BytesIO(as_xlsx(["a"], rows))).worksheets[0]
    return [sheet.cell(row=number, column=1) for number in range(2, len(rows) + 2)]


def test_workbook_holds_texts_as_texts_only() -> None:
    cells = cells_in_excel([[text] for text in TRICKY])

    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}


def test_active_text_stays_a_text_when_somebody_edits_its_cell() -> None:
    active, ordinary = cells_in_excel([["=1+1"], ["Text"]])

    assert (active.quotePrefix, ordinary.quotePrefix) == (True, False)


def test_workbook_holds_numbers_and_dates_as_such() -> None:
    number, fraction, day = cells_in_excel([[-5], [2.5], [date(2026, 11, 23)]])

    assert (number.value, fraction.value) == (-5, 2.5)
    assert day.value == datetime(2026, 11, 23)  # noqa: DTZ001
    assert day.number_format == "dd.mm.yyyy"


def test_number_too_long_for_excel_keeps_its_digits() -> None:
    assert round_trip(as_xlsx, [["x", 12345678901234567, None]]) == [["x", "12345678901234567", ""]]


@BOTH
def test_dates_and_empty_cells_come_back(write: Write) -> None:
    assert round_trip(write, [["x", date(2026, 12, 31), None]]) == [["x", "2026-12-31", ""]]


@BOTH
@pytest.mark.parametrize("cell", [True, datetime(2026, 11, 23, tzinfo=UTC)])
def test_what_has_no_form_of_its_own_is_not_guessed(write: Write, cell: Cell) -> None:
    with pytest.raises(TypeError):
        write(["a"], [[cell]])


@BOTH
def test_text_that_no_cell_can_hold_is_never_cut_off(write: Write) -> None:
    with pytest.raises(ValueError, match="32767"):
        write(["a"], [["x" * 32_768]])
