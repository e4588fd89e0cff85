from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.read import read_table
from portfolio.exchange.report import ReasonCode
from portfolio.exchange.table import Table


def contents(table: Table) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def lines(table: Table) -> list[int]:
    return [row.line for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_arrive_in_every_usual_encoding(encoding: str) -> None:
    table = read_table("kürzel;name\nTSK;Thüringer Staatskanzlei\n".encode(encoding))

    assert contents(table) == [{"kürzel": "TSK", "name": "Thüringer Staatskanzlei"}]


def test_only_a_guessed_encoding_is_worth_a_notice() -> None:
    guessed = read_table("name\nMüller\n".encode("cp1252"))
    certain = read_table("name\nMüller\n".encode())

    assert [notice.reason.code for notice in guessed.notices] == [ReasonCode.GUESSED_ENCODING]
    assert certain.notices == ()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_found_out(separator: str) -> None:
    table = read_table(f"a{separator}b\n1{separator}2\n".encode())

    assert contents(table) == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize("titles", ["Name, Vorname;Anteil", '"Name, Vorname";Anteil', '"Name, Vorname",Anteil'])
def test_comma_inside_a_title_does_not_mislead(titles: str) -> None:
    assert read_table(titles.encode()).columns == ("Name, Vorname", "Anteil")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(end: str) -> None:
    table = read_table(f"a;b{end}1;2{end}3;4{end}".encode())

    assert contents(table) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert lines(table) == [2, 3]


def test_line_break_in_quotes_belongs_to_the_cell_and_counts_as_a_line() -> None:
    table = read_table(b'a;b\n"one\ntwo";x\nlast;y\n')

    assert contents(table)[0] == {"a": "one\ntwo", "b": "x"}
    assert lines(table) == [2, 4]


def test_problem_in_a_long_record_is_shown_where_the_record_begins() -> None:
    with pytest.raises(NotATable) as refusal:
        read_table(b'a;b\n1;2\n"open\n3;4\n')

    assert (refusal.value.reason, refusal.value.line) == (Defect.OPEN_QUOTE, 3)


def test_empty_lines_are_left_out_and_keep_their_numbers() -> None:
    table = read_table(b"\r\na;b\r\n\r\n1;2\r\n;\r\n  ;\r\n3;4\r\n")

    assert lines(table) == [4, 7]


def test_empty_cells_at_the_end_need_no_title() -> None:
    table = read_table(b"a;b;;\n1;2;;\n3;;;\n")

    assert table.columns == ("a", "b")
    assert contents(table) == [{"a": "1", "b": "2"}, {"a": "3", "b": ""}]


def test_short_line_reads_like_empty_cells() -> None:
    assert contents(read_table(b"a;b;c\n1\n")) == [{"a": "1", "b": "", "c": ""}]


def test_titles_lose_white_space_and_are_found_in_any_case() -> None:
    row = read_table(" Gültig\u00a0ab ;NAME\n2024-12-05;TSK\n".encode()).rows[0]

    assert row.cells["gültig ab"] == "2024-12-05"
    assert row.cells["name"] == "TSK"
    assert "kürzel" not in row.cells


def test_titles_typed_on_a_mac_are_found() -> None:
    assert read_table("ku\u0308rzel\nTSK\n".encode()).columns == ("kürzel",)


def test_only_titles_are_a_table_without_rows() -> None:
    table = read_table(b"a;b")

    assert (table.columns, table.rows) == (("a", "b"), ())


def test_as_many_rows_as_allowed_are_read() -> None:
    table = read_table(b"title\n" + b"value\n" * 200_000)

    assert len(table.rows) == 200_000


def test_name_that_says_otherwise_is_worth_a_notice() -> None:
    table = read_table(b"a;b\n1;2\n", "liste.XLSX")

    assert [notice.reason.code for notice in table.notices] == [ReasonCode.NAME_AND_CONTENT_DIFFER]


def test_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"a;b\n1;2\n")

    assert contents(read_table(path, path.name)) == [{"a": "1", "b": "2"}]


def test_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    with path.open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(NotATable) as refusal:
        read_table(path)

    assert refusal.value.reason is Defect.TOO_LARGE
