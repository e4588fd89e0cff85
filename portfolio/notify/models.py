"""Notices in the tool: that something happened to a thing, for one reader."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.extensions import Model, Unaudited


class Notice(Unaudited, Model):
    """Tells a user of something that happened; the event itself stands in the change log, its thing has the words.

    Nothing here is about people but the reader: the sentence is made of the thing when it is read, and only for those
    who may still see it. It goes with the account.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_reader", "user_id", "read_at"), Index("ix_notice_thing", "object_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[int]
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
