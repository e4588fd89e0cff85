"""The milestone trend as the field draws it: reporting dates across, milestone dates up, the same scale on both."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
from flask_babel import get_locale
from flask_babel import gettext as _

from portfolio.projects.trends import TrendLine

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down")
DASHES = ("solid", "dash", "dashdot", "longdash", "dot", "longdashdot")
COLOURS = 8
HEIGHT = 600
FRAME = 100
"""Pixels of the height that axis and margins take."""
LINE_OF_TEXT = 18
"""Pixels two labels must lie apart to be read."""
LONGEST_LABEL = 24
MARGIN = timedelta(days=14)
MOST_LINES = 12
"""More lines than these nobody tells apart."""
DIAGONAL_LABEL_AT = 0.86
"""Where along the diagonal its name stands: high up, where few lines have come."""


def drawn(lines: Sequence[TrendLine]) -> tuple[TrendLine, ...]:
    """The lines that make the picture, in their order: those still open that come first, then what was reached last."""
    awaited = sorted((line for line in lines if line.reached is None), key=lambda line: line.expected)
    reached = sorted((line for line in lines if line.reached), key=lambda line: line.expected, reverse=True)
    return tuple(sorted([*awaited, *reached][:MOST_LINES], key=lambda line: line.number))


def milestone_trend(lines: Sequence[TrendLine]) -> dict[str, Any]:
    """One line for each milestone with a marker, a dash and a label of its own; below the diagonal lies nothing."""
    first, last = _span(lines)
    figure = go.Figure()
    figure.add_scatter(
        x=[first.isoformat(), last.isoformat()],
        y=[first.isoformat(), last.isoformat()],
        mode="lines",
        line={"color": "var(--chart-muted)", "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    for line in lines:
        figure.add_scatter(**_trace(line))
    figure.update_layout(
        height=HEIGHT,
        showlegend=False,
        hovermode="closest",
        xaxis={**_axis(_("Stichtag"), first, last), "constraintoward": "left"},
        yaxis={
            **_axis(_("Erwarteter Termin"), first, last),
            "scaleanchor": "x",
            "scaleratio": 1,
            "constraintoward": "top",
        },
        annotations=[_diagonal_label(first, last), *_labels(lines, first, last)],
    )
    picture: dict[str, Any] = figure.to_plotly_json()
    picture["layout"].pop("template", None)
    return picture


def _span(lines: Sequence[TrendLine]) -> tuple[date, date]:
    days = [day for line in lines for point in line.trend.points for day in (point.reported, point.expected)]
    return min(days) - MARGIN, max(days) + MARGIN


def _axis(title: str, first: date, last: date) -> dict[str, Any]:
    return {
        "type": "date",
        "title": {"text": title},
        "range": [first.isoformat(), last.isoformat()],
        "constrain": "domain",
        "hoverformat": _day_format(),
        "tickformat": "%m.%Y" if _german() else "%b %Y",
    }


def _trace(line: TrendLine) -> dict[str, Any]:
    look = line.number - 1
    colour = f"var(--chart-{look % COLOURS + 1})"
    points = line.trend.points
    return {
        "x": [point.reported.isoformat() for point in points],
        "y": [point.expected.isoformat() for point in points],
        "name": f"{line.name} {line.title}",
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2, "dash": DASHES[look % len(DASHES)]},
        "marker": {"color": colour, "size": 9, "symbol": SYMBOLS[look % len(SYMBOLS)]},
        "text": [_cause(line.causes.get(point.reported)) for point in points],
        "hovertemplate": _("%(name)s<br>Stichtag %(reported)s: %(expected)s", **_hover(line))
        + "%{text}<extra></extra>",
    }


def _cause(cause: str | None) -> str:
    return "<br>" + _("Ursache: %(cause)s", cause=cause.replace("<", "‹")) if cause else ""


def _hover(line: TrendLine) -> dict[str, str]:
    name = f"{line.name} {line.title}".replace("<", "‹").replace("%{", "% {")
    return {"name": name, "reported": f"%{{x|{_day_format()}}}", "expected": f"%{{y|{_day_format()}}}"}


def _labels(lines: Sequence[TrendLine], first: date, last: date) -> list[dict[str, Any]]:
    """The name of each line beside its last point, moved apart where two would cover each other."""
    pixels_a_day = (HEIGHT - FRAME) / (last - first).days
    ends = sorted(lines, key=lambda line: line.expected)
    places = [(line.expected - first).days * pixels_a_day for line in ends]
    shifts = [spread - place for spread, place in zip(_spread(places), places, strict=True)]
    return [_label(line, round(shift)) for line, shift in zip(ends, shifts, strict=True)]


def _spread(places: Sequence[float]) -> list[float]:
    """The same places in the same order, each at least a line of text above the one before, none above the picture."""
    spread = list(places)
    for lower, upper in pairwise(range(len(spread))):
        spread[upper] = max(spread[upper], spread[lower] + LINE_OF_TEXT)
    highest: float = HEIGHT - FRAME
    for place in reversed(range(len(spread))):
        spread[place] = min(spread[place], highest)
        highest = spread[place] - LINE_OF_TEXT
    return spread


def _label(line: TrendLine, shift: int) -> dict[str, Any]:
    """With its number alone as a name, which is what a narrow chart has room for."""
    title = line.title if len(line.title) <= LONGEST_LABEL else f"{line.title[: LONGEST_LABEL - 1].rstrip()}…"
    return {
        "x": line.trend.points[-1].reported.isoformat(),
        "y": line.expected.isoformat(),
        "text": f"{line.name} {title}".replace("<", "‹"),
        "name": line.name,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 10,
        "yshift": shift,
    }


def _diagonal_label(first: date, last: date) -> dict[str, Any]:
    """Along the line and below it, where nothing can lie."""
    place = (first + (last - first) * DIAGONAL_LABEL_AT).isoformat()
    return {
        "x": place,
        "y": place,
        "text": _("Termin = Stichtag"),
        "name": "",
        "showarrow": False,
        "textangle": -45,
        "xshift": 9,
        "yshift": -9,
        "font": {"color": "var(--chart-muted)", "size": 12},
    }


def _german() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "de"


def _day_format() -> str:
    return "%d.%m.%Y" if _german() else "%-d %b %Y"
