"""Reading notices."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.notify.models import Notice


def notices_of(user_id: int, unread_only: bool = False) -> Select[Notice]:
    """The notices of a user, the latest first."""
    statement = select(Notice).where(Notice.user_id == user_id).order_by(Notice.at.desc(), Notice.id.desc())
    return statement.where(Notice.read_at.is_(None)) if unread_only else statement


def unread_count(user_id: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """How many notices are not read by the user that a column of the statement around it names."""
    return select(func.count()).where(Notice.user_id == user_id, Notice.read_at.is_(None)).scalar_subquery()
