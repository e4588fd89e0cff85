"""The milestone trend chart: what the field demands of it."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from portfolio.planning.trend import TrendWord
from portfolio.projects.charts import FRAME, HEIGHT, LINE_OF_TEXT, drawn, milestone_trend
from portfolio.projects.models import Forecast, Milestone
from portfolio.projects.trends import TrendLine, reporting_dates, trend_lines

START = date(2026, 1, 5)
Moves = Sequence[tuple[date, date]]


def _milestone(planned: date, moves: Moves = (), reached: date | None = None) -> Milestone:
    forecasts = [Forecast(reporting_date=reported, date=expected) for reported, expected in moves]
    return Milestone(id=1, title="Abnahme", planned_date=planned, reached_on=reached, forecasts=forecasts)


def _lines(*milestones: Milestone) -> tuple[TrendLine, ...]:
    return trend_lines(START, milestones)


def _figure(app: Flask, *milestones: Milestone) -> dict[str, Any]:
    with app.test_request_context(headers={"Accept-Language": "de"}):
        return milestone_trend(_lines(*milestones))


def test_line_starts_at_the_plan_and_ends_where_it_was_reached(app: Flask) -> None:
    moves = [(date(2026, 3, 2), date(2026, 7, 1)), (date(2026, 6, 1), date(2026, 8, 3))]
    trace = _figure(app, _milestone(date(2026, 6, 30), moves, date(2026, 7, 20)))["data"][1]
    assert trace["x"] == ["2026-01-05", "2026-03-02", "2026-06-01", "2026-07-20"]
    assert trace["y"] == ["2026-06-30", "2026-07-01", "2026-08-03", "2026-07-20"]


def test_both_axes_have_one_scale_and_one_range(app: Flask) -> None:
    layout = _figure(app, _milestone(date(2026, 6, 30)))["layout"]
    assert (layout["yaxis"]["scaleanchor"], layout["yaxis"]["scaleratio"]) == ("x", 1)
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"]


def test_diagonal_goes_from_corner_to_corner(app: Flask) -> None:
    figure = _figure(app, _milestone(date(2026, 6, 30)))
    diagonal = figure["data"][0]
    assert list(diagonal["x"]) == list(diagonal["y"]) == figure["layout"]["xaxis"]["range"]


def test_every_line_has_its_own_marker_dash_and_label(app: Flask) -> None:
    figure = _figure(app, *(_milestone(date(2026, month, 1)) for month in range(3, 11)))
    looks = {(trace["marker"]["symbol"], trace["line"]["dash"]) for trace in figure["data"][1:]}
    labels = [note["text"] for note in figure["layout"]["annotations"][1:]]
    assert (len(looks), labels[0], len(set(labels))) == (8, "M1 Abnahme", 8)


def test_a_crowd_is_thinned_to_the_next_and_the_last_reached() -> None:
    reached = [_milestone(date(2026, 2, day), reached=date(2026, 2, day)) for day in range(1, 9)]
    lines = _lines(*reached, *(_milestone(date(2026, 3, day)) for day in range(1, 11)))
    assert [line.number for line in drawn(lines)] == [7, 8, *range(9, 19)]


def test_cause_stands_at_its_point(app: Flask) -> None:
    milestone = _milestone(date(2026, 6, 30), [(date(2026, 3, 2), date(2026, 7, 1))])
    milestone.forecasts[0].cause = "<b>Vergabe</b> verzögert"
    assert _figure(app, milestone)["data"][1]["text"] == ["", "<br>Ursache: ‹b>Vergabe‹/b> verzögert"]


def test_labels_of_one_day_stand_apart(app: Flask) -> None:
    notes = _figure(app, *(_milestone(date(2026, 6, 30)) for _ in range(3)))["layout"]["annotations"][1:]
    shifts = sorted(note["yshift"] for note in notes)
    assert [upper - lower for lower, upper in pairwise(shifts)] == [LINE_OF_TEXT] * 2


def test_labels_stay_inside_the_picture(app: Flask) -> None:
    late = [_milestone(date(2026, 12, 30)) for _ in range(12)]
    layout = _figure(app, _milestone(date(2026, 3, 1)), *late)["layout"]
    first, last = (date.fromisoformat(day) for day in layout["yaxis"]["range"])
    notes = [note for note in layout["annotations"][1:] if note["y"] == "2026-12-30"]
    top = (last - date(2026, 12, 30)).days * (HEIGHT - FRAME) / (last - first).days
    assert max(note["yshift"] for note in notes) <= top + 1


@pytest.mark.parametrize("planned", [date(2025, 6, 30), START])
def test_plan_before_the_start_lies_on_the_diagonal(app: Flask, planned: date) -> None:
    trace = _figure(app, _milestone(planned))["data"][1]
    assert trace["x"] == trace["y"] == [planned.isoformat()]


def test_expected_on_the_reporting_date_is_not_reached_yet() -> None:
    day = date(2026, 7, 20)
    open_line, reached = _lines(_milestone(date(2026, 7, 1), [(day, day)]), _milestone(day, [(day, day)], day))
    assert (open_line.word, reached.word) == (TrendWord.RISING, TrendWord.REACHED)


def test_numbers_of_a_line() -> None:
    line = _lines(_milestone(date(2026, 6, 30), [(date(2026, 3, 2), date(2026, 6, 20))]))[0]
    assert (line.expected, line.reported, line.deviation) == (date(2026, 6, 20), date(2026, 3, 2), -10)
    assert (line.at(date(2026, 3, 2)), line.at(START)) == ((date(2026, 6, 20), -10), None)
    assert reporting_dates([line]) == (date(2026, 3, 2),)


def test_unmoved_milestone_has_its_plan_only() -> None:
    line = _lines(_milestone(date(2026, 6, 30)))[0]
    assert (line.expected, line.reported, line.word) == (date(2026, 6, 30), None, TrendWord.LEVEL)
