"""Projects with their services, milestones, the forecasts that make the milestone trend, and status reports."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portfolio.access.models import Organisation, User
from portfolio.catalogue.models import Service
from portfolio.extensions import Model, Versioned
from portfolio.planning.lights import Light
from portfolio.pool.models import Person
from portfolio.web.columns import Code, LongText, Title, in_order
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


DIMENSIONS = ("overall", "dates", "cost", "scope", "staff")
"""What a status report has lights for, the whole first."""


class DeliveryModel(StrEnum):
    EFA_REUSE_SECURED = "efa_reuse_secured"
    EFA_REUSE_OPEN = "efa_reuse_open"
    EFA_OWN = "efa_own"
    EFA_OPEN = "efa_open"
    OWN = "own"


class MaturityModel(StrEnum):
    """The version of the maturity model a value belongs to: 1.1 has levels 0 to 4, 2.0 has 0 to 7."""

    V1_1 = "1.1"
    V2_0 = "2.0"


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

    organisation: Mapped[Organisation] = relationship()
    lead: Mapped[Person | None] = relationship(foreign_keys=lead_id)
    coordinator: Mapped[Person | None] = relationship(foreign_keys=coordinator_id)
    service_links: Mapped[list["ServiceLink"]] = relationship(
        back_populates="project", cascade="all, delete-orphan", order_by="ServiceLink.id"
    )
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="project", cascade="all, delete-orphan", order_by="Milestone.planned_date, Milestone.id"
    )

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

    project: Mapped[Project] = relationship(back_populates="service_links")
    service: Mapped[Service] = relationship()


class Milestone(Versioned, Model):
    """A planned result of a project; reached on a day, forecast at reporting dates until then."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[Title]
    planned_date: Mapped[date]
    reached_on: Mapped[date | None]

    project: Mapped[Project] = relationship(back_populates="milestones")
    forecasts: Mapped[list["Forecast"]] = relationship(
        back_populates="milestone", cascade="all, delete-orphan", order_by="Forecast.reporting_date"
    )

    @property
    def forecast_date(self) -> date | None:
        """What the latest reporting date forecast; None before the first."""
        return self.forecasts[-1].date if self.forecasts else None

    @property
    def expected(self) -> date:
        """The date one reckons with: the latest forecast, else the plan."""
        return self.forecast_date or self.planned_date


class Forecast(Versioned, Model):
    """The date expected for a milestone as of a reporting date. One for each, never overwritten by a later one."""

    __tablename__ = "forecast"
    __table_args__ = (Index("uq_forecast_reporting_date", "milestone_id", "reporting_date", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"))
    reporting_date: Mapped[date]
    date: Mapped[date]
    cause: Mapped[str | None] = mapped_column(String(500))
    comment: Mapped[str | None] = mapped_column(String(2000))

    milestone: Mapped[Milestone] = relationship(back_populates="forecasts")


class StatusReport(Versioned, Model):
    """How a project stood on a day, in five lights and words. Released it is frozen; a correction is a new report."""

    __tablename__ = "status_report"
    __table_args__ = (Index("ix_status_report_latest", "project_id", "as_of", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    as_of: Mapped[date]
    overall: Mapped[Light]
    dates: Mapped[Light]
    cost: Mapped[Light]
    scope: Mapped[Light]
    staff: Mapped[Light]
    achieved: Mapped[LongText] = mapped_column(default="")
    next: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")
    risks: Mapped[LongText] = mapped_column(default="")
    measures: Mapped[LongText] = mapped_column(default="")
    decisions_needed: Mapped[LongText] = mapped_column(default="")
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))

    project: Mapped[Project] = relationship()
    released_by: Mapped[User | None] = relationship()

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def lights(self) -> dict[str, Light]:
        """The lights by dimension, that of the whole first."""
        return {dimension: getattr(self, dimension) for dimension in DIMENSIONS}
