"""Projects with the services they work on and what they are built with."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, Index, String, Table, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portfolio.access.models import Organisation
from portfolio.catalogue.models import Service
from portfolio.extensions import Base, Model, Versioned
from portfolio.pool.models import Person
from portfolio.projects.models.milestone import Milestone
from portfolio.web.columns import Code, LongText, Name, Title, in_order
from portfolio.web.models import FederalState
from portfolio.web.text import fold

LONGEST_SORT_KEY = 600


class Phase(StrEnum):
    PRECHECK = "precheck"
    PREPARATION = "preparation"
    CONCEPT = "concept"
    IMPLEMENTATION = "implementation"
    PILOT = "pilot"
    ROLLOUT = "rollout"
    COMPLETED = "completed"
    DEFERRED = "deferred"
    CANCELLED = "cancelled"


CLOSED_PHASES = frozenset({Phase.COMPLETED, Phase.CANCELLED})


class DeliveryModel(StrEnum):
    EFA_REUSE_SECURED = "efa_reuse_secured"
    EFA_REUSE_OPEN = "efa_reuse_open"
    EFA_OWN = "efa_own"
    EFA_OPEN = "efa_open"
    OWN = "own"


EFA_MODELS = frozenset(DeliveryModel) - {DeliveryModel.OWN}
"""One state builds, others reuse: these have a state that builds."""


class FimStatus(StrEnum):
    """How far one of the three parts of a service is described by the FIM method."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RELEASED = "released"
    NOT_PLANNED = "not_planned"


class MaturityModel(StrEnum):
    """The version of the maturity model a value belongs to: 1.1 has levels 0 to 4, 2.0 has 0 to 7."""

    V1_1 = "1.1"
    V2_0 = "2.0"


project_technical_basis = Table(
    "project_technical_basis",
    Base.metadata,
    Column("project_id", ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    Column("technical_basis_id", ForeignKey("technical_basis.id"), primary_key=True, index=True),
)


class TechnicalBasis(Versioned, Model):
    """What projects can be built with, an editable list: ThAVEL, FIT-Connect."""

    __tablename__ = "technical_basis"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(String(LONGEST_SORT_KEY))


class Project(Versioned, Model):
    """A digitalisation project of an organisation."""

    __tablename__ = "project"
    __table_args__ = (
        in_order("start", '"end"'),
        CheckConstraint("priority BETWEEN 1 AND 4", name="priority_range"),
        Index("ix_project_sort", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Title]
    sort_key: Mapped[str] = mapped_column(String(LONGEST_SORT_KEY))
    goal: Mapped[LongText] = mapped_column(default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    phase: Mapped[Phase] = mapped_column(index=True)
    priority: Mapped[int] = mapped_column(default=3)
    start: Mapped[date]
    end: Mapped[date]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    delivery_model: Mapped[DeliveryModel | None]
    implementing_state: Mapped[FederalState | None]
    sdg_relevant: Mapped[bool | None]
    sdg_code: Mapped[Code | None]
    fim_service: Mapped[FimStatus | None]
    fim_process: Mapped[FimStatus | None]
    fim_data: Mapped[FimStatus | None]
    legal_basis: Mapped[str | None] = mapped_column(String(1000))
    file_reference: Mapped[Name | None]
    mandated_on: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()
    lead: Mapped[Person | None] = relationship(foreign_keys=lead_id)
    coordinator: Mapped[Person | None] = relationship(foreign_keys=coordinator_id)
    service_links: Mapped[list["ServiceLink"]] = relationship(
        back_populates="project", cascade="all, delete-orphan", order_by="ServiceLink.id"
    )
    technical_bases: Mapped[list[TechnicalBasis]] = relationship(
        secondary=project_technical_basis, order_by=TechnicalBasis.sort_key
    )
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="project", cascade="all, delete-orphan", order_by="Milestone.planned_date, Milestone.id"
    )

    @property
    def technical_basis_ids(self) -> tuple[int, ...]:
        return tuple(basis.id for basis in self.technical_bases)

    @property
    def is_closed(self) -> bool:
        """Whether the project takes no new assignments."""
        return self.phase in CLOSED_PHASES


@event.listens_for(Project, "before_insert")
@event.listens_for(Project, "before_update")
def _fold(_mapper: Mapper[Project], _connection: Connection, project: Project) -> None:
    """Keep what lists search and sort by: the folded title, then the code."""
    project.sort_key = fold(f"{project.title} {project.code}")[:LONGEST_SORT_KEY]


class ServiceLink(Model):
    """A service a project works on, with its maturity now and as aimed at."""

    __tablename__ = "service_link"
    __table_args__ = (Index("uq_service_link_pair", "project_id", "service_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    maturity_now: Mapped[int | None]
    maturity_target: Mapped[int | None]
    model: Mapped[MaturityModel] = mapped_column(default=MaturityModel.V1_1)
    as_of: Mapped[date | None]

    project: Mapped[Project] = relationship(back_populates="service_links")
    service: Mapped[Service] = relationship(lazy="joined", innerjoin=True)


@event.listens_for(TechnicalBasis, "before_insert")
@event.listens_for(TechnicalBasis, "before_update")
def _fold_name(_mapper: Mapper[TechnicalBasis], _connection: Connection, basis: TechnicalBasis) -> None:
    basis.sort_key = fold(basis.name)[:LONGEST_SORT_KEY]
