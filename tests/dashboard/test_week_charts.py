"""The weeks of a person and of a project: chart, table, CSV, XLSX and API say the same to the same reader."""

from typing import Any

import pytest

from portfolio.planning.weeks import Week
from portfolio.web import clock
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.worlds import WORLDS
from tests.support.tables import csv_rows, figure, page_tables, xlsx_rows

QUERY = f"from_week={FIRST_WEEK}&weeks=26"


@pytest.fixture(autouse=True)
def _first_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FIRST_WEEK.monday)


def _table_of_weeks(html: str) -> list[list[Any]]:
    (table,) = (table for table in page_tables(html) if table[0][0] == "Woche")
    return table[1:]


def _series(html: str, name: str) -> dict[str, list[float]]:
    return {each["name"]: list(map(float, each["y"])) for each in figure(html, name)["data"]}


@pytest.mark.parametrize("who", ["carla", "lea", "paul"])
@pytest.mark.parametrize("world", WORLDS)
def test_a_persons_weeks(cast: Any, client_of: Any, api: Any, world: Any, who: str) -> None:
    world(cast)
    reader, address = client_of(cast.users[who]), f"/personen/{cast.paul_person.id}"
    answer = api(cast.users[who]).get(f"capacity?{QUERY}").get_json()
    (own,) = (person for person in answer["persons"] if person["id"] == cast.paul_person.id)
    page = reader.get(f"{address}?{QUERY}").text
    chart, table = _series(page, "auslastung-diagramm"), _table_of_weeks(page)
    file = csv_rows(reader.get(f"{address}/wochen.csv?{QUERY}").text)[1:]
    assert file == xlsx_rows(reader.get(f"{address}/wochen.xlsx?{QUERY}").data)[1:]
    assert [Week.parse(row[0]) for row in table] == list(map(Week.parse, answer["weeks"]))
    assert chart["verplant"] == [row[2] for row in table] == [row[2] for row in file] == own["booked"]
    assert chart["Poolanteil"] == [row[1] for row in table] == [row[1] for row in file] == own["pool_share"]
    assert [row[6] for row in table] == [row[7] for row in file] == own["delivered_hours"]
    assert [row[3] for row in table] == [row[4] if row[4] else None for row in file]
    assert [row[6] for row in file] == own["days_present"]


def _shares(rows: list[Any], week: Week) -> int:
    return sum(row["share"] for row in rows if Week.parse(row["from_week"]) <= week <= Week.parse(row["to_week"]))


@pytest.mark.parametrize("who", ["carla", "lea"])
@pytest.mark.parametrize("world", WORLDS)
def test_a_projects_weeks(cast: Any, client_of: Any, api: Any, world: Any, who: str) -> None:
    world(cast)
    reader, address = client_of(cast.users[who]), f"/projekte/{cast.project.id}"
    page = reader.get(f"{address}/team").text
    chart, table = _series(page, "wochen-diagramm"), _table_of_weeks(page)
    file = csv_rows(reader.get(f"{address}/wochen.csv").text)[1:]
    assert table == file == xlsx_rows(reader.get(f"{address}/wochen.xlsx").data)[1:]
    assert [chart[name] for name in ("besetzt", "offen", "darüber hinaus")] == [
        [row[at] for row in table] for at in (2, 3, 4)
    ]
    needs = [need for need in api(cast.carla).items(f"needs?project_id={cast.project.id}") if need["kind"] == "steady"]
    booked = [
        row for row in api(cast.carla).items(f"assignments?project_id={cast.project.id}") if row["state"] != "declined"
    ]
    for name, wanted, filled, opened, beyond in table:
        week = Week.parse(name)
        assert wanted == filled + opened == _shares(needs, week)
        assert filled + beyond == _shares(booked, week)
        for_needs = ((need, [row for row in booked if row["need_id"] == need["id"]]) for need in needs)
        assert opened == sum(max(0, _shares([need], week) - _shares(rows, week)) for need, rows in for_needs)


def test_a_projects_weeks_by_skill_and_horizon(cast: Any, client_of: Any) -> None:
    other = factories.skill("BPMN")
    factories.need(cast.project, cast.fim, share=30)
    factories.need(cast.project, other, share=50)
    query = f"skill={other.id}&from_week={FIRST_WEEK + 2}&weeks=12"
    client = client_of(cast.carla)
    rows = _table_of_weeks(client.get(f"/projekte/{cast.project.id}/team?{query}").text)
    assert (rows[0], len(rows)) == ([f"KW {(FIRST_WEEK + 2).number}/2026", 50, 0, 50, 0], 10)
    assert csv_rows(client.get(f"/projekte/{cast.project.id}/wochen.csv?{query}").text)[1:] == rows


@pytest.mark.parametrize("query", ["from_week=quatsch&weeks=7&skill=x", "skill=999", "weeks=-1"])
def test_what_makes_no_sense_filters_nothing(cast: Any, client_of: Any, query: str) -> None:
    client = client_of(cast.carla)
    for address in (f"/projekte/{cast.project.id}/team", f"/personen/{cast.paul_person.id}"):
        assert _table_of_weeks(client.get(f"{address}?{query}").text) == _table_of_weeks(client.get(address).text)


def test_weeks_of_a_project_in_which_nothing_is_planned(cast: Any, client_of: Any) -> None:
    page = client_of(cast.carla).get(f"/projekte/{cast.project.id}/team?from_week=2030-W01&weeks=12").text
    assert "In diesen Wochen ist nichts geplant" in page


@pytest.mark.parametrize("name", ["mia", "otto", "rita"])
def test_shares_stay_hidden(cast: Any, client_of: Any, name: str) -> None:
    client = client_of(cast.users[name])
    assert 'id="wochen"' not in client.get(f"/projekte/{cast.project.id}/team?weeks=12").text
    assert client.get(f"/projekte/{cast.project.id}/wochen.csv").status_code in (403, 404)
