"""The change log: append-only entries chained by hash, values beside them so that erasure stays possible."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.extensions import Model, Unaudited


class Verb(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    EXPORTED = "exported"


class AuditEntry(Unaudited, Model):
    """One committed change of one object. Triggers refuse to change or delete it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    request_id: Mapped[str | None] = mapped_column(String(64))
    verb: Mapped[Verb]
    object_type: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    details_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    detail: Mapped["AuditDetail | None"] = relationship(lazy="raise", viewonly=True)


class DeferredChanges(Unaudited, Model):
    """What one user's autosave changed of a thing and of its parts, net; an entry of the log once the sitting ends."""

    __tablename__ = "audit_deferred"

    object_type: Mapped[str] = mapped_column(String(60), primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class AuditDetail(Unaudited, Model):
    """Before and after values of an entry; erasing this row leaves the chain whole."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(32))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
