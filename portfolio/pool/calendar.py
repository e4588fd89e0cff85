"""Days on which nobody works: the public holidays of the state, and what the operator adds to them."""

from datetime import date
from functools import cache

from holidays import country_holidays

from portfolio.planning.weeks import Week
from portfolio.web import settings


def days_off(first: Week, last: Week) -> frozenset[date]:
    """Public holidays and other days off in the weeks from `first` to `last`, weekends included."""
    state, others = settings.holiday_state(), settings.yearly_days_off()
    begin, end = first.monday, last.sunday
    years = (_of_year(year, state, others) for year in range(begin.year, end.year + 1))
    return frozenset(day for of_year in years for day in of_year if begin <= day <= end)


@cache
def _of_year(year: int, state: str, others: tuple[str, ...]) -> frozenset[date]:
    added = (date.fromisoformat(f"{year}-{month_day}") for month_day in others)
    return frozenset(country_holidays("DE", subdiv=state, years=year)).union(added)
