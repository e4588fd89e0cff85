"""Needs of projects and assignments of persons; triggers carry every booking into the ledger (`pool.PersonWeek`)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.extensions import Model, Versioned
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, Skill
from portfolio.projects.models import Project
from portfolio.web.columns import Name, Share, in_order, share_between


class AssignmentState(StrEnum):
    PROPOSED = "proposed"
    REQUESTED = "requested"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    DECLINED = "declined"


class AssignmentForm(StrEnum):
    """The legal form of the work for another authority."""

    MATRIX = "matrix"
    PARTIAL_SECONDMENT = "partial_secondment"
    SECONDMENT = "secondment"
    TRANSFER = "transfer"
    EXTERNAL = "external"


class NeedColumns:
    """What a need says, whether asked for in a request or held by a project."""

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    kind: Mapped[NeedKind] = mapped_column(default=NeedKind.STEADY)
    share: Mapped[Share]
    person_days: Mapped[int | None]
    from_week: Mapped[Week]
    to_week: Mapped[Week]
    priority: Mapped[int] = mapped_column(default=3)
    mandatory: Mapped[bool] = mapped_column(default=False)


def need_constraints() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("level BETWEEN 0 AND 4", name="level_range"),
        share_between("share"),
        CheckConstraint("priority BETWEEN 1 AND 4", name="priority_range"),
        CheckConstraint("person_days IS NULL OR person_days >= 1", name="person_days_positive"),
        in_order("from_week", "to_week"),
    )


class Need(NeedColumns, Versioned, Model):
    """A skill a project needs, at a level, over weeks.

    `open` is kept by triggers: the project is not closed, and somewhere in the window nobody is assigned to a part.
    """

    __tablename__ = "need"
    __table_args__ = (*need_constraints(), Index("ix_need_open", "open", "from_week", "priority", "id"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    open: Mapped[bool] = mapped_column(default=True)

    project: Mapped[Project] = relationship()
    skill: Mapped[Skill] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="need", order_by="Assignment.from_week")


class Assignment(Versioned, Model):
    """A person works on a project with a share, from a week to a week, both included."""

    __tablename__ = "assignment"
    __table_args__ = (
        share_between("share"),
        in_order("from_week", "to_week"),
        Index("ix_assignment_weeks", "person_id", "from_week", "to_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="SET NULL"), index=True)
    share: Mapped[Share]
    from_week: Mapped[Week]
    to_week: Mapped[Week]
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.PROPOSED)
    form: Mapped[AssignmentForm] = mapped_column(default=AssignmentForm.MATRIX)
    agreed_on: Mapped[date | None]
    agreement_reference: Mapped[Name | None]

    person: Mapped[Person] = relationship()
    project: Mapped[Project] = relationship()
    need: Mapped[Need | None] = relationship(back_populates="assignments")

    @property
    def books(self) -> bool:
        """Whether it takes capacity: all but the declined do."""
        return self.state is not AssignmentState.DECLINED


class Override(Model):
    """Why the CIO office booked a person beyond their pool share.

    A trigger on this table is the only thing that widens the ledger: what is not logged here cannot be over-booked.
    """

    __tablename__ = "booking_override"
    __table_args__ = (share_between("share"), in_order("from_week", "to_week"))

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_week: Mapped[Week]
    to_week: Mapped[Week]
    share: Mapped[Share]
    reason: Mapped[str] = mapped_column(String(1000))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
