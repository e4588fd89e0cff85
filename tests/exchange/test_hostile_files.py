"""Files made to break the reader: each ends as a typed refusal, whatever its name says."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from portfolio.exchange.limits import MAX_FILE_BYTES
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.read import read_table
from tests.exchange.workbooks import (
    CONTENT_TYPES,
    HEADER,
    PARTS,
    SMALL_SHEET,
    shared_strings,
    text_cell,
    workbook,
)

Build = Callable[[], bytes]

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)
ENTITY = '<!DOCTYPE worksheet [<!ENTITY a "{}">]>'
BILLION_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><x>&a9;</x>"
)

TEXT_FILES: dict[str, tuple[Build, Defect]] = {
    "nothing": (lambda: b"", Defect.EMPTY),
    "only a byte order mark": (lambda: b"\xef\xbb\xbf", Defect.EMPTY),
    "only blank lines": (lambda: b"\r\n \r\n;;;\r\n", Defect.EMPTY),
    "NUL": (lambda: b"a;b\n1;2\n3;\x00\n", Defect.NUL_CHARACTER),
    "UTF-16 without mark": (lambda: "a;b\n1;2\n".encode("utf-16-le"), Defect.NUL_CHARACTER),
    "UTF-16 cut in the middle": (lambda: "a;b\n1;2\n".encode("utf-16")[:-1], Defect.NOT_TEXT),
    "UTF-32": (lambda: "a;b\n1;2\n".encode("utf-32"), Defect.NUL_CHARACTER),
    "UTF-8 mark, other bytes": (lambda: b"\xef\xbb\xbfa;b\n\xfc;1\n", Defect.NOT_TEXT),
    "bytes of no encoding": (lambda: b"a;b\n\x81\x8d;1\n", Defect.NOT_TEXT),
    "open quote": (lambda: b'a;b\n"1;2\n3;4\n', Defect.OPEN_QUOTE),
    "open quote, much behind it": (lambda: b'a;b\n"1;2\n' + b"3;4\n" * 1_000_000, Defect.CELL_TOO_LONG),
    "text behind a quote": (lambda: b'a;b\n"1"x;2\n', Defect.STRAY_QUOTE),
    "lone carriage return": (lambda: b"a;b\n1;x\ry\n", Defect.STRAY_CARRIAGE_RETURN),
    "picture": (lambda: PNG, Defect.BINARY),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Defect.BINARY),
    "web page": (lambda: b"\n<!DOCTYPE html><html><body>a;b</body></html>", Defect.MARKUP),
    "web page in UTF-16": (lambda: "<html><p>a;b</p></html>".encode("utf-16"), Defect.MARKUP),
    "Excel 97": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), Defect.OLD_EXCEL),
    "a million rows": (lambda: b"a;b\n" + b"1;2\n" * 1_000_000, Defect.TOO_MANY_ROWS),
    "16,384 columns": (lambda: b";".join(b"c%d" % n for n in range(16_384)), Defect.TOO_MANY_COLUMNS),
    "a record of two million fields": (lambda: b"a;b\n" + b'"\n";' * 2_000_000, Defect.LINE_TOO_LONG),
    "too many cells": (
        lambda: b";".join(b"c%d" % n for n in range(200)) + (b"\n" + b";".join([b"x"] * 200)) * 6_000,
        Defect.TOO_MANY_CELLS,
    ),
    "long cell": (lambda: b"a;b\n1;" + b"x" * 32_768, Defect.CELL_TOO_LONG),
    "line without end": (lambda: b"a;b\n" + b";" * 15_000_000, Defect.LINE_TOO_LONG),
    "large file": (lambda: b"a;b\n" + b"1" * MAX_FILE_BYTES, Defect.TOO_LARGE),
    "same title twice": (lambda: b"name;Name\n1;2\n", Defect.DUPLICATE_TITLE),
    "empty title": (lambda: b"a;;c\n1;2;3\n", Defect.EMPTY_TITLE),
    "control character in a title": (lambda: b"a;b\x07\n1;2\n", Defect.NOT_TEXT),
    "cells beside the columns": (lambda: b"a;b\n1;2;3\n", Defect.CELLS_BESIDE_COLUMNS),
}


def _lying_about_sizes() -> bytes:
    """A part of 30 MB whose size the directory of the archive gives as 100 bytes."""
    honest = workbook(parts={"xl/media/a.xml": "x" * 30_000_000})
    return honest.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 100))


def _encrypted() -> bytes:
    """The flag of encryption, set in the directory entry of each part."""
    data = bytearray(workbook())
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 8] |= 1
        position = data.find(b"PK\x01\x02", position + 4)
    return bytes(data)


def _empty_archive() -> bytes:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    return file.getvalue()


WORKBOOKS: dict[str, tuple[Build, Defect]] = {
    "60 MB unpacked": (lambda: workbook(parts={"a.bin": bytes(60_000_000)}), Defect.ARCHIVE_TOO_LARGE),
    "ratio above 100": (lambda: workbook(parts={"a.bin": bytes(10_000_000)}), Defect.ARCHIVE_TOO_LARGE),
    "many members": (lambda: workbook(parts={f"{n}.xml": "<a/>" for n in range(201)}), Defect.ARCHIVE_TOO_LARGE),
    "lying about sizes": (_lying_about_sizes, Defect.BROKEN_WORKBOOK),
    "rare compression": (lambda: workbook(compression=zipfile.ZIP_LZMA), Defect.BROKEN_WORKBOOK),
    "encrypted": (_encrypted, Defect.BROKEN_WORKBOOK),
    "truncated": (lambda: workbook()[:-40], Defect.BROKEN_WORKBOOK),
    "empty archive": (_empty_archive, Defect.BROKEN_WORKBOOK),
    "only the beginning of an archive": (lambda: b"PK\x03\x04" + b"a;b\n1;2\n", Defect.BROKEN_WORKBOOK),
    "some other archive": (
        lambda: workbook(parts={"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        Defect.BROKEN_WORKBOOK,
    ),
    "document type": (
        lambda: workbook(parts={"xl/worksheets/sheet1.xml": ENTITY.format("x") + SMALL_SHEET.removeprefix(HEADER)}),
        Defect.DOCUMENT_TYPE,
    ),
    "external entity": (
        lambda: workbook(parts={"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        Defect.DOCUMENT_TYPE,
    ),
    "billion laughs": (lambda: workbook(parts={"xl/sharedStrings.xml": BILLION_LAUGHS}), Defect.DOCUMENT_TYPE),
    "document type in UTF-16": (
        lambda: workbook(parts={"docProps/app.xml": (ENTITY.format("x") + "<x/>").encode("utf-16")}),
        Defect.DOCUMENT_TYPE,
    ),
    "macros": (lambda: workbook(parts={"xl/vbaProject.bin": b"Sub Auto_Open()"}), Defect.MACROS),
    "macros, renamed": (
        lambda: workbook(
            parts={
                "[Content_Types].xml": CONTENT_TYPES.replace(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            }
        ),
        Defect.MACROS,
    ),
    "16,384 columns": (
        lambda: workbook("<row>" + "".join(text_cell(f"c{n}") for n in range(16_384)) + "</row>"),
        Defect.TOO_MANY_COLUMNS,
    ),
    "a row far below": (
        lambda: workbook(f'<row r="1">{text_cell("a")}</row><row r="99999999999">{text_cell("b")}</row>'),
        Defect.TOO_MANY_ROWS,
    ),
    "one long text in many cells": (
        lambda: workbook(
            f"<row>{text_cell('a')}</row>" + '<row><c t="s"><v>0</v></c></row>' * 1_000,
            parts={"xl/sharedStrings.xml": shared_strings("x" * 32_000)},
            compression=zipfile.ZIP_STORED,
        ),
        Defect.TOO_LARGE,
    ),
    "hours of parsing": (
        lambda: workbook(
            f"<row>{text_cell('a')}</row>" + f"<row>{'<c/>' * 200}</row>" * 22_000,
            compression=zipfile.ZIP_STORED,
        ),
        Defect.TOO_COSTLY,
    ),
    "NUL, escaped": (
        lambda: workbook(f"<row>{text_cell('a')}</row><row>{text_cell('_x0000_')}</row>"),
        Defect.NUL_CHARACTER,
    ),
    "number that is none": (lambda: workbook("<row><c><v>drei</v></c></row>"), Defect.BROKEN_WORKBOOK),
    "number of 5,000 digits": (lambda: workbook(f"<row><c><v>{'9' * 5000}</v></c></row>"), Defect.BROKEN_WORKBOOK),
    "XML that does not close": (lambda: workbook("<row><c><v>1</row>"), Defect.BROKEN_WORKBOOK),
    "100,000 elements deep": (
        lambda: workbook("<a>" * 100_000, compression=zipfile.ZIP_STORED),
        Defect.BROKEN_WORKBOOK,
    ),
    "all sheets hidden": (
        lambda: workbook(
            parts={"xl/workbook.xml": PARTS["xl/workbook.xml"].replace("<sheet ", '<sheet state="hidden" ')}
        ),
        Defect.BROKEN_WORKBOOK,
    ),
    "no cell": (lambda: workbook(""), Defect.EMPTY),
}


@pytest.mark.parametrize(("build", "defect"), TEXT_FILES.values(), ids=TEXT_FILES.keys())
def test_hostile_text_is_refused(build: Build, defect: Defect) -> None:
    with pytest.raises(NotATable) as refusal:
        read_table(build(), "liste.csv")

    assert refusal.value.reason is defect


@pytest.mark.parametrize(("build", "defect"), WORKBOOKS.values(), ids=WORKBOOKS.keys())
def test_hostile_workbook_is_refused(build: Build, defect: Defect) -> None:
    with pytest.raises(NotATable) as refusal:
        read_table(build(), "liste.xlsx")

    assert refusal.value.reason is defect
