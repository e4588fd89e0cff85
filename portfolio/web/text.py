"""Text as people search and sort it: case and umlauts folded the German way, the same on every database."""

import unicodedata

MOST_DIGITS = 9
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """Lower case, ä = ae, ß = ss, other accents dropped, single spaces: "Abfallgebühr" becomes "abfallgebuehr"."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    plain = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return " ".join(plain.split())


def pieces(query: str) -> tuple[str, ...]:
    """The folded pieces of a search text, each of which must be found."""
    return tuple(fold(query).split())


def number_in(text: str) -> int | None:
    """The number a few digits write; of anything else, and of more digits than any id has, none."""
    return int(text) if len(text) <= MOST_DIGITS and text.isascii() and text.isdecimal() else None


def like(piece: str) -> str:
    """A LIKE pattern (escape character /) that finds `piece` anywhere."""
    escaped = piece.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return f"%{escaped}%"
