"""Days on which nobody works."""

from datetime import date

import pytest
from flask import Flask

from portfolio.planning.weeks import Week
from portfolio.pool.calendar import days_off


def test_turn_of_the_year(app: Flask) -> None:
    found = days_off(Week.of(2026, 52), Week.of(2026, 53))
    assert sorted(day.isoformat() for day in found) == [
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
        "2026-12-31",
        "2027-01-01",
    ]


@pytest.mark.parametrize(("state", "is_off"), [("TH", True), ("BY", False)])
def test_holidays_are_those_of_the_state(app: Flask, monkeypatch: pytest.MonkeyPatch, state: str, is_off: bool) -> None:
    """The World Children's Day of 20 September is one in Thuringia only."""
    monkeypatch.setitem(app.config, "HOLIDAY_STATE", state)
    day = date(2027, 9, 20)
    assert (day in days_off(Week.containing(day), Week.containing(day))) is is_off


def test_days_of_the_operator(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DAYS_OFF", ("02-11",))
    assert days_off(Week.of(2027, 6), Week.of(2027, 6)) == {date(2027, 2, 11)}
