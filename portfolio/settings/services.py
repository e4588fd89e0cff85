"""Changing what an installation can set."""

from portfolio.extensions import db
from portfolio.planning.days_off import DayOff
from portfolio.settings.problems import DayNamedTwice, RedBeforeYellow
from portfolio.web.models import StoredSettings
from portfolio.web.settings import NAMES, Settings


def change_settings(stored: StoredSettings, now: Settings, wanted: Settings) -> None:
    """Store what of `wanted` is not so `now`; the rest stays where it comes from, the environment included."""
    _check(wanted)
    for name in NAMES:
        if getattr(wanted, name) != getattr(now, name):
            setattr(stored, name, getattr(wanted, name))
    db.session.flush()


def _check(wanted: Settings) -> None:
    if wanted.late_red <= wanted.late_yellow:
        raise RedBeforeYellow("late_red")
    if wanted.covered_red >= wanted.covered_yellow:
        raise RedBeforeYellow("covered_red")
    seen: set[tuple[int, int, int | None]] = set()
    for each in wanted.days_off:
        if _date(each) in seen:
            raise DayNamedTwice(each)
        seen.add(_date(each))


def _date(day: DayOff) -> tuple[int, int, int | None]:
    return day.month, day.day, day.year
