"""Codes such as OZG-2026-014: one number after the other in a year, whoever else is at it."""

import re

from portfolio.projects import queries

_NUMBER = re.compile(r"[0-9]{1,6}")


def next_code(year: int) -> str:
    """The code after the highest one given out for `year`."""
    prefix = f"OZG-{year}-"
    endings = (code.removeprefix(prefix) for code in queries.codes_beginning_with(prefix))
    highest = max((int(ending) for ending in endings if _NUMBER.fullmatch(ending)), default=0)
    return f"{prefix}{highest + 1:03d}"
