"""The one place that reads the clock; everything else gets time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from portfolio.planning.weeks import Week

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Thuringia, whatever zone the server runs in."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Thuringia at that moment."""
    return moment.astimezone(BERLIN).date()


def this_week() -> Week:
    return Week.containing(today())
