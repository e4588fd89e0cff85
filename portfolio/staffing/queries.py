"""Reading needs and assignments: statements with their loads stated, and small look-ups."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portfolio.access.models import Organisation
from portfolio.extensions import db
from portfolio.staffing.models import Assignment, AssignmentState, Need, Override


def parents() -> dict[int, int | None]:
    """Of every organisation the one above it."""
    return dict(db.session.execute(select(Organisation.id, Organisation.parent_id)).tuples())


def with_names(statement: Select[Assignment]) -> Select[Assignment]:
    """Assignments with what their pages and their warnings name: person, project, need, skill."""
    return statement.options(
        joinedload(Assignment.person),
        joinedload(Assignment.project),
        joinedload(Assignment.need).joinedload(Need.skill),
    )


def bookings() -> Select[Assignment]:
    """Assignments that book capacity: all but the declined."""
    return select(Assignment).where(Assignment.state != AssignmentState.DECLINED)


def is_staffed(need: Need) -> bool:
    """Whether anybody is assigned to the need."""
    statement = bookings().with_only_columns(Assignment.id).where(Assignment.need_id == need.id)
    return db.session.scalar(statement.limit(1)) is not None


def overrides_of(assignment: Assignment) -> list[Override]:
    """What was allowed beyond the pool share for this assignment, in the order it was allowed."""
    statement = select(Override).where(Override.assignment_id == assignment.id).order_by(Override.id)
    return list(db.session.scalars(statement))
