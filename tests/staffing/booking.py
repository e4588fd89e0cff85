"""Short ways to book in tests."""

from typing import Any

from portfolio.access.models import User
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, PersonWeek
from portfolio.projects.models import Project
from portfolio.staffing import services
from portfolio.staffing.models import Assignment
from portfolio.staffing.services import AssignmentData
from tests.factories import FIRST_WEEK


def data(person: Person, project: Project, **values: Any) -> AssignmentData:
    defaults = {"share": 40, "from_week": FIRST_WEEK, "to_week": FIRST_WEEK + 3}
    return AssignmentData(person_id=person.id, project_id=project.id, **defaults | values)


def data_of(assignment: Assignment, **changes: Any) -> AssignmentData:
    """What the assignment says, with some changes."""
    names = ("need_id", "share", "from_week", "to_week", "state", "form")
    return data(assignment.person, assignment.project, **{name: getattr(assignment, name) for name in names} | changes)


def assign(person: Person, project: Project, by: User, reason: str | None = None, **values: Any) -> Assignment:
    return services.assign(data(person, project, **values), by.actor, reason)


def ledger_row(person: Person, week: Week = FIRST_WEEK) -> tuple[int, int, int]:
    """Booked, allowed by override, and left open, in percent."""
    entry = db.session.get(PersonWeek, (person.id, week), populate_existing=True)
    return (entry.booked, entry.override_share, entry.conflict_share) if entry else (0, 0, 0)
