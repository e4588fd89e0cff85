"""Forecasts: all milestones at one reporting date, the correction of the latest, and what history forbids."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.projects.models import Forecast, Milestone
from portfolio.web import clock
from tests import factories
from tests.support.client import Client

ClientOf = Callable[[Any], Client]
LOG = "/projekte/1/prognosen"
REPORTED = date(2026, 11, 2)


def _rows(*rows: dict[str, Any], reporting_date: Any = REPORTED) -> dict[str, Any]:
    """The form: a reporting date, and a row for each milestone."""
    sent = {f"rows-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return {"reporting_date": reporting_date, **sent}


def _stored() -> list[tuple[int, date, date]]:
    found = db.session.query(Forecast).order_by(Forecast.milestone_id, Forecast.reporting_date)
    return [(each.milestone_id, each.reporting_date, each.date) for each in found]


def test_form_offers_what_is_not_reached_as_of_today(cast: Any, client_of: ClientOf) -> None:
    factories.milestone(cast.project, "Abnahme")
    factories.milestone(cast.project, "Auftakt", reached_on=date(2026, 1, 1))
    text = client_of(cast.lea).get(LOG).text
    assert ("Abnahme" in text, "Auftakt" in text) == (True, False)
    assert f'value="{clock.today().isoformat()}"' in text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea"])
def test_log_all_at_once(cast: Any, client_of: ClientOf, name: str) -> None:
    first, second, third = (factories.milestone(cast.project, title) for title in "abc")
    answer = client_of(cast.users[name]).post(
        LOG,
        data=_rows(
            {"milestone_id": first.id, "date": "12.07.2027", "cause": "Vergabe dauert länger"},
            {"milestone_id": second.id},
            {"milestone_id": third.id, "reached_on": clock.today()},
        ),
    )
    assert answer.headers["Location"] == "/projekte/1/meilensteine"
    assert _stored() == [(first.id, REPORTED, date(2027, 7, 12))]
    assert (first.forecasts[0].cause, third.reached_on) == ("Vergabe dauert länger", clock.today())


def test_empty_form_changes_nothing(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    answer = client_of(cast.lea).post(LOG, data=_rows({"milestone_id": milestone.id}))
    assert (answer.status_code, _stored(), milestone.version) == (302, [], 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"date": "2026-11-01"}, "Der Prognosetermin liegt vor dem Stichtag."),
        ({"date": "2126-11-01"}, "Bitte ein Datum zwischen 2000 und 2099 eingeben."),
        ({"date": "demnächst"}, "Bitte ein Datum eingeben, zum Beispiel 23.11.2026."),
        ({"date": "2027-11-01", "cause": "x" * 501}, "Bitte höchstens 500 Zeichen eingeben."),
        ({"reached_on": "2099-01-01"}, "nicht in der Zukunft erreicht"),
    ],
)
def test_one_bad_row_keeps_all_from_being_saved(
    cast: Any, client_of: ClientOf, row: dict[str, str], sentence: str
) -> None:
    good, bad = (factories.milestone(cast.project, title) for title in "ab")
    rows = _rows({"milestone_id": good.id, "date": "2027-07-12"}, {"milestone_id": bad.id} | row)
    answer = client_of(cast.lea).post(LOG, data=rows)
    assert (answer.status_code, sentence in answer.text, _stored()) == (422, True, [])
    assert 'value="2027-07-12"' in answer.text


def test_missing_reporting_date_is_explained(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    rows = _rows({"milestone_id": milestone.id, "date": "2027-07-12"}, reporting_date="")
    answer = client_of(cast.lea).post(LOG, data=rows)
    assert (answer.status_code, "Bitte geben Sie den Stichtag an." in answer.text) == (422, True)


def test_forecast_is_never_overwritten(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    factories.forecast(milestone, REPORTED, date(2027, 3, 1))
    rows = _rows({"milestone_id": milestone.id, "date": "2027-07-12"})
    answer = client_of(cast.lea).post(LOG, data=rows)
    assert (answer.status_code, "schon eine Prognose (01.03.2027)" in answer.text) == (422, True)
    assert _stored() == [(milestone.id, REPORTED, date(2027, 3, 1))]


@pytest.mark.parametrize("row", [{"date": "2027-07-12"}, {"reached_on": clock.today()}])
def test_reached_meanwhile_is_said_at_its_row(cast: Any, client_of: ClientOf, row: dict[str, Any]) -> None:
    milestone = factories.milestone(cast.project, reached_on=date(2026, 10, 1))
    answer = client_of(cast.lea).post(LOG, data=_rows({"milestone_id": milestone.id} | row))
    assert (answer.status_code, "schon erreicht" in answer.text, _stored()) == (422, True, [])
    assert milestone.reached_on == date(2026, 10, 1)


@pytest.mark.parametrize("foreign", ["2", "999", "x", "²"])
def test_row_for_a_milestone_elsewhere_is_dropped(cast: Any, client_of: ClientOf, foreign: str) -> None:
    factories.milestone(cast.project)
    factories.milestone(cast.foreign_project)
    client_of(cast.lea).post(LOG, data=_rows({"milestone_id": foreign, "date": "2027-07-12"}))
    assert _stored() == []


@pytest.mark.parametrize("name", ["paul", "mia", "otto", "rita", "anton"])
def test_readers_log_nothing(cast: Any, client_of: ClientOf, name: str) -> None:
    milestone = factories.milestone(cast.project)
    rows = _rows({"milestone_id": milestone.id, "date": "2027-07-12"})
    client = client_of(cast.users[name])
    assert (client.get(LOG).status_code, client.post(LOG, data=rows).status_code, _stored()) == (403, 403, [])


def test_nothing_left_to_reach(cast: Any, client_of: ClientOf) -> None:
    assert "Kein Meilenstein steht aus" in client_of(cast.lea).get(LOG).text


def _two_forecasts(cast: Any) -> tuple[Milestone, Forecast, Forecast]:
    milestone = factories.milestone(cast.project, planned_date=date(2027, 3, 1))
    earlier = factories.forecast(milestone, date(2026, 10, 1), date(2027, 3, 1))
    return milestone, earlier, factories.forecast(milestone, REPORTED, date(2027, 4, 1))


def test_latest_forecast_can_be_corrected(cast: Any, client_of: ClientOf) -> None:
    _milestone, _earlier, latest = _two_forecasts(cast)
    data = {"reporting_date": "2026-11-03", "date": "2027-05-01", "cause": "Tippfehler", "version": 1}
    answer = client_of(cast.lea).post(f"/prognosen/{latest.id}", data=data)
    assert answer.headers["Location"] == "/meilensteine/1"
    assert (latest.reporting_date, latest.date, latest.cause) == (date(2026, 11, 3), date(2027, 5, 1), "Tippfehler")


@pytest.mark.parametrize("step", ["", "/loeschen"])
def test_earlier_forecasts_are_history(cast: Any, client_of: ClientOf, step: str) -> None:
    _milestone, earlier, _latest = _two_forecasts(cast)
    data = {"reporting_date": "2026-10-01", "date": "2027-05-01", "version": 1}
    answer = client_of(cast.lea).post(f"/prognosen/{earlier.id}{step}", data=data)
    assert (answer.status_code, "gehören zum Verlauf" in answer.text, len(_stored())) == (409, True, 2)
    assert earlier.date == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"date": "2026-10-31"}, 422, "Der Prognosetermin liegt vor dem Stichtag."),
        ({"reporting_date": "2026-10-01"}, 409, "schon eine Prognose (01.03.2027)"),
        ({"date": ""}, 422, "Bitte geben Sie den erwarteten Tag an."),
        ({"version": "7"}, 409, "Inzwischen hat jemand anderes diesen Eintrag geändert."),
    ],
)
def test_correction_that_cannot_be(
    cast: Any, client_of: ClientOf, data: dict[str, str], status: int, sentence: str
) -> None:
    _milestone, _earlier, latest = _two_forecasts(cast)
    typed = {"reporting_date": REPORTED, "date": "2027-05-01", "version": 1} | data
    answer = client_of(cast.lea).post(f"/prognosen/{latest.id}", data=typed)
    assert (answer.status_code, sentence in answer.text, latest.date) == (status, True, date(2027, 4, 1))


def test_forecast_of_a_reached_milestone_stays(cast: Any, client_of: ClientOf) -> None:
    milestone, _earlier, latest = _two_forecasts(cast)
    milestone.reached_on = REPORTED
    client = client_of(cast.lea)
    data = {"reporting_date": REPORTED, "date": "2027-05-01", "version": 1}
    answers = [client.post(f"/prognosen/{latest.id}{step}", data=data).status_code for step in ("", "/loeschen")]
    assert (answers, latest.date) == ([409, 409], date(2027, 4, 1))


def test_latest_forecast_can_be_taken_back(cast: Any, client_of: ClientOf) -> None:
    milestone, _earlier, latest = _two_forecasts(cast)
    answer = client_of(cast.lea).post(f"/prognosen/{latest.id}/loeschen", data={"version": latest.version})
    assert (answer.headers["Location"], milestone.forecast_date) == ("/meilensteine/1", date(2027, 3, 1))


@pytest.mark.parametrize(("name", "status"), [("mia", 403), ("paul", 403), ("anton", 403)])
def test_readers_correct_nothing(cast: Any, client_of: ClientOf, name: str, status: int) -> None:
    _milestone, _earlier, latest = _two_forecasts(cast)
    client = client_of(cast.users[name])
    assert client.post(f"/prognosen/{latest.id}/loeschen").status_code == status
    assert len(_stored()) == 2


def test_foreign_forecast_is_not_found(cast: Any, client_of: ClientOf) -> None:
    factories.forecast(factories.milestone(cast.foreign_project), REPORTED, date(2027, 4, 1))
    client = client_of(cast.konrad)
    assert [client.get("/prognosen/1").status_code, client.post("/prognosen/1/loeschen").status_code] == [404, 404]


def test_reporting_date_may_lie_ahead(cast: Any, client_of: ClientOf) -> None:
    milestone = factories.milestone(cast.project)
    ahead = clock.today() + timedelta(days=20)
    rows = _rows({"milestone_id": milestone.id, "date": ahead}, reporting_date=ahead)
    client_of(cast.lea).post(LOG, data=rows)
    assert _stored() == [(milestone.id, ahead, ahead)]
