"""Charts along the weeks: supply and demand of a skill, hours per organisation, the weeks of a project."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from flask_babel import gettext as _

from portfolio.planning.weeks import Week
from portfolio.web.formats import format_week

MOST_TICKS = 13
DASHES = ("solid", "dash", "dot", "dashdot")
PATTERNS = ("", "/", "\\", "x", "-", "|", "+")  # seven, so that with eight colours no two of 56 are alike
COLOURS = 8


def supply_and_demand(
    weeks: Sequence[Week], supply: Sequence[float], booked: Sequence[float], wanted: Sequence[float]
) -> dict[str, Any]:
    """What is booked as bars, free hours and open hours as lines with their own dash and marker."""
    names = [format_week(week) for week in weeks]
    figure = go.Figure(
        [
            _bars(names, booked, _("besetzt"), 0),
            _line(names, supply, _("frei"), 1, "circle"),
            _line(names, wanted, _("offen"), 2, "diamond"),
        ]
    )
    return _laid_out(figure, names, " h")


def per_organisation(weeks: Sequence[Week], rows: Sequence[tuple[str, Sequence[float]]]) -> dict[str, Any]:
    """Stacked bars, each organisation with its own colour and pattern."""
    names = [format_week(week) for week in weeks]
    figure = go.Figure([_bars(names, hours, name, place) for place, (name, hours) in enumerate(rows)])
    figure.update_layout(barmode="stack")
    return _laid_out(figure, names, " h")


def wanted_and_assigned(
    weeks: Sequence[Week], wanted: Sequence[int], assigned: Sequence[int], lacking: Sequence[int]
) -> dict[str, Any]:
    """What is assigned and what is open, stacked, below the line of what is wanted."""
    names = [format_week(week) for week in weeks]
    figure = go.Figure(
        [
            _bars(names, assigned, _("zugeordnet"), 0),
            _bars(names, lacking, _("offen"), 1),
            _line(names, wanted, _("gesucht"), 0, "circle"),
        ]
    )
    figure.update_layout(barmode="stack")
    return _laid_out(figure, names, " %")


def _bars(names: Sequence[str], values: Sequence[float], name: str, place: int) -> go.Bar:
    colour = f"var(--chart-{place % COLOURS + 1})"
    pattern = {
        "fillmode": "overlay",
        "shape": PATTERNS[place % len(PATTERNS)],
        "fgcolor": "var(--chart-ground)",
        "size": 6,
        "solidity": 0.25,
    }
    return go.Bar(
        x=names, y=values, name=name, marker={"color": colour, "pattern": pattern}, hovertemplate=_hover(name)
    )


def _line(names: Sequence[str], values: Sequence[float], name: str, place: int, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=names,
        y=values,
        name=name,
        mode="lines+markers",
        line={"dash": DASHES[place], "width": 2, "color": f"var(--chart-{place + 2})"},
        marker={"symbol": symbol, "size": 7},
        hovertemplate=_hover(name),
    )


def _hover(name: str) -> str:
    return f"%{{x}}<br>{name}: %{{y:.1f}}<extra></extra>"


def _laid_out(figure: go.Figure, names: Sequence[str], unit: str) -> dict[str, Any]:
    figure.update_layout(
        template=None,
        bargap=0.15,
        height=420,
        xaxis={
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
            "tickvals": list(names[:: -(-len(names) // MOST_TICKS) or 1]),
        },
        yaxis={"rangemode": "tozero", "fixedrange": True, "ticksuffix": unit},
    )
    return dict(figure.to_plotly_json())
