"""Days on which nobody works: the public holidays of the state, and what the administration adds to them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import country_holidays

from portfolio.planning.days_off import DayOff
from portfolio.planning.weeks import Week
from portfolio.web import settings


def days_off(first: Week, last: Week) -> frozenset[date]:
    """Public holidays and other days off in the weeks from `first` to `last`, weekends included."""
    now = settings.current()
    begin, end = first.monday, last.sunday
    years = (_of_year(year, now.holiday_state, now.days_off) for year in range(begin.year, end.year + 1))
    return frozenset(day for of_year in years for day in of_year if begin <= day <= end)


def public_holidays(year: int, state: str) -> Mapping[date, str]:
    """The public holidays of a state, by their German names."""
    return dict(sorted(country_holidays("DE", subdiv=state, years=year, language="de").items()))


@lru_cache(maxsize=256)
def _of_year(year: int, state: str, others: tuple[DayOff, ...]) -> frozenset[date]:
    added = (other.in_year(year) for other in others)
    return frozenset(country_holidays("DE", subdiv=state, years=year)).union(day for day in added if day)
