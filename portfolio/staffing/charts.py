"""Heatmaps for plotly, from arrays: no Flask, no SQL.

Each word of the hover label has a layer of its own, so that no cell carries a text: the browser puts the numbers in.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from flask_babel import gettext as _

from portfolio.planning.weeks import Week
from portfolio.staffing.capacity.matrix import Matrix
from portfolio.staffing.week_axis import names, week_axis

ROW_HEIGHT = 22
FRAME_HEIGHT = 130
DARK = 40
"""Below so many percent free a cell is dark."""
_DANGER = "var(--chart-danger)"
_FREE_STYLE = {"reversescale": True, "showscale": True}
_OVER_STYLE = {"colorscale": [[0, _DANGER], [1, _DANGER]]}
SHARE = "%{z:d} %"

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Layer = tuple[Flags, Floats, str, dict[str, Any]]
"""Where it holds, its numbers, its words, how it looks."""


def capacity_heatmap(figures: Matrix, persons: Sequence[str]) -> dict[str, Any]:
    """Persons of different names by weeks, the darker the less is free.

    What is over-booked has its own colour and a sign; a week in which somebody is not there at all has a sign too.
    """
    free, booked = figures.free.astype(np.float32), figures.booked > 0
    key = {"colorbar": _key({0: _("voll")} | {share: _("%(share)s frei", share=f"{share} %") for share in (50, 100)})}
    there = {"customdata": figures.presence.astype(np.int8)}
    layers: tuple[Layer, ...] = (
        (free > 0, free, _("%(share)s frei", share=SHARE), there | _FREE_STYLE | key),
        ((free == 0) & booked, np.full_like(free, 100), _("voll"), there),
        (free < 0, -free, _("%(share)s zu viel", share=SHARE), there | _OVER_STYLE),
    )
    days = _("%(days)s von 5 Tagen da", days="%{customdata:d}")
    drawn = _heatmap(figures.weeks, persons, [(at, z, f"{words}<br>{days}", look) for at, z, words, look in layers])
    away = (figures.presence == 0) & (free >= 0) & (booked | (free > 0))
    dark = np.where(free < DARK, "var(--chart-ground)", "var(--chart-text)")
    drawn["data"] += [_signs(drawn, free < 0, "!", dark), _signs(drawn, away, "–", dark)]
    return drawn


def served_heatmap(weeks: Sequence[Week], ministries: Sequence[str], percent: Floats) -> dict[str, Any]:
    """Ministries by weeks: how much of what they ask for is served, in percent, the darker the more; empty where they
    ask for nothing."""
    texts = {0: _("nichts gedeckt"), 50: "50 %", 100: _("ganz gedeckt")}
    look = {"showscale": True, "colorbar": _key(texts)}
    return _heatmap(weeks, ministries, [(~np.isnan(percent), percent, _("%(share)s gedeckt", share=SHARE), look)])


def _heatmap(weeks: Sequence[Week], rows: Sequence[str], layers: Sequence[Layer]) -> dict[str, Any]:
    y_axis = {"type": "category", "fixedrange": True, "showgrid": False}
    layout = {
        "template": {},
        "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        "margin": {"t": 56, "b": 56},
        "xaxis": week_axis(weeks) | {"side": "top"},
        "yaxis": y_axis | {"range": [len(rows) - 0.5, -0.5], "tickvals": rows},
    }
    drawn = dict(go.Figure([_layer(*layer) for layer in layers], layout).to_plotly_json())
    named = {"x": names(weeks), "y": rows}
    for layer in drawn["data"]:  # named last: plotly would copy every name for every layer
        layer |= named
    return drawn


def _layer(holds: Flags, values: Floats, words: str, look: dict[str, Any]) -> go.Heatmap:
    return go.Heatmap(
        z=np.where(holds, values, np.nan).astype(np.float32),
        zmin=0,
        zmax=100,
        hoverongaps=False,
        hovertemplate=f"%{{y}}<br>%{{x}}<br>{words}<extra></extra>",
        **{"showscale": False, **look},
    )


def _signs(drawn: dict[str, Any], at: Flags, sign: str, colours: npt.NDArray[np.str_]) -> dict[str, Any]:
    """A sign in each of these cells, so that no colour is alone."""
    columns, rows = drawn["data"][0]["x"], drawn["data"][0]["y"]
    places = np.argwhere(at).tolist()
    signs = go.Scatter(
        x=[columns[column] for _, column in places],
        y=[rows[row] for row, _ in places],
        text=sign,
        mode="text",
        hoverinfo="skip",
        showlegend=False,
        textfont={"color": colours[at].tolist(), "weight": 600},
    )
    return dict(signs.to_plotly_json())


def _key(texts: dict[int, str]) -> dict[str, Any]:
    """The key to the colours, below the chart."""
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "len": 0.4, "lenmode": "fraction"}
    ticks = {"tickvals": list(texts), "ticktext": list(texts.values())}
    return {**place, **ticks, "thickness": 10, "outlinewidth": 0}


def unique(persons: Sequence[str]) -> list[str]:
    """The names, those that occur before numbered: an axis would put two people of one name in one row."""
    seen: Counter[str] = Counter()
    told_apart = []
    for name in persons:
        seen[name] += 1
        told_apart.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told_apart
