"""What is missing whomever one puts on it, in words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import format_decimal
from flask_babel import gettext as _

from portfolio.staffing.capacity.abilities import Wanted
from portfolio.staffing.capacity.shortfalls import Shortfall
from portfolio.web.formats import format_weeks

LEAST_SHOWN = 0.05


class ShortfallWords(NamedTuple):
    what: str
    """FIM-Prozesse ab Stufe 3, KW 10/2027 – KW 16/2027."""
    missing: str
    """3,4 Personenwochen fehlen."""
    proof: str
    """What is wanted, and what everybody who fits can give at most."""


def shortfall_words(shortfall: Shortfall, skills: Mapping[int, str]) -> ShortfallWords:
    missing, wanted, had = shortfall.person_weeks
    weeks = format_weeks(shortfall.first, shortfall.last)
    return ShortfallWords(
        what=f"{_listed([_kind(each, skills) for each in shortfall.wanted])}, {weeks}",
        missing=_("%(weeks)s Personenwochen fehlen", weeks=_number(missing)),
        proof=_("gesucht %(wanted)s, zu leisten höchstens %(had)s", wanted=_number(wanted), had=_number(had)),
    )


def _kind(wanted: Wanted, skills: Mapping[int, str]) -> str:
    if wanted.level == 0:
        return skills[wanted.skill_id]
    return _("%(skill)s ab Stufe %(level)s", skill=skills[wanted.skill_id], level=wanted.level)


def _listed(texts: Sequence[str]) -> str:
    """A, B und C."""
    *before, last = texts
    return _("%(before)s und %(last)s", before=", ".join(before), last=last) if before else last


def _number(weeks: float) -> str:
    if 0 < weeks < LEAST_SHOWN:
        return _("weniger als %(weeks)s", weeks=format_decimal(0.1, "0.0"))
    return str(format_decimal(weeks, "0.0"))
