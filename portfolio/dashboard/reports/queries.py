"""Reading status reports with what their pages name."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.projects.models import Project, StatusReport
from portfolio.staffing.visibility import reports_visible_to


def with_project(statement: Select[StatusReport]) -> Select[StatusReport]:
    """With the project as its pages name it, and who released it."""
    project = joinedload(StatusReport.project)
    people = (project.joinedload(each) for each in (Project.organisation, Project.lead, Project.coordinator))
    return statement.options(*people, joinedload(StatusReport.released_by))


def reports_of(project: Project, actor: Actor) -> Sequence[StatusReport]:
    """The reports of a project that `actor` may read, the latest first."""
    of_project = reports_visible_to(actor).where(StatusReport.project_id == project.id)
    return db.session.scalars(of_project.order_by(StatusReport.as_of.desc(), StatusReport.id.desc())).all()


def latest_released(project: Project) -> StatusReport | None:
    """What the lights of the project stand on."""
    released = select(StatusReport).where(StatusReport.project_id == project.id, StatusReport.released_at.is_not(None))
    return db.session.scalar(released.order_by(StatusReport.as_of.desc(), StatusReport.id.desc()).limit(1))
