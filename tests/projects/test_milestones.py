"""Milestones: planned, moved, reached, removed; the page with the trend."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portfolio.audit.models import AuditEntry, Verb
from portfolio.extensions import db
from portfolio.projects.models import Forecast, Milestone
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
NEW = "/projekte/1/meilensteine/neu"
WRITERS = ["carla", "konrad", "lea"]
READERS = ["paul", "mia", "otto", "rita", "anton"]


@pytest.mark.parametrize("name", WRITERS)
def test_add(cast: Any, client_of: ClientOf, name: str) -> None:
    answer = client_of(cast.users[name]).post(NEW, data={"title": " Go-live ", "planned_date": "30.06.2027"})
    milestone = db.session.query(Milestone).one()
    assert answer.headers["Location"] == "/projekte/1/meilensteine"
    assert (milestone.project_id, milestone.title, milestone.planned_date) == (1, "Go-live", date(2027, 6, 30))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Bitte benennen Sie den Meilenstein."),
        ({"title": "x" * 301}, "Bitte höchstens 300 Zeichen eingeben."),
        ({"planned_date": ""}, "Bitte geben Sie den geplanten Tag an."),
        ({"planned_date": "2100-01-01"}, "Bitte ein Datum zwischen 2000 und 2099 eingeben."),
        ({"reached_on": "2099-01-01"}, "Ein Meilenstein kann nicht in der Zukunft erreicht worden sein."),
    ],
)
def test_bad_input_is_explained(cast: Any, client_of: ClientOf, wrong: dict[str, str], sentence: str) -> None:
    answer = client_of(cast.lea).post(NEW, data={"title": "Go-live", "planned_date": "2027-06-30"} | wrong)
    assert (answer.status_code, sentence in answer.text, db.session.query(Milestone).count()) == (422, True, 0)


@pytest.mark.parametrize("name", READERS)
def test_readers_add_change_and_remove_nothing(cast: Any, client_of: ClientOf, name: str) -> None:
    milestone = factories.milestone(cast.project)
    client = client_of(cast.users[name])
    data = {"title": "Anders", "planned_date": "2027-06-30"}
    addresses = (NEW, "/meilensteine/1", "/meilensteine/1/loeschen")
    assert {client.post(address, data=data).status_code for address in addresses} == {403}
    assert (db.session.query(Milestone).count(), milestone.title) == (1, "Go-live")


@pytest.mark.parametrize("name", ["konrad", "lea"])
@pytest.mark.parametrize("address", ["/meilensteine/1", "/meilensteine/999", "/projekte/2/meilensteine/neu"])
def test_foreign_and_missing_are_not_found(cast: Any, client_of: ClientOf, name: str, address: str) -> None:
    factories.milestone(cast.foreign_project)
    client = client_of(cast.users[name])
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("name", WRITERS)
def test_reach(cast: Any, client_of: ClientOf, name: str) -> None:
    milestone = factories.milestone(cast.project, planned_date=date(2026, 6, 30))
    today = clock.today()
    data = {"title": "Go-live", "planned_date": "2026-06-30", "reached_on": today, "version": 1}
    client = client_of(cast.users[name])
    answer = client.post("/meilensteine/1", data=data)
    assert (answer.status_code, milestone.reached_on) == (302, today)
    assert f"erreicht am {today:%d.%m.%Y}" in client.get("/projekte/1/meilensteine").text


def test_stale_form_shows_both(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    client = client_of(cast.lea)
    milestone.title = "Von Carla"
    data = {"title": "Von Lea", "planned_date": milestone.planned_date, "version": milestone.version}
    answer = client.post("/meilensteine/1", data=data)
    assert (answer.status_code, milestone.title) == (409, "Von Carla")
    assert ("<td>Von Carla</td>" in answer.text, "<td>Von Lea</td>" in answer.text) == (True, True)


def test_remove_takes_the_forecasts_along_and_is_logged(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    factories.forecast(milestone, date(2026, 11, 1), date(2027, 6, 30))
    answer = client_of(cast.lea).post("/meilensteine/1/loeschen", data={"version": milestone.version})
    assert answer.headers["Location"] == "/projekte/1/meilensteine"
    deleted = db.session.query(AuditEntry).filter_by(verb=Verb.DELETED)
    assert (db.session.query(Milestone).count(), db.session.query(Forecast).count()) == (0, 0)
    assert {entry.object_type for entry in deleted} == {"milestone", "forecast"}


@pytest.mark.parametrize("address", ["/meilensteine/1/loeschen", "/prognosen/1/loeschen"])
def test_removing_takes_a_post(cast: Any, client_of: ClientOf, address: str) -> None:
    factories.forecast(factories.milestone(cast.project), date(2026, 11, 1), date(2027, 6, 30))
    assert (client_of(cast.lea).get(address).status_code, db.session.query(Forecast).count()) == (405, 1)


def _with_trend(cast: Any) -> Milestone:
    milestone = factories.milestone(cast.project, planned_date=date(2027, 6, 30))
    factories.forecast(milestone, date(2026, 11, 1), date(2027, 6, 30))
    factories.forecast(milestone, date(2026, 12, 1), date(2027, 7, 12), cause="Vergabe verzögert")
    return milestone


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia"])
def test_trend_as_chart_and_as_table(cast: Any, client_of: ClientOf, name: str) -> None:
    _with_trend(cast)
    text = client_of(cast.users[name]).get("/projekte/1/meilensteine").text
    block = re.search(r'<script type="application/json" id="meilensteintrend-data">(.*?)</script>', text)
    assert block
    assert json.loads(block[1])["data"][1]["y"] == ["2027-06-30", "2027-06-30", "2027-07-12"]
    assert ("30.06.2027 (0)" in text, "12.07.2027 (+12)" in text, "in Verzug" in text) == (True, True, True)
    assert text.count(">Vergabe verzögert<") == 2  # beside the trend word, and in the table of the chart


def test_titles_cannot_leave_the_chart(cast: Any, client_of: ClientOf) -> None:
    factories.milestone(cast.project, "</script><b>%{x}")
    text = client_of(cast.mia).get("/projekte/1/meilensteine").text
    assert ("</script><b>" in text, "<b>" in text) == (False, False)


def test_numbers_as_csv(cast: Any, client_of: ClientOf) -> None:
    _with_trend(cast)
    answer = client_of(cast.mia).get("/projekte/1/meilensteine.csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[-1] == '"M1";"Go-live";2027-06-30;2026-12-01;2027-07-12;12;"in Verzug";"Vergabe verzögert"'
    assert "meilensteine-OZG-2026-001.csv" in answer.headers["Content-Disposition"]
    assert db.session.query(AuditEntry).filter_by(verb=Verb.EXPORTED).one().actor_id == cast.mia.id


@pytest.mark.parametrize(("name", "offered"), [("lea", True), ("mia", False)])
def test_empty_page_says_what_to_do(cast: Any, client_of: ClientOf, name: str, offered: bool) -> None:
    text = client_of(cast.users[name]).get("/projekte/1/meilensteine").text
    assert ("Noch keine Meilensteine" in text, "meilensteine/neu" in text) == (True, offered)


def test_overdue_milestone(cast: Any, client_of: ClientOf) -> None:
    factories.milestone(cast.project, planned_date=clock.today() - timedelta(days=1))
    assert "überfällig seit 1 Tag<" in client_of(cast.lea).get("/projekte/1/meilensteine").text
