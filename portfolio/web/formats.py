"""How values are written for people: dates, weeks, shares, hours, keys. Registered as template filters.

A number stays in the line of its unit: the space between them does not break.
"""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, get_locale
from flask_babel import gettext as _

from portfolio.planning.days_off import DayOff
from portfolio.planning.problem import hours as hours_of
from portfolio.planning.weeks import Week
from portfolio.web import clock, settings


def format_day(day: date | None) -> str:
    """23.11.2026, of a moment the day in Berlin; an en dash where there is none."""
    if day is None:
        return "–"
    if isinstance(day, datetime):
        day = clock.day_of(day)
    return f"{day:%d.%m.%Y}" if _german() else str(format_date(day, "d MMM yyyy"))  # lists write hundreds of days


def format_day_off(day: DayOff) -> str:
    """24.12. of every year, 18.06.2027 of one: as it is typed, whatever the language."""
    return f"{day.day:02d}.{day.month:02d}.{day.year or ''}"


def format_moment(moment: datetime | None) -> str:
    """23.11.2026, 14:00 in Berlin time."""
    return (
        "–"
        if moment is None
        else str(format_datetime(moment, "dd.MM.yyyy, HH:mm" if _german() else "d MMM yyyy, HH:mm"))
    )


def format_berlin_day(moment: datetime | None) -> str:
    """The day of a moment in Berlin: 23.11.2026."""
    return format_day(None if moment is None else clock.day_of(moment))


def format_time_of_day(moment: datetime) -> str:
    """14:05 in Berlin time."""
    return str(format_datetime(moment, "HH:mm"))


def format_week(week: Week | None) -> str:
    """KW 48/2026."""
    return "–" if week is None else _("KW\u00a0%(number)s/%(year)s", number=f"{week.number:02d}", year=week.year)


def plain_week(week: Week) -> str:
    """As people type it, with a space that can be searched for: in files and along the axes of charts."""
    return format_week(week).replace("\u00a0", " ")


def format_weeks(first: Week | None, last: Week | None) -> str:
    """KW 48/2026 – KW 12/2027; open ends in words."""
    if first is None:
        return "–"
    if last is None:
        return _("ab %(week)s", week=format_week(first))
    return format_week(first) if first == last else f"{format_week(first)}\u00a0– {format_week(last)}"


def format_share(share: int | None) -> str:
    """40 %, with a narrow space."""
    return "–" if share is None else f"{share}\u202f%"


def format_hours(hours: float) -> str:
    """1.248,5 h"""
    return _("%(hours)s\u00a0h", hours=format_decimal(hours, "#,##0.#"))


def format_posts(posts: float) -> str:
    """1,4 or 0,25: full-time posts, the unit beside it."""
    return str(format_decimal(posts, "#,##0.##"))


def format_work(work: int) -> str:
    """Work as `planning` counts it, in hours: 12,8 h."""
    return format_hours(hours_of(work))


def format_share_hours(share: int) -> str:
    """40 % (16 h/Woche): the share with its hours beside it."""
    hours = format_decimal(share * settings.full_time_hours() / 100, "0.#")
    return _("%(share)s (%(hours)s\u00a0h/Woche)", share=format_share(share), hours=hours)


def format_service_key(key: str | None) -> str:
    """99 041 004 034 000, as the field writes it."""
    return "–" if not key else " ".join((key[:2], *(key[at : at + 3] for at in range(2, len(key), 3))))


def _german() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "de"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=format_day,
        day_off=format_day_off,
        berlin_day=format_berlin_day,
        moment=format_moment,
        week=format_week,
        share=format_share,
        hours=format_hours,
        work_hours=format_work,
        posts=format_posts,
        share_hours=format_share_hours,
        service_key=format_service_key,
    )
    app.jinja_env.globals.update(format_weeks=format_weeks, get_locale=get_locale, settings=settings.current)
