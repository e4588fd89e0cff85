"""Tests of staffing happen in the week the factories begin with."""

import pytest

from portfolio.web import clock
from tests.factories import FIRST_WEEK


@pytest.fixture(autouse=True)
def _first_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FIRST_WEEK.monday)
