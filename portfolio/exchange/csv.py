"""CSV as it comes from spreadsheets and other programs: encoding, separator and line ends are found out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from portfolio.exchange.cell_text import revive
from portfolio.exchange.limits import MAX_RECORD_LENGTH
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.table import RawRow

FALLBACK_ENCODING: Final = "cp1252"

_SEPARATORS: Final = ";\t,"
_HEAD_LENGTH: Final = 65_536
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY_BEGINNINGS: Final = (b"\x89PNG", b"%PDF", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf")
_MARKUP_BEGINNINGS: Final = ("<!doctype", "<html", "<head", "<table", "<?xml", "<svg", "{\\rtf")
# The csv module tells its errors apart only by these words.
_DEFECT_BY_WORDS: Final = {
    "new-line character": Defect.STRAY_CARRIAGE_RETURN,
    "unexpected end": Defect.OPEN_QUOTE,
    "field limit": Defect.CELL_TOO_LONG,
}


class Layout(NamedTuple):
    separator: str
    line_end: str


class RecordLines:
    """The lines of a file for the csv module, as long as each record keeps to a sensible length."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._line = 1
        self._length = 0

    def begin_record(self, line: int) -> None:
        self._line = line
        self._length = 0

    def __iter__(self) -> RecordLines:
        return self

    def __next__(self) -> str:
        text = self._stream.readline(MAX_RECORD_LENGTH)
        self._length += len(text)
        if self._length >= MAX_RECORD_LENGTH:
            raise NotATable(Defect.LINE_TOO_LONG, self._line)
        if not text:
            raise StopIteration
        return text


def encoding_of(data: bytes) -> str:
    """Name of the encoding that all of `data` can be read in; NotATable when there is none."""
    if data.startswith(_BINARY_BEGINNINGS):
        raise NotATable(Defect.BINARY)
    if data.startswith(_UTF_16_MARKS):
        candidates = ["utf-16"]
    elif (position := data.find(b"\0")) >= 0:
        raise NotATable(Defect.NUL_CHARACTER, data.count(b"\n", 0, position) + 1)
    elif data.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", FALLBACK_ENCODING]
    for encoding in candidates:
        if _decodes(data, encoding):
            return encoding
    raise NotATable(Defect.NOT_TEXT)


def csv_rows(data: bytes, encoding: str) -> Iterator[RawRow]:
    layout = _layout(_head(data, encoding))
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline=layout.line_end)
    lines = RecordLines(stream)
    records = csv.reader(lines, delimiter=layout.separator, strict=True)
    while True:
        # A record may run over several lines; a person looks for the first of them.
        line = records.line_num + 1
        lines.begin_record(line)
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotATable(_defect(str(error)), line) from error
        yield line, [revive(cell) for cell in cells]


def _decodes(data: bytes, encoding: str) -> bool:
    """Decoded piece by piece, so that no second copy of the file stands in memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _HEAD_LENGTH):
            decoder.decode(data[start : start + _HEAD_LENGTH])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _head(data: bytes, encoding: str) -> str:
    head = io.TextIOWrapper(io.BytesIO(data), encoding, newline="").read(_HEAD_LENGTH)
    if head.lstrip().lower().startswith(_MARKUP_BEGINNINGS):
        raise NotATable(Defect.MARKUP)
    return head


def _layout(head: str) -> Layout:
    """Separator and line end, taken from the line of titles; what is in quotes does not count."""
    quoted = False
    seen = set()
    titles = head.lstrip("\r\n")
    for position, character in enumerate(titles):
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in _SEPARATORS:
            seen.add(character)
        elif character in "\r\n":
            alone = character == "\r" and titles[position + 1 : position + 2] != "\n"
            return Layout(_first(seen), "\r" if alone else "\n")
    return Layout(_first(seen), "\n")


def _first(seen: set[str]) -> str:
    """The rarest in ordinary text wins: "Name, Vorname;Anteil" are two columns."""
    return next((separator for separator in _SEPARATORS if separator in seen), _SEPARATORS[0])


def _defect(words: str) -> Defect:
    return next((defect for part, defect in _DEFECT_BY_WORDS.items() if part in words), Defect.STRAY_QUOTE)
