"""Organisations, users with roles, their sessions, tokens and failed logins."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from flask_login import UserMixin
from sqlalchemy import Dialect, ForeignKey, Index, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portfolio.access.policy import Actor, Role
from portfolio.extensions import Model, Unaudited, Versioned
from portfolio.web.columns import Code, Name, in_order
from portfolio.web.text import fold


class OrganisationKind(StrEnum):
    SUPREME = "supreme"
    HIGHER = "higher"
    LOWER = "lower"
    STATE_AUTHORITY = "state_authority"
    INSTITUTION = "institution"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class Organisation(Versioned, Model):
    """A ministry or authority, with its history: it may end and have a successor; old projects keep the old name."""

    __tablename__ = "organisation"
    __table_args__ = (in_order("valid_from", "valid_to"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[OrganisationKind]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_confirm: Mapped[Name | None]
    """What an imported file doubts of it, until the administration has confirmed it."""

    parent: Mapped["Organisation | None"] = relationship(foreign_keys=parent_id, remote_side=id)
    successor: Mapped["Organisation | None"] = relationship(foreign_keys=successor_id, remote_side=id)

    def existed_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class RoleSet(TypeDecorator[frozenset[Role]]):
    """The roles of a user in one column, so that a change of rights is one entry in the change log."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Iterable[Role] | None, _dialect: Dialect) -> str:
        return " ".join(sorted(role.value for role in value or ()))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> frozenset[Role]:
        return frozenset(Role(name) for name in (value or "").split())


def normal_login(text: str) -> str:
    """A login as it is kept and compared: case and white space around it make no difference."""
    return unicodedata.normalize("NFKC", text).strip().lower()


class User(UserMixin, Versioned, Model):
    """An account. `person_id` links it to the one person it may be."""

    __tablename__ = "user"
    __table_args__ = (Index("ix_user_sort", "sort_key", "id"),)
    __allow_unmapped__ = True  # for what is never stored

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    sort_key: Mapped[str] = mapped_column(String(400))
    email: Mapped[Name | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    enabled: Mapped[bool] = mapped_column(default=True)
    roles: Mapped[frozenset[Role]] = mapped_column(RoleSet)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), unique=True)
    locale: Mapped[str | None] = mapped_column(String(5))
    theme: Mapped[str | None] = mapped_column(String(5))

    organisation: Mapped[Organisation | None] = relationship()
    coordinations: Mapped[list["Coordination"]] = relationship(cascade="all, delete-orphan")

    session_token: str | None = None
    """The token of the session that loaded this user; never stored."""
    unread_notices: int = 0
    """How many notices there are to read, as that session was loaded; never stored."""

    @validates("name")
    def _follow(self, _key: str, name: str) -> str:
        self.sort_key = fold(name)
        return name

    @property
    def is_active(self) -> bool:
        return self.enabled

    def get_id(self) -> str:
        return self.session_token or ""

    @cached_property
    def actor(self) -> Actor:
        """The rights of this user as a value."""
        coordinated = self.coordinations if Role.COORDINATOR in self.roles else ()
        return Actor(
            user_id=self.id,
            roles=self.roles,
            organisation_id=self.organisation_id,
            person_id=self.person_id,
            coordinated=frozenset(link.organisation_id for link in coordinated),
        )


class Coordination(Model):
    """A coordinator looks after an organisation's projects."""

    __tablename__ = "coordination"
    __table_args__ = (Index("uq_coordination_pair", "user_id", "organisation_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    organisation: Mapped[Organisation] = relationship()


class UserSession(Unaudited, Model):
    """A login that the server can end; the cookie holds the token, this row only its hash."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()


class ApiToken(Model):
    """A bearer token with its user's rights; shown once, stored hashed."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[Name]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class FailedLogin(Unaudited, Model):
    """A failed attempt, counted for five minutes per account, per address and overall."""

    __tablename__ = "failed_login"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Name] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
