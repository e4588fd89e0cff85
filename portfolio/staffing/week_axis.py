"""The axis along the weeks that all charts share."""

from collections.abc import Sequence
from typing import Any

from portfolio.planning.weeks import Week
from portfolio.web.formats import plain_week

MOST_TICKS = 13
"""Labels along the weeks, so that they do not run into each other."""


def names(weeks: Sequence[Week]) -> list[str]:
    """The weeks as the axis and the hover labels call them."""
    return [plain_week(week) for week in weeks]


def week_axis(weeks: Sequence[Week]) -> dict[str, Any]:
    """Every so many weeks a number, with the year below where it changes."""
    step = -(-len(weeks) // MOST_TICKS) or 1
    shown = weeks[::step]
    years = [week.year for week in shown]
    texts = [
        f"{week.number:02d}<br>{week.year}" if place == 0 or years[place - 1] != week.year else f"{week.number:02d}"
        for place, week in enumerate(shown)
    ]
    return {
        "type": "category",
        "fixedrange": True,
        "showgrid": False,
        "range": [-0.5, len(weeks) - 0.5],
        "tickvals": names(shown),
        "ticktext": texts,
        "tickangle": 0,
    }
