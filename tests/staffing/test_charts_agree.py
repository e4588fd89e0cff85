"""Chart, table, CSV, XLSX and API say the same to the same reader under the same filter, and what planning counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Person
from portfolio.staffing.capacity import matrix, organisation_capacity, skill_capacity
from tests.factories import FIRST_WEEK
from tests.staffing import reference
from tests.staffing.worlds import WORLDS
from tests.support.tables import cells, csv_rows, figure, page_tables, xlsx_rows

WEEKS = WeekRange(FIRST_WEEK, FIRST_WEEK + 25)
FILTERS = ("", "&skill={fim}", "&authority={finance}")
Numbers = dict[tuple[str, Week], tuple[Any, ...]]


@dataclass(frozen=True)
class Chart:
    """How the numbers are found in a page, a line of its file, and an answer of the API."""

    page: str
    api: str
    from_chart: Callable[[str], Numbers]
    from_tables: Callable[[str], Numbers]
    from_line: Callable[[list[Any]], tuple[Any, ...]]
    from_api: Callable[[Any], Numbers]

    def from_file(self, rows: list[list[Any]]) -> Numbers:
        return {(row[0], Week.parse(row[1])): self.from_line(row) for row in rows[1:]}


def _by_rows(tables: list[Any], read: Callable[[Any], Any]) -> Numbers:
    """Tables with a row for each line of a heatmap and a column for each week."""
    return {
        (row[0], Week.parse(week[:10])): read(cell)
        for heads, *rows in tables
        for row in rows
        for week, cell in zip(heads[1:], row[1:], strict=True)
    }


def _answered(rows: list[Any], weeks: list[str], name: str, series: tuple[str, ...]) -> Numbers:
    return {
        (row[name], Week.parse(week)): tuple(float(row[each][place]) for each in series)
        for row in rows
        for place, week in enumerate(weeks)
    }


def _heatmap(html: str, name: str, signs: tuple[int, ...]) -> Numbers:
    """Each layer holds some cells: `signs` says what its numbers are multiplied with."""
    layers = figure(html, name)["data"][: len(signs)]
    values = np.full(cells(layers[0]["z"]).shape, np.nan)
    for layer, sign in zip(layers, signs, strict=True):
        z = cells(layer["z"])
        values[~np.isnan(z)] = z[~np.isnan(z)] * sign
    places = [(row, Week.parse(week)) for row in layers[0]["y"] for week in layers[0]["x"]]
    flat = values.flatten().tolist()
    return {place: (None if np.isnan(free) else free,) for place, free in zip(places, flat, strict=True)}


def _free_in_words(cell: Any) -> tuple[float | None]:
    words = cell if isinstance(cell, str) else ""
    share = float(words.split("\u202f")[0]) if "\u202f" in words else 0.0
    return (None,) if cell is None else (-share if "zu viel" in words else share,)


def _persons_answered(answer: Any) -> Numbers:
    found = _answered(answer["persons"], answer["weeks"], "name", ("pool_share", "booked"))
    return {place: (limit - taken if limit or taken else None,) for place, (limit, taken) in found.items()}


def _lines(html: str, name: str) -> Any:
    """The series of bars and lines by their names, with the weeks."""
    data = figure(html, name)["data"]
    return [Week.parse(week) for week in data[0]["x"]], {each["name"]: list(map(float, each["y"])) for each in data}


def _skill_chart(html: str) -> Numbers:
    weeks, series = _lines(html, "faehigkeit")
    names = ("frei", "besetzt", "offen", "fehlt")
    return {("FIM-Prozesse", week): tuple(series[each][at] for each in names) for at, week in enumerate(weeks)}


def _skill_table(html: str) -> Numbers:
    return {("FIM-Prozesse", Week.parse(row[0])): tuple(row[1:]) for row in page_tables(html)[0][1:]}


def _ministry_charts(html: str) -> Numbers:
    weeks, series = _lines(html, "ressorts")
    served = _heatmap(html, "gedeckt", (1,))
    return {
        (code, week): (hours[at], *served[code, week])
        for code, hours in series.items()
        for at, week in enumerate(weeks)
        if code != "Pool"
    }


def _ministry_tables(html: str) -> Numbers:
    _shares, (heads, *hours), *ratios = page_tables(html)
    served = _by_rows(ratios, lambda cell: cell)
    return {
        (code, Week.parse(row[0])): (value, served[code, Week.parse(row[0])])
        for row in hours
        for code, value in zip(heads[1:-1], row[1:-1], strict=True)
    }


def _ministries_answered(answer: Any) -> Numbers:
    series = ("delivered_hours", "wanted_hours", "covered_hours")
    return {
        place: (delivered, float(round(100 * covered / wanted)) if wanted else None)
        for place, (delivered, wanted, covered) in _answered(
            answer["organisations"], answer["weeks"], "code", series
        ).items()
    }


CHARTS = {
    "persons": Chart(
        page="/kapazitaet",
        api="capacity",
        from_chart=lambda html: _heatmap(html, "kapazitaet", (1, 0, -1)),
        from_tables=lambda html: _by_rows(page_tables(html), _free_in_words),
        from_line=lambda line: (line[4] if line[2] or line[3] else None,),
        from_api=_persons_answered,
    ),
    "skills": Chart(
        page="/kapazitaet/faehigkeiten",
        api="capacity/skills",
        from_chart=_skill_chart,
        from_tables=_skill_table,
        from_line=lambda line: tuple(line[2:]),
        from_api=lambda answer: _answered(
            answer["skills"], answer["weeks"], "name", ("supply_hours", "booked_hours", "open_hours", "missing_hours")
        ),
    ),
    "ministries": Chart(
        page="/kapazitaet/ressorts",
        api="capacity/organisations",
        from_chart=_ministry_charts,
        from_tables=_ministry_tables,
        from_line=lambda line: (line[2], line[6] if line[6] != "" else None),
        from_api=_ministries_answered,
    ),
}


@pytest.mark.parametrize("chosen", FILTERS)
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("world", WORLDS)
def test_all_say_the_same(cast: Any, client_of: Any, api: Any, world: Any, chart: Chart, chosen: str) -> None:
    world(cast)
    chosen = chosen.format(fim=cast.fim.id, finance=cast.finance.id)
    if chart.api == "capacity/skills" and "skill" not in chosen:
        chosen += f"&skill={cast.fim.id}"  # one of them is drawn
    query = f"from_week={FIRST_WEEK}&weeks=26{chosen}"
    reader = client_of(cast.carla)
    page = reader.get(f"{chart.page}?{query}").text
    asked = query.replace("skill=", "skill_id=").replace("authority=", "home_organisation_id=")
    expected = chart.from_api(api(cast.carla).get(f"{chart.api}?{asked}").get_json())
    assert expected
    assert chart.from_chart(page) == expected
    assert chart.from_tables(page) == expected
    assert chart.from_file(csv_rows(reader.get(f"{chart.page}.csv?{query}").text)) == expected
    assert chart.from_file(xlsx_rows(reader.get(f"{chart.page}.xlsx?{query}").data)) == expected


@pytest.mark.parametrize("world", WORLDS)
def test_persons_are_as_planning_counts_them(cast: Any, world: Any) -> None:
    world(cast)
    db.session.flush()
    counted = reference.World(WEEKS, FIRST_WEEK)
    persons = db.session.scalars(select(Person)).all()
    found = matrix(persons, WEEKS.first, len(WEEKS))
    for row, person in enumerate(persons):
        expected = counted.figures.get(person.id)
        shown = slice(WEEKS.first - counted.wide.first, WEEKS.last - counted.wide.first + 1)
        if expected is not None:
            assert found.free[row].tolist() == list(expected.free[shown])
            assert found.delivered_hours[row].tolist() == list(expected.delivered_hours[shown])


@pytest.mark.parametrize("world", WORLDS)
def test_skills_are_as_planning_counts_them(cast: Any, world: Any) -> None:
    world(cast)
    db.session.flush()
    found = skill_capacity(select(Person), WEEKS, FIRST_WEEK)
    expected = dict(reference.skills(reference.World(WEEKS, FIRST_WEEK)))
    assert found.missing.sum() == pytest.approx(expected.pop("missing"))
    for (skill_id, week), (booked, opened) in expected.items():
        row, column = [skill.id for skill in found.skills].index(skill_id), week - WEEKS.first
        assert (found.booked[row, column], found.open[row, column]) == pytest.approx((booked, opened))


@pytest.mark.parametrize("world", WORLDS)
def test_ministries_are_as_planning_counts_them(cast: Any, world: Any) -> None:
    world(cast)
    db.session.flush()
    found = organisation_capacity(db.session.scalars(select(Person)).all(), WEEKS)
    for (code, week), expected in reference.ministries(reference.World(WEEKS, FIRST_WEEK)).items():
        rows = [row for row, each in enumerate(found.organisations) if each.code == code]
        at = (rows[0], week - WEEKS.first) if rows else None
        series = (found.hours, found.wanted, found.covered)
        assert tuple(each[at] if at else 0 for each in series) == pytest.approx(expected)
