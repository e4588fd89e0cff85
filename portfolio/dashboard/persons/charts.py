"""Figures for plotly of one person's weeks: no Flask, no SQL."""

from typing import Any

import plotly.graph_objects as go
from flask_babel import gettext as _

from portfolio.planning.capacity import CellState, PersonCapacity
from portfolio.web.formats import format_week

LABEL_EVERY = 4


def workload(figures: PersonCapacity) -> dict[str, Any]:
    """What is booked as bars, over-booked weeks in their own colour and with a sign, the pool share as a line above."""
    weeks = [format_week(week) for week in figures.weeks]
    over = [cell.state is CellState.OVER for cell in figures.cells]
    booked = go.Bar(
        x=weeks,
        y=figures.booked,
        name=_("verplant"),
        marker={"color": ["var(--chart-danger)" if too_much else "var(--chart-1)" for too_much in over]},
        text=["!" if too_much else "" for too_much in over],
        hovertemplate="%{x}<br>" + _("%(share)s verplant", share="%{y} %") + "<extra></extra>",
    )
    limit = go.Scatter(
        x=weeks,
        y=figures.pool_share,
        name=_("Poolanteil"),
        mode="lines",
        line={"shape": "hvh", "color": "var(--chart-2)", "width": 3},
        hovertemplate="%{x}<br>" + _("Poolanteil %(share)s", share="%{y} %") + "<extra></extra>",
    )
    figure = go.Figure([booked, limit])
    figure.update_layout(
        template=None,
        bargap=0.15,
        xaxis={
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "tickvals": weeks[::LABEL_EVERY],
            "ticks": "outside",
            "ticklen": 8,
        },
        yaxis={"rangemode": "tozero", "fixedrange": True, "ticksuffix": " %"},
    )
    return dict(figure.to_plotly_json())
