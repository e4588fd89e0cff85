"""Persons, what they can do, how much of them may be planned, and when they are away (never why)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.access.models import Organisation, User
from portfolio.extensions import Model, Unaudited, Versioned
from portfolio.planning.weeks import Week
from portfolio.web.columns import Code, Name, Share, in_order, share_between

HIGHEST_LEVEL = 4


class Skill(Versioned, Model):
    """An entry of the skill catalogue."""

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    area: Mapped[Name]
    sort_key: Mapped[str] = mapped_column(String(400))


class Person(Versioned, Model):
    """Somebody who can lead, coordinate or work in projects. Private data have no place here."""

    __tablename__ = "person"
    __table_args__ = (
        share_between("contract_share"),
        CheckConstraint("max_parallel BETWEEN 1 AND 20", name="max_parallel_range"),
        Index("ix_person_sort", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    sort_key: Mapped[str] = mapped_column(String(400))
    email: Mapped[Name | None]
    home_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    location: Mapped[Name | None]
    contract_share: Mapped[Share] = mapped_column(default=100)
    max_parallel: Mapped[int] = mapped_column(default=2)
    active: Mapped[bool] = mapped_column(default=True)

    home_organisation: Mapped[Organisation | None] = relationship()
    pool_shares: Mapped[list["PoolShare"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="PoolShare.from_week"
    )
    skills: Mapped[list["PersonSkill"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="PersonSkill.id"
    )
    absences: Mapped[list["Absence"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Absence.from_date"
    )

    @property
    def person_id(self) -> int:
        """The person this row is about, as the policy asks it."""
        return self.id


class PoolShare(Model):
    """How much of a person may be planned, from a week on, to a week or without end. Rows never overlap."""

    __tablename__ = "pool_share"
    __table_args__ = (
        share_between("share", 0),
        in_order("from_week", "to_week"),
        Index("ix_pool_share_person", "person_id", "from_week", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    from_week: Mapped[Week]
    to_week: Mapped[Week | None]
    share: Mapped[Share]

    person: Mapped[Person] = relationship(back_populates="pool_shares")

    def covers(self, week: Week) -> bool:
        return self.from_week <= week and (self.to_week is None or week <= self.to_week)

    def ended_before(self, week: Week) -> bool:
        return self.to_week is not None and self.to_week < week


class Validity(StrEnum):
    """What the weeks of a skill say of a week. Upcoming and ended ones do not count."""

    UPCOMING = "upcoming"
    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"


class PersonSkill(Model):
    """A skill of a person: level 0 to 4, self-assessed; confirmed once evidence was seen with the person's consent."""

    ENDING_WITHIN = 12  # weeks

    __tablename__ = "person_skill"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 4", name="level_range"),
        in_order("valid_from_week", "valid_to_week"),
        Index("ix_person_skill_person", "person_id", "skill_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    valid_from_week: Mapped[Week | None]
    valid_to_week: Mapped[Week | None]
    confirmed_on: Mapped[date | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    consent: Mapped[bool] = mapped_column(default=False)
    evidence: Mapped[str | None] = mapped_column(String(1000))

    person: Mapped[Person] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()
    confirmed_by: Mapped[User | None] = relationship()

    def validity(self, week: Week) -> Validity:
        """As seen from `week`."""
        if self.valid_from_week is not None and week < self.valid_from_week:
            return Validity.UPCOMING
        if self.valid_to_week is None:
            return Validity.VALID
        if self.valid_to_week < week:
            return Validity.ENDED
        return Validity.ENDING if self.valid_to_week < week + self.ENDING_WITHIN else Validity.VALID


class Absence(Versioned, Model):
    """Days on which a person is not available. There is no reason field, by design."""

    __tablename__ = "absence"
    __table_args__ = (in_order("from_date", "to_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    from_date: Mapped[date]
    to_date: Mapped[date]

    person: Mapped[Person] = relationship(back_populates="absences")


class PersonWeek(Unaudited, Model):
    """The ledger: what is booked of a person in a week, against what may be.

    Triggers on `assignment`, `pool_share` and `booking_override` write it; no interleaving of transactions can pass the
    CHECK. `override_share` is what a logged decision allows beyond the pool share; `conflict_share` is what a shrunken
    pool share left open. The triggers trim both as soon as less is needed.
    """

    __tablename__ = "person_week"
    __table_args__ = (
        CheckConstraint("booked <= pool_share + override_share + conflict_share", name="not_overbooked"),
        CheckConstraint(
            "booked >= 0 AND pool_share >= 0 AND override_share >= 0 AND conflict_share >= 0", name="not_negative"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[Week] = mapped_column(primary_key=True)
    pool_share: Mapped[Share]
    booked: Mapped[Share]
    override_share: Mapped[Share] = mapped_column(default=0)
    conflict_share: Mapped[Share] = mapped_column(default=0, index=True)
