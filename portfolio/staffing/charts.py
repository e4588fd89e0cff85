"""Figures for plotly, from arrays: no Flask, no SQL."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from flask_babel import gettext as _

from portfolio.planning.weeks import Week
from portfolio.web.formats import format_week

ROW_HEIGHT = 22
FRAME_HEIGHT = 130
MOST_TICKS = 13
"""Labels along the weeks, so that they do not run into each other."""
_AXIS = {"type": "category", "fixedrange": True, "showgrid": False}
_DANGER = "var(--chart-danger)"
_FREE_STYLE = {"reversescale": True, "showscale": True}
_OVER_STYLE = {"colorscale": [[0, _DANGER], [1, _DANGER]]}

Shares = npt.NDArray[np.int16]


def capacity_heatmap(weeks: Sequence[Week], names: Sequence[str], pool_share: Shares, booked: Shares) -> dict[str, Any]:
    """Persons by weeks, the darker the less is free; what is over-booked has its own colour and a sign.

    One layer for each word of the hover label, so that no cell carries a text of its own.
    """
    free = (pool_share - booked).astype(np.float32)
    columns, rows = [format_week(week) for week in weeks], unique(names)
    share = "%{z:d} %"
    layers: tuple[tuple[npt.NDArray[np.float32], str, dict[str, Any]], ...] = (
        (np.where(free > 0, free, np.nan), _("%(share)s frei", share=share), _FREE_STYLE | {"colorbar": _scale()}),
        (np.where((free == 0) & (booked > 0), 100, np.nan).astype(np.float32), _("voll"), {}),
        (np.where(free < 0, -free, np.nan), _("%(share)s zu viel", share=share), _OVER_STYLE),
    )
    figure = go.Figure([_layer(values, words, style) for values, words, style in layers])
    figure.update_layout(
        template=None,
        height=FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        margin={"t": 56, "b": 56},
        xaxis=_AXIS | {"side": "top", "range": [-0.5, len(columns) - 0.5]} | _ticks(weeks, columns),
        yaxis=_AXIS | {"range": [len(rows) - 0.5, -0.5], "tickvals": rows},
    )
    drawn = dict(figure.to_plotly_json())
    for layer in drawn["data"]:  # named last: plotly would copy every name for every layer
        layer |= {"x": columns, "y": rows}
    drawn["data"].append(_signs(np.argwhere(free < 0).tolist(), columns, rows))
    return drawn


def _layer(values: npt.NDArray[np.float32], words: str, style: dict[str, Any]) -> go.Heatmap:
    return go.Heatmap(
        z=values,
        zmin=0,
        zmax=100,
        hoverongaps=False,
        hovertemplate=f"%{{y}}<br>%{{x}}<br>{words}<extra></extra>",
        **{"showscale": False, **style},
    )


def _signs(places: list[list[int]], columns: list[str], rows: list[str]) -> dict[str, Any]:
    """A sign in every over-booked week, so that its colour is not alone."""
    signs = go.Scatter(
        x=[columns[column] for _, column in places],
        y=[rows[row] for row, _ in places],
        text="!",
        mode="text",
        hoverinfo="skip",
        showlegend=False,
        textfont={"color": "var(--chart-ground)"},
    )
    return dict(signs.to_plotly_json())


def _scale() -> dict[str, Any]:
    """The key to the colours, below the chart."""
    texts = [_("voll"), *(_("%(share)s frei", share=f"{share} %") for share in (50, 100))]
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "len": 0.4, "lenmode": "fraction"}
    return {**place, "thickness": 10, "outlinewidth": 0, "tickvals": [0, 50, 100], "ticktext": texts}


def _ticks(weeks: Sequence[Week], columns: list[str]) -> dict[str, Any]:
    """Every so many weeks a label, with the year below where it changes."""
    step = -(-len(weeks) // MOST_TICKS)
    shown = weeks[::step]
    years = [week.year for week in shown]
    texts = [
        f"{week.number:02d}<br>{week.year}" if place == 0 or years[place - 1] != week.year else f"{week.number:02d}"
        for place, week in enumerate(shown)
    ]
    return {"tickvals": columns[::step], "ticktext": texts, "tickangle": 0}


def unique(names: Sequence[str]) -> list[str]:
    """The names, those that occur before numbered: an axis would put two people of one name in one row."""
    seen: Counter[str] = Counter()
    told_apart = []
    for name in names:
        seen[name] += 1
        told_apart.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told_apart
