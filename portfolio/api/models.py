"""Answers already given under an Idempotency-Key."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.extensions import Model, Unaudited


class IdempotentAnswer(Unaudited, Model):
    """The first answer to a POST, stored in the transaction of its effect, so that a repeat gets the same."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (Index("uq_idempotent_answer_key", "user_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    body: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(index=True)
