"""What the forms of the pool send, and rows around this week."""

from collections.abc import Sequence

from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.projects.models import Project
from portfolio.staffing.models import Assignment, Override
from portfolio.web import clock
from tests import factories

NOW = clock.this_week()


def person(name: str, *shares: tuple[Week, Week | None, int], **values: object) -> Person:
    """A person with exactly these pool shares."""
    made = factories.person(name, pool_share=None, **values)
    made.pool_shares = [PoolShare(from_week=first, to_week=last, share=share) for first, last, share in shares]
    db.session.flush()
    return made


def booked(of: Person, share: int, first: Week, last: Week, on: Project | None = None) -> Assignment:
    project = on or factories.project()
    return factories.assignment(of, project, share=share, from_week=first, to_week=last)


def allowed_beyond(of: Person, share: int, first: Week, last: Week) -> None:
    """A logged override, so that more can be booked than the pool share."""
    db.session.add(
        Override(person_id=of.id, from_week=first, to_week=last, share=share, reason="Frist", at=clock.now())
    )
    db.session.flush()


def shares_form(of: Person, *rows: Sequence[object], **more: str) -> dict[str, str]:
    """As it is sent from a page that was opened just now."""
    return {"version": str(of.version)} | _fields("pool_shares", ("from_week", "to_week", "share"), rows) | more


def levels_form(of: Person, *rows: Sequence[object], **more: str) -> dict[str, str]:
    names = ("skill_id", "level", "valid_from_week", "valid_to_week", "evidence")
    return {"version": str(of.version)} | _fields("skills", names, rows) | more


def _fields(prefix: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, str]:
    return {
        f"{prefix}-{number}-{name}": str(value)
        for number, row in enumerate(rows)
        for name, value in zip(names, row, strict=False)
    }


def stored_shares(of: Person) -> list[tuple[Week, Week | None, int]]:
    rows = db.session.scalars(select(PoolShare).where(PoolShare.person_id == of.id).order_by(PoolShare.from_week))
    return [(row.from_week, row.to_week, row.share) for row in rows]


def conflicts(of: Person) -> dict[Week, int]:
    """By week what a pool share that shrank has left open."""
    open_weeks = select(PersonWeek).where(PersonWeek.person_id == of.id, PersonWeek.conflict_share > 0)
    return {entry.week: entry.conflict_share for entry in db.session.scalars(open_weeks)}
