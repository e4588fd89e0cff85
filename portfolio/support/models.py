"""Requests of ministries for support, with the needs they name and the conversation about them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portfolio.access.models import Organisation, User
from portfolio.catalogue.models import Service
from portfolio.extensions import Base, Model, Versioned
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Skill
from portfolio.projects.models import Project
from portfolio.staffing.models import NeedColumns, need_constraints
from portfolio.web.columns import LongText, Name, Share, Title, in_order, share_between
from portfolio.web.text import fold


class RequestState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUESTION = "question"
    COUNTER_OFFERED = "counter_offered"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class CommentKind(StrEnum):
    """What a message in the conversation does: only comments leave the state as it is."""

    COMMENT = "comment"
    QUESTION = "question"
    ANSWER = "answer"
    REJECTION = "rejection"
    COUNTER_OFFER = "counter_offer"
    DECLINE = "decline"


class Outcome(StrEnum):
    """How the CIO office decided."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    COUNTER_OFFERED = "counter_offered"
    REJECTED = "rejected"


class Rule(StrEnum):
    """What tipped the scales, as whoever decided says."""

    NONE = "none"
    LEGAL_DEADLINE = "legal_deadline"
    VALUE = "value"
    FAIRNESS = "fairness"
    CAPACITY = "capacity"


request_service = Table(
    "request_service",
    Base.metadata,
    Column("request_id", ForeignKey("support_request.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True, index=True),
)


class SupportRequest(Versioned, Model):
    """An Unterstützungsanfrage. A draft may be incomplete; submitting checks it."""

    __tablename__ = "support_request"
    __table_args__ = (
        in_order("from_week", "to_week"),
        Index("ix_support_request_sort", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Title] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(String(600), default="")
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    description: Mapped[LongText] = mapped_column(default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    from_week: Mapped[Week | None]
    to_week: Mapped[Week | None]
    deadline: Mapped[date | None]
    state: Mapped[RequestState] = mapped_column(default=RequestState.DRAFT, index=True)
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)

    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[User | None] = relationship(foreign_keys=created_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    project: Mapped[Project | None] = relationship()
    services: Mapped[list[Service]] = relationship(secondary=request_service, order_by=Service.sort_key)
    all_needs: Mapped[list["RequestNeed"]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="RequestNeed.id"
    )
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="Comment.id"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="request", order_by="Decision.number", passive_deletes="all"
    )

    @validates("title", "description")
    def _fold(self, name: str, value: str) -> str:
        """Keep the texts to sort and search by in step with title and description."""
        texts = {"title": self.title or "", "description": self.description or "", name: value}
        self.sort_key = fold(texts["title"])[:600]
        self.search_text = fold(f"{texts['title']} {texts['description']}")
        return value

    @property
    def needs(self) -> list["RequestNeed"]:
        """What the ministry asks for."""
        return [need for need in self.all_needs if not need.offered]

    @property
    def offered_needs(self) -> list["RequestNeed"]:
        """What the CIO office offers instead, while a counter-offer stands."""
        return [need for need in self.all_needs if need.offered]


class RequestNeed(NeedColumns, Model):
    """A need named in a request; `accepted` once the CIO office decided, `offered` while part of a counter-offer."""

    __tablename__ = "request_need"
    __table_args__ = need_constraints()

    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"), index=True)
    accepted: Mapped[bool | None]
    offered: Mapped[bool] = mapped_column(default=False)

    request: Mapped[SupportRequest] = relationship(back_populates="all_needs")
    skill: Mapped[Skill] = relationship()


class NeedTemplate(Versioned, Model):
    """A set of needs that starts a request, such as "Standardteam Online-Antrag"."""

    __tablename__ = "need_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(String(400))

    rows: Mapped[list["NeedTemplateRow"]] = relationship(
        back_populates="template", cascade="all, delete-orphan", order_by="NeedTemplateRow.position"
    )


class NeedTemplateRow(Model):
    """A need without weeks: it takes those of the request. `position` counts from 1."""

    __tablename__ = "need_template_row"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 4", name="level_range"),
        share_between("share"),
        CheckConstraint("person_days IS NULL OR person_days >= 1", name="person_days_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("need_template.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    kind: Mapped[NeedKind] = mapped_column(default=NeedKind.STEADY)
    share: Mapped[Share]
    person_days: Mapped[int | None]
    mandatory: Mapped[bool] = mapped_column(default=False)

    template: Mapped[NeedTemplate] = relationship(back_populates="rows")
    skill: Mapped[Skill] = relationship()


class Comment(Versioned, Model):
    """A message in the conversation between ministry and CIO office."""

    __tablename__ = "request_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CommentKind] = mapped_column(default=CommentKind.COMMENT)
    text: Mapped[str] = mapped_column(String(10_000))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]

    request: Mapped[SupportRequest] = relationship(back_populates="comments")
    author: Mapped[User | None] = relationship()


class Decision(Model):
    """The record of a decision: what was known, what else could have been done, the rule and the reason.

    Triggers refuse to change it, and to delete it without its request; only who decided may be forgotten. `facts` holds
    numbers and the words needed to read them, never the name of anybody in the pool (see `support.facts`).
    """

    __tablename__ = "decision"
    __table_args__ = (Index("uq_decision_number", "request_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"))
    number: Mapped[int]
    outcome: Mapped[Outcome]
    rule: Mapped[Rule] = mapped_column(default=Rule.NONE)
    reason: Mapped[LongText] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    facts_digest: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    request: Mapped[SupportRequest] = relationship(back_populates="decisions")
    decided_by: Mapped[User | None] = relationship()
