"""Named days on which nobody works, of every year or of one."""

from datetime import date

import pytest

from portfolio.planning.days_off import DayOff


def test_a_day_of_every_year() -> None:
    assert DayOff.parse("12-24", "Heiligabend").in_year(2031) == date(2031, 12, 24)


def test_a_single_day_has_its_year_only() -> None:
    day = DayOff.parse("2027-06-18", "Betriebsausflug")
    assert (day.in_year(2027), day.in_year(2028)) == (date(2027, 6, 18), None)


def test_29_february_holds_in_leap_years() -> None:
    day = DayOff("Schalttag", 2, 29)
    assert (day.in_year(2027), day.in_year(2028)) == (None, date(2028, 2, 29))


@pytest.mark.parametrize("text", ["02-31", "2027-02-29", "13-01", "1-2-3-4", "heute"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        DayOff.parse(text, "")


@pytest.mark.parametrize("text", ["12-24", "2027-06-18"])
def test_written_and_read_again(text: str) -> None:
    assert DayOff.parse(text, "frei").iso == text
