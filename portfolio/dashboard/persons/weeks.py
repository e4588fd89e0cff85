"""The weeks of persons as the list shows them: a strip of utilisation, and what it says in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from portfolio.planning.weeks import Week
from portfolio.staffing.capacity import HasId, matrix
from portfolio.web.formats import format_share

SHOWN_WEEKS = 12
BAR, STEP, HEIGHT, TALLEST = 5, 6, 24, 120
"""Width of a bar, from bar to bar, height of the strip, and the share that fills it, in percent."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The next weeks of one person, one value a week, in percent of full time."""

    pool_share: list[int]
    booked: list[int]

    @property
    def words(self) -> str:
        """60 % frei, voll, 2 Wochen zu viel: the same as the strip."""
        left = [limit - taken for limit, taken in zip(self.pool_share, self.booked, strict=True)]
        if over := sum(share < 0 for share in left):
            return ngettext("%(num)s Woche zu viel", "%(num)s Wochen zu viel", over)
        if not any(self.pool_share):
            return _("nicht im Pool")
        free = round(sum(left) / len(left))
        return _("im Mittel %(share)s frei", share=format_share(free)) if free else _("voll")

    @property
    def is_over(self) -> bool:
        return any(taken > limit for limit, taken in zip(self.pool_share, self.booked, strict=True))

    @property
    def paths(self) -> list[tuple[str, str]]:
        """The strip as SVG, class and path: what may be planned behind what is, the full and the over-booked weeks
        in their own colours. One path for each, since a page has many strips."""
        pairs = list(zip(self.pool_share, self.booked, strict=True))
        layers = (
            ("week-bar__limit", self.pool_share),
            ("week-bar__value", [taken if taken < limit else 0 for limit, taken in pairs]),
            ("week-bar__value week-bar__value--full", [taken if taken == limit else 0 for limit, taken in pairs]),
            ("week-bar__value week-bar__value--over", [taken if taken > limit else 0 for limit, taken in pairs]),
        )
        return [(name, _bars(shares)) for name, shares in layers if any(shares)]


def strips(persons: Sequence[HasId], first: Week) -> Mapping[int, Strip]:
    """By person id the next weeks, from the ledger. Three queries."""
    figures = matrix(persons, first, SHOWN_WEEKS)
    values = zip(figures.person_ids, figures.pool_share.tolist(), figures.booked.tolist(), strict=True)
    return {person_id: Strip(shares, booked) for person_id, shares, booked in values}


def _bars(shares: Sequence[int]) -> str:
    heights = [round(min(share, TALLEST) * HEIGHT / TALLEST) for share in shares]
    bars = (f"M{place * STEP} {HEIGHT}h{BAR}v-{height}h-{BAR}z" for place, height in enumerate(heights) if height)
    return "".join(bars)
