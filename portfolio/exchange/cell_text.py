"""How texts and numbers stand in a cell, in CSV and in the XML of a workbook, and how to get them back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

# A spreadsheet runs a cell that begins with one of these as a formula; the full-width forms too.
_FORMULA_SIGNS: Final = tuple("=+-@＝＋－＠")
_CONTROL_SIGNS: Final = tuple("\t\r\n\0")
# Spreadsheets overlook these before a formula: white space, zero-width characters, byte order mark.
_OVERLOOKED: Final = " \t\r\n\v\f\0\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"
_MARK: Final = "'"

# Characters that XML cannot carry, or changes (a carriage return).
_UNFIT_FOR_XML: Final = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_UNFIT: Final = re.compile(f"[{_UNFIT_FOR_XML}]")
_LOOKS_ESCAPED: Final = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_UNFIT_FOR_XML}])")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def is_active(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(_CONTROL_SIGNS) or text.lstrip(_OVERLOOKED).startswith(_FORMULA_SIGNS)


def defuse(text: str) -> str:
    """Put an apostrophe before an active text; `revive` takes it away again.

    A text that is active behind apostrophes of its own gets one more, so that no two texts ever
    become the same cell.
    """
    return _MARK + text if is_active(text.lstrip(_MARK)) else text


def revive(cell: str) -> str:
    return cell[1:] if cell.startswith(_MARK) and is_active(cell.lstrip(_MARK)) else cell


def plain_number(number: float) -> str:
    """Digits without exponent and without ".0", to the 15 places that a spreadsheet shows."""
    if isinstance(number, int):
        return str(number)
    return format(Decimal(f"{number:.15g}"), "f")


def escape_for_workbook(text: str) -> str:
    """Write what XML cannot carry as _xHHHH_ (ECMA-376, ST_Xstring), reversibly."""
    escaped = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNFIT.sub(lambda found: f"_x{ord(found.group()):04X}_", escaped)


def unescape_from_workbook(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    # Half of a surrogate pair is no character and could not be stored.
    return found.group() if 0xD800 <= code <= 0xDFFF else chr(code)
