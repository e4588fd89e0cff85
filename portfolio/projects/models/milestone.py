"""Milestones, and the forecasts that make the milestone trend."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.extensions import Model, Versioned
from portfolio.web.columns import Title

if TYPE_CHECKING:
    from portfolio.projects.models.project import Project


class Milestone(Versioned, Model):
    """A planned result of a project; reached on a day, forecast at reporting dates until then."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[Title]
    planned_date: Mapped[date]
    reached_on: Mapped[date | None]

    project: Mapped["Project"] = relationship(back_populates="milestones")
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
