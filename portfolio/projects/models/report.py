"""Status reports of a project."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.access.models import User
from portfolio.extensions import Model, Versioned
from portfolio.planning.lights import Light
from portfolio.projects.models.project import Project
from portfolio.web.columns import LongText

DIMENSIONS = ("overall", "dates", "cost", "scope", "staff")
"""What a status report has lights for, the whole first."""


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
