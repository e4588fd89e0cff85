"""The OZG catalogue: topic areas, service bundles, single services with their keys."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.extensions import Model, Versioned
from portfolio.web.columns import Code, Title


class ServiceKind(StrEnum):
    """What a key describes, read from its trailing zeros: object, object with action, with detail."""

    LO = "LO"
    LOV = "LOV"
    LOVD = "LOVD"


class TopicArea(Model):
    """One of the 14 Themenfelder."""

    __tablename__ = "topic_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Title]


class ServiceBundle(Versioned, Model):
    """An OZG-Leistung: a bundle of services under one five-digit id."""

    __tablename__ = "service_bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    ozg_id: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(1000))
    search_text: Mapped[str] = mapped_column(String(2000))
    situation: Mapped[Title | None]
    topic_area_id: Mapped[int | None] = mapped_column(ForeignKey("topic_area.id"), index=True)

    topic_area: Mapped[TopicArea | None] = relationship()
    services: Mapped[list["Service"]] = relationship(back_populates="bundle")


class Service(Versioned, Model):
    """A Leistung (LeiKa/FIM). The key is optional; without one, name and bundle identify it."""

    __tablename__ = "service"
    __table_args__ = (Index("ix_service_sort", "sort_key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_key: Mapped[str | None] = mapped_column(String(14), unique=True)
    name: Mapped[str] = mapped_column(String(1000))
    sort_key: Mapped[str] = mapped_column(String(200))
    search_text: Mapped[str] = mapped_column(String(2000))
    typing: Mapped[list[str]] = mapped_column(JSON, default=list)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("service_bundle.id"), index=True)
    legal_basis: Mapped[str | None] = mapped_column(String(1000))

    bundle: Mapped[ServiceBundle | None] = relationship(back_populates="services")

    @property
    def kind(self) -> ServiceKind | None:
        """LO, LOV or LOVD, derived from the key."""
        if not self.service_key:
            return None
        if self.service_key.endswith("000000"):
            return ServiceKind.LO
        return ServiceKind.LOV if self.service_key.endswith("000") else ServiceKind.LOVD
