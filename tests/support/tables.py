"""Numbers as people meet them: in tables and charts of a page, in files. Cells become numbers where they are some."""

import csv
import io
import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

import numpy as np
from openpyxl import load_workbook

Rows = list[list[Any]]
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_UNITS = ("\u202f%", " h")


def value(text: str) -> Any:
    """40 % and 7,5 h are numbers, - is nothing, all else is text."""
    plain = " ".join(text.split(" ")).strip()
    if plain == "–":
        return None
    for unit in _UNITS:
        plain = plain.removesuffix(unit)
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else plain


def page_tables(html: str) -> list[Rows]:
    """Every table of the page, its heads among the cells."""
    reader = _Tables()
    reader.feed(html)
    return [[[value(cell) for cell in row] for row in table] for table in reader.tables]


def figure(html: str, name: str) -> Any:
    """What the chart of that name is drawn from."""
    (found,) = re.findall(rf'<script type="application/json" id="{name}-data">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


def cells(packed: Any) -> Any:
    """The array that plotly's JSON carries."""
    values = np.frombuffer(b64decode(packed["bdata"]), packed["dtype"])
    return values.reshape([int(size) for size in packed["shape"].split(",")])


def csv_rows(text: str) -> Rows:
    return [
        [value(cell) for cell in row] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    ]


def xlsx_rows(content: bytes) -> Rows:
    sheet = load_workbook(io.BytesIO(content)).active
    return [list(_plain(row)) for row in sheet.iter_rows(values_only=True)]


def _plain(row: Sequence[Any]) -> Iterator[Any]:
    for cell in row:
        yield value(cell) if isinstance(cell, str) else float(cell) if cell is not None else ""


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1] += data
