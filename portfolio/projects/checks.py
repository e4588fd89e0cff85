"""What makes sense in projects and milestones, whatever the state of the world."""

from datetime import date

from portfolio.projects.models import MaturityModel
from portfolio.projects.problems import DayOutOfRange, Missing, NotText, TooLong

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
HIGHEST_MATURITY = {MaturityModel.V1_1: 4, MaturityModel.V2_0: 7}


def one_line(text: str, field: str, limit: int) -> str:
    """A text that must not be empty, with single spaces."""
    line = " ".join(text.split())
    if not line:
        raise Missing(field)
    return _fitting(line, field, limit)


def long_text(text: str, field: str, limit: int) -> str:
    """A text of several lines that may be empty."""
    return _fitting(text.strip(), field, limit)


def optional_text(text: str | None, field: str, limit: int) -> str | None:
    """A text of several lines; None when there is nothing in it."""
    return long_text(text or "", field, limit) or None


def sensible_day(day: date, field: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayOutOfRange(field)


def _fitting(text: str, field: str, limit: int) -> str:
    if "\0" in text or not _can_be_stored(text):
        raise NotText(field)
    if len(text) > limit:
        raise TooLong(field, limit)
    return text


def _can_be_stored(text: str) -> bool:
    """Half a surrogate pair, which JSON can smuggle in, is no text in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
