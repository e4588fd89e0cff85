"""The legal basis of a service: the register writes the references in one line, each with its address in brackets."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\s*(?P<words>.*?)\s*\[(?P<address>https?://[^\s\]]+)\]\s*,?")


@dataclass(frozen=True, slots=True)
class Reference:
    words: str
    address: str | None
    """Where it can be read, where that is known."""


def references(legal_basis: str | None) -> list[Reference]:
    """Each with its address; what follows the last address, or stands without any, is one without."""
    text, found, end = legal_basis or "", [], 0
    for each in _REFERENCE.finditer(text):
        found.append(Reference(each["words"] or each["address"], each["address"]))
        end = each.end()
    rest = text[end:].strip()
    return [*found, Reference(rest, None)] if rest else found
