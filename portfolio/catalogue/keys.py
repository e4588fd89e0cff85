"""Service keys: 14 digits, written with spaces or dots by people, kept without."""

import re

LENGTH = 14

_KEY = re.compile(r"(?:99|77)\d{12}")
_SEPARATORS = re.compile(r"[\s.\u00a0\u202f]+")


def clean(text: str) -> str:
    """The key without the spaces and dots it is written with."""
    return _SEPARATORS.sub("", text)


def is_key(text: str) -> bool:
    """Whether `text` is a cleaned key: 99 (older ones 77) and twelve digits."""
    return text.isascii() and _KEY.fullmatch(text) is not None


def is_beginning(text: str) -> bool:
    """Whether `text`, cleaned, could be the beginning of a key."""
    return text.isascii() and text.isdigit() and len(text) <= LENGTH
