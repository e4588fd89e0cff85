"""Bars and lines along the weeks: no Flask, no SQL. Every series has its own colour and its own pattern or dash."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from flask_babel import gettext as _

from portfolio.planning.weeks import Week
from portfolio.staffing.week_axis import names, week_axis

PATTERNS = ("", "/", "\\", "x", "-", "|", "+")  # seven, so that with eight colours no two of 56 are alike
COLOURS = 8
HEIGHT = 420
HOURS, PERCENT = " h", " %"
_DANGER = "var(--chart-danger)"

Values = Sequence[float]


def supply_and_demand(weeks: Sequence[Week], series: Sequence[Values]) -> dict[str, Any]:
    """What is open as bars, what of it is missing whomever one puts on it their top; free and booked hours as lines.

    `series` are what is free, booked, open and missing.
    """
    supply, booked, opened, missing = series
    shortage = _bars(weeks, missing, _("fehlt"), 3, HOURS)
    shortage["base"] = [round(whole - part, 1) for whole, part in zip(opened, missing, strict=True)]
    shortage["marker"]["color"] = _DANGER
    data = [
        _bars(weeks, opened, _("offen"), 1, HOURS),
        shortage,
        _line(weeks, supply, _("frei"), ("solid", "var(--chart-1)"), HOURS),
        _line(weeks, booked, _("besetzt"), ("dot", "var(--chart-4)"), HOURS),
    ]
    return _drawn(weeks, data, HOURS, "overlay")


def per_organisation(weeks: Sequence[Week], rows: Sequence[tuple[str, Values]], pool: Values) -> dict[str, Any]:
    """Stacked bars, each ministry with its own colour and pattern, below the line of what the pool has."""
    data = [_bars(weeks, hours, name, place, HOURS) for place, (name, hours) in enumerate(rows)]
    line = _line(weeks, pool, _("Pool"), ("solid", "var(--chart-text)"), HOURS)
    return _drawn(weeks, [*data, line], HOURS, "stack")


def wanted_and_assigned(weeks: Sequence[Week], filled: Values, lacking: Values, beyond: Values) -> dict[str, Any]:
    """What is wanted as what is filled and what is open, and above it the work that no steady need asks for."""
    data = [
        _bars(weeks, filled, _("besetzt"), 0, PERCENT),
        _bars(weeks, lacking, _("offen"), 1, PERCENT),
        _bars(weeks, beyond, _("darüber hinaus"), 4, PERCENT),
    ]
    return _drawn(weeks, data, PERCENT, "stack")


def workload(weeks: Sequence[Week], booked: Values, pool_share: Values) -> dict[str, Any]:
    """What is booked as bars, over-booked weeks in their own colour and with a sign, the pool share as a line above."""
    over = [taken > limit for taken, limit in zip(booked, pool_share, strict=True)]
    bars = _bars(weeks, booked, _("verplant"), 0, PERCENT)
    bars["marker"]["color"] = [_DANGER if too_much else "var(--chart-1)" for too_much in over]
    bars |= {"text": ["!" if too_much else "" for too_much in over], "textposition": "inside"}
    limit = _line(weeks, pool_share, _("Poolanteil"), ("solid", "var(--chart-2)"), PERCENT)
    return _drawn(weeks, [bars, limit], PERCENT, "stack")


def _bars(weeks: Sequence[Week], values: Values, name: str, place: int, unit: str) -> dict[str, Any]:
    pattern = {
        "fillmode": "overlay",
        "shape": PATTERNS[place % len(PATTERNS)],
        "fgcolor": "var(--chart-ground)",
        "size": 6,
        "solidity": 0.25,
    }
    bars = go.Bar(
        x=names(weeks),
        y=values,
        customdata=names(weeks),
        name=name,
        marker={"color": f"var(--chart-{place % COLOURS + 1})", "pattern": pattern},
        hovertemplate=_words(name, unit),
    )
    return dict(bars.to_plotly_json())


def _line(weeks: Sequence[Week], values: Values, name: str, look: tuple[str, str], unit: str) -> dict[str, Any]:
    """In steps: what holds in a week holds all of it. `look` is dash and colour."""
    dash, colour = look
    line = go.Scatter(
        x=names(weeks),
        y=values,
        customdata=names(weeks),
        name=name,
        mode="lines",
        line={"dash": dash, "width": 3, "color": colour, "shape": "hvh"},
        hovertemplate=_words(name, unit),
    )
    return dict(line.to_plotly_json())


def _words(name: str, unit: str) -> str:
    """The week stands in customdata: of x plotly would say what the axis does, which leaves out the year."""
    return f"%{{customdata}}<br>{name}: %{{y:,.1~f}}{unit}<extra></extra>"


def _drawn(weeks: Sequence[Week], data: Sequence[dict[str, Any]], unit: str, barmode: str) -> dict[str, Any]:
    layout = go.Layout(
        bargap=0.15,
        barmode=barmode,
        height=HEIGHT,
        xaxis=week_axis(weeks) | {"ticks": "outside", "ticklen": 6},
        yaxis={
            "rangemode": "tozero",
            "fixedrange": True,
            "ticksuffix": unit,
            "exponentformat": "none",
            "separatethousands": True,
        },
    )
    return {"data": list(data), "layout": layout.to_plotly_json()}
