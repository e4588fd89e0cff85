"""What makes sense in needs and assignments alike, whatever the state of the world."""

from typing import TypeVar

from portfolio.extensions import Base, db
from portfolio.planning.weeks import MAX_WEEK, MIN_WEEK, Week, WeekRange
from portfolio.staffing.problems import ShareOutOfRange, WeekOutOfRange, WeeksOutOfOrder
from portfolio.web.problems import Invalid

LARGEST_ID = 2**31 - 1

Row = TypeVar("Row", bound=Base)


def sensible_weeks(first: Week, last: Week) -> WeekRange:
    if last < first:
        raise WeeksOutOfOrder
    if first < MIN_WEEK or last > MAX_WEEK:
        raise WeekOutOfRange
    return WeekRange(first, last)


def sensible_share(share: int) -> None:
    if not 1 <= share <= 100:
        raise ShareOutOfRange


def known(model: type[Row], identity: int, unknown: type[Invalid]) -> Row:
    """The row with this id, or the refusal that there is none."""
    row = db.session.get(model, identity) if 0 < identity <= LARGEST_ID else None
    if row is None:
        raise unknown
    return row


def kept(model: type[Row], identity: int, unknown: type[Invalid]) -> Row:
    """As `known`, for a row that others may remove: not before this transaction ends."""
    lock = {"read": True, "key_share": True}
    row = db.session.get(model, identity, with_for_update=lock) if 0 < identity <= LARGEST_ID else None
    if row is None:
        raise unknown
    return row
