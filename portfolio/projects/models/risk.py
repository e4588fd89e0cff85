"""The risks of a project, as its lead and coordinator keep them."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.extensions import Model, Versioned
from portfolio.projects.models.project import Project
from portfolio.web.columns import LongText, Name, Title


class RiskLevel(StrEnum):
    """How likely a risk is, and how much it would do; from the least to the most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class RiskState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Risk(Versioned, Model):
    """What may go wrong, and what is done about it. `owner` is a role, not an account: whoever fills it changes."""

    __tablename__ = "risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    title: Mapped[Title]
    likelihood: Mapped[RiskLevel]
    impact: Mapped[RiskLevel]
    measure: Mapped[LongText] = mapped_column(default="")
    owner: Mapped[Name | None]
    due: Mapped[date | None]
    state: Mapped[RiskState] = mapped_column(default=RiskState.OPEN)

    project: Mapped[Project] = relationship()

    @property
    def is_open(self) -> bool:
        return self.state is RiskState.OPEN

    @property
    def weight(self) -> int:
        """Likelihood times impact, from 1 to 9: by what risks are put in order."""
        levels = list(RiskLevel)
        return (levels.index(self.likelihood) + 1) * (levels.index(self.impact) + 1)
