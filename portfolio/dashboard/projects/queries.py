"""Reading projects for lists: only what a row shows, with a number of queries that rows do not change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from portfolio.access.models import Organisation
from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.pool.models import Person
from portfolio.projects.models import CLOSED_PHASES, Forecast, Milestone, Phase, Project
from portfolio.projects.queries import LIGHT
from portfolio.staffing.models import Need
from portfolio.staffing.visibility import needs_visible_to, projects_visible_to
from portfolio.web.paging import LAST_PAGE, PER_PAGE
from portfolio.web.text import like, pieces

Ids: TypeAlias = Collection[int] | Select[Any]
Condition = ColumnElement[bool]

Lead = aliased(Person)
Coordinator = aliased(Person)
_PHASE_ORDER = case({phase: place for place, phase in enumerate(Phase)}, value=Project.phase)
_LIGHT_ORDER = case({light: place for place, light in enumerate(Light)}, value=LIGHT, else_=-1)
SORTS: Mapping[str, Any] = {
    "code": Project.code,
    "title": Project.sort_key,
    "organisation": Organisation.code,
    "phase": _PHASE_ORDER,
    "start": Project.start,
    "end": Project.end,
    "lead": Lead.sort_key,
    "light": _LIGHT_ORDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; None and empty narrow nothing."""

    text: str = ""
    lead: str = ""
    phase: Phase | None = None
    running: bool = False
    organisation_id: int | None = None
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class NextMilestone:
    title: str
    planned: date
    expected: date

    @property
    def deviation(self) -> int:
        """Days later than planned; negative when earlier."""
        return (self.expected - self.planned).days


def matching(actor: Actor, filters: Filters) -> Select[Project]:
    """The projects `actor` sees, narrowed."""
    found: list[Condition] = [Project.sort_key.like(like(piece), escape="/") for piece in pieces(filters.text)]
    if filters.phase is not None:
        found.append(Project.phase == filters.phase)
    if filters.organisation_id is not None:
        found.append(Project.organisation_id == filters.organisation_id)
    if filters.light is not None:
        found.append(LIGHT.in_([filters.light]))
    if named := pieces(filters.lead):
        found.append(Project.lead_id.in_(_persons_named(named)))
    statement = projects_visible_to(actor).where(*found)
    return running(statement) if filters.running else statement


def _persons_named(named: Collection[str]) -> Select[int]:
    return select(Person.id).where(*(Person.sort_key.like(like(piece), escape="/") for piece in named))


def rows(statement: Select[Project], sort: str) -> Select[*tuple[Any, ...]]:
    """A row for each project of `statement`: by the named column, "-" for downwards, else by title."""
    column = SORTS.get(sort.removeprefix("-"), Project.sort_key)
    direction = column.desc() if sort.startswith("-") else column.asc()
    if column is SORTS["lead"]:
        direction = direction.nulls_last()  # elsewhere it would keep SQLite from using the index
    return (
        statement.join(Project.organisation)
        .outerjoin(Lead, Project.lead_id == Lead.id)
        .with_only_columns(
            Project.id,
            Project.code,
            Project.title,
            Project.phase,
            Project.start,
            Project.end,
            Organisation.code.label("organisation"),
            Organisation.name.label("organisation_name"),
            Lead.name.label("lead"),
            LIGHT.label("light"),
        )
        .order_by(direction, Project.id)
    )


def export_rows(statement: Select[Project], sort: str) -> list[Row[Any]]:
    """Every project of `statement` with what its row shows, and the coordinator."""
    named = rows(statement, sort).outerjoin(Coordinator, Project.coordinator_id == Coordinator.id)
    return list(db.session.execute(named.add_columns(Coordinator.name.label("coordinator"))))


def ids(statement: Select[Project]) -> Select[Any]:
    return statement.with_only_columns(Project.id)


def running(statement: Select[Project]) -> Select[Project]:
    """Without the projects that are completed or cancelled."""
    return statement.where(Project.phase.not_in(CLOSED_PHASES))


class RowPage(Pagination):
    """A page of rows, where `db.paginate` only knows objects."""

    def _query_items(self) -> list[Any]:
        statement = rows(self._query_args["statement"], self._query_args["sort"])
        return list(db.session.execute(statement.limit(self.per_page).offset(self._query_offset)))

    def _query_count(self) -> int:
        counted = ids(self._query_args["statement"]).subquery()
        return db.session.scalar(select(func.count()).select_from(counted)) or 0


def page_of(statement: Select[Project], sort: str, number: int) -> RowPage:
    """Page `number` of the list; 404 past the end."""
    return RowPage(page=min(number, LAST_PAGE), per_page=PER_PAGE, statement=statement, sort=sort)


def _next_milestones(of_projects: Condition) -> Select[*tuple[Any, ...]]:
    """The unreached milestone of each project that is expected first: by its latest forecast, else by its plan."""
    latest = (
        select(Forecast.date)
        .where(Forecast.milestone_id == Milestone.id)
        .order_by(Forecast.reporting_date.desc())
        .limit(1)
        .correlate(Milestone)
        .scalar_subquery()
    )
    expected = func.coalesce(latest, Milestone.planned_date, type_=Milestone.planned_date.type).label("expected")
    place = func.row_number().over(partition_by=Milestone.project_id, order_by=(expected, Milestone.id))
    columns = (Milestone.project_id, Milestone.title, Milestone.planned_date, expected, place.label("place"))
    found = select(*columns).where(of_projects, Milestone.reached_on.is_(None)).subquery().columns
    return select(found.project_id, found.title, found.planned_date, found.expected).where(found.place == 1)


# Built once: putting this statement together takes longer than running it for a page.
_OF_A_PAGE = _next_milestones(Milestone.project_id.in_(bindparam("project_ids", expanding=True)))


def next_milestones(project_ids: Sequence[int]) -> dict[int, NextMilestone]:
    """By project id the milestone expected next. One query, none for no project."""
    found = db.session.execute(_OF_A_PAGE, {"project_ids": project_ids}) if project_ids else ()
    return {project_id: NextMilestone(*values) for project_id, *values in found}


def next_milestones_of_all(statement: Select[Project]) -> dict[int, NextMilestone]:
    """The same for every project of `statement`."""
    found = db.session.execute(_next_milestones(Milestone.project_id.in_(ids(statement))))
    return {project_id: NextMilestone(*values) for project_id, *values in found}


def open_needs(actor: Actor, project_ids: Ids) -> dict[int, int]:
    """By project id how many of the needs `actor` sees still lack somebody. One query."""
    statement = (
        needs_visible_to(actor)
        .where(Need.open, Need.project_id.in_(project_ids))
        .with_only_columns(Need.project_id, func.count())
        .group_by(Need.project_id)
    )
    counted = db.session.execute(statement)
    return {project_id: count for project_id, count in counted}  # noqa: C416  (rows are no pairs to mypy)


def organisations_with_projects(actor: Actor) -> list[tuple[int, str]]:
    """The organisations of the projects `actor` sees, to filter by: id and code with name."""
    seen = projects_visible_to(actor).with_only_columns(Project.organisation_id)
    statement = (
        select(Organisation.id, Organisation.code, Organisation.name)
        .where(Organisation.id.in_(seen))
        .order_by(Organisation.code, Organisation.id)
    )
    return [(identity, f"{code} – {name}") for identity, code, name in db.session.execute(statement)]
