"""Reading projects for lists: only what a row shows, with a number of queries that rows do not change."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from portfolio.access.models import Organisation
from portfolio.access.policy import Actor
from portfolio.catalogue.models import Service
from portfolio.catalogue.queries import service_holds
from portfolio.extensions import db
from portfolio.planning.lights import Light
from portfolio.pool.models import Person
from portfolio.projects.models import (
    CLOSED_PHASES,
    DeliveryModel,
    Forecast,
    Milestone,
    Phase,
    Project,
    ServiceLink,
    TechnicalBasis,
)
from portfolio.projects.models.project import project_technical_basis
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
FURTHER = (
    *("priority", "delivery_model", "implementing_state", "sdg_relevant", "sdg_code", "fim_service", "fim_process"),
    *("fim_data", "legal_basis", "file_reference", "mandated_on", "goal"),
)
"""Columns that only the export shows."""
STAFFING = "staffing"
"""How many of its needs still lack somebody: as only some may know that, it is no column like the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; None and empty narrow nothing."""

    text: str = ""
    lead: str = ""
    phase: Phase | None = None
    running: bool = False
    organisation_id: int | None = None
    light: Light | None = None
    delivery_model: DeliveryModel | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class NeedCount:
    every: int
    lacking: int
    """Needs for which somebody is still wanted."""


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
    if filters.delivery_model is not None:
        found.append(Project.delivery_model == filters.delivery_model)
    if filters.light is not None:
        found.append(LIGHT.in_([filters.light]))
    if pieces(filters.service):
        found.append(Project.id.in_(_working_on(filters.service)))
    if named := pieces(filters.lead):
        found.append(Project.lead_id.in_(_persons_named(named)))
    statement = projects_visible_to(actor).where(*found)
    return running(statement) if filters.running else statement


def _working_on(service: str) -> Select[int]:
    return select(ServiceLink.project_id).join(ServiceLink.service).where(service_holds(service))


def _persons_named(named: Collection[str]) -> Select[int]:
    return select(Person.id).where(*(Person.sort_key.like(like(piece), escape="/") for piece in named))


def rows(actor: Actor, statement: Select[Project], sort: str) -> Select[*tuple[Any, ...]]:
    """A row for each project of `statement`: by the named column, "-" for downwards, else by title."""
    key = sort.removeprefix("-")
    column = _open_share(actor) if key == STAFFING else SORTS.get(key, Project.sort_key)
    direction = column.desc() if sort.startswith("-") else column.asc()
    if key in ("lead", STAFFING):
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


def _open_share(actor: Actor) -> ColumnElement[Any]:
    """Which share of the needs that `actor` sees lacks somebody; NULL where there is no need."""
    lacking = func.avg(case((Need.open, 100), else_=0))
    seen = needs_visible_to(actor).where(Need.project_id == Project.id).correlate(Project)
    return seen.with_only_columns(lacking).scalar_subquery()


def export_rows(actor: Actor, statement: Select[Project], sort: str) -> list[Row[Any]]:
    """Every project of `statement` with what its row shows, the coordinator, and all that is optional."""
    named = rows(actor, statement, sort).outerjoin(Coordinator, Project.coordinator_id == Coordinator.id)
    further = (getattr(Project, name) for name in FURTHER)
    return list(db.session.execute(named.add_columns(Coordinator.name.label("coordinator"), *further)))


def ids(statement: Select[Project]) -> Select[Any]:
    return statement.with_only_columns(Project.id)


def running(statement: Select[Project]) -> Select[Project]:
    """Without the projects that are completed or cancelled."""
    return statement.where(Project.phase.not_in(CLOSED_PHASES))


class RowPage(Pagination):
    """A page of rows, where `db.paginate` only knows objects."""

    def _query_items(self) -> list[Any]:
        asked = self._query_args
        statement = rows(asked["actor"], asked["statement"], asked["sort"])
        return list(db.session.execute(statement.limit(self.per_page).offset(self._query_offset)))

    def _query_count(self) -> int:
        counted = ids(self._query_args["statement"]).subquery()
        return db.session.scalar(select(func.count()).select_from(counted)) or 0


def page_of(actor: Actor, statement: Select[Project], sort: str, number: int) -> RowPage:
    """Page `number` of the list; 404 past the end."""
    return RowPage(page=min(number, LAST_PAGE), per_page=PER_PAGE, actor=actor, statement=statement, sort=sort)


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


def needs_counted(actor: Actor, project_ids: Ids) -> dict[int, NeedCount]:
    """By project id how many needs `actor` sees, and how many of them still lack somebody. One query at most."""
    if isinstance(project_ids, Collection) and not project_ids:
        return {}
    statement = (
        needs_visible_to(actor)
        .where(Need.project_id.in_(project_ids))
        .with_only_columns(Need.project_id, func.count(), func.sum(case((Need.open, 1), else_=0)))
        .group_by(Need.project_id)
    )
    return {project_id: NeedCount(every, lacking) for project_id, every, lacking in db.session.execute(statement)}


def services_of(project_ids: Ids) -> dict[int, list[Row[Any]]]:
    """By project id the services it works on, with their maturity, in the order they were added. One query."""
    columns = (Service.service_key, Service.name, ServiceLink.maturity_now, ServiceLink.maturity_target)
    statement = (
        select(ServiceLink.project_id, *columns, ServiceLink.model, ServiceLink.as_of)
        .join(ServiceLink.service)
        .where(ServiceLink.project_id.in_(project_ids))
        .order_by(ServiceLink.id)
    )
    return _by_project(statement)


def technical_bases_of(project_ids: Ids) -> dict[int, list[Row[Any]]]:
    """By project id the names of what it is built with. One query."""
    link = project_technical_basis.c
    statement = (
        select(link.project_id, TechnicalBasis.name)
        .join(TechnicalBasis, TechnicalBasis.id == link.technical_basis_id)
        .where(link.project_id.in_(project_ids))
        .order_by(TechnicalBasis.sort_key)
    )
    return _by_project(statement)


def _by_project(statement: Select[*tuple[Any, ...]]) -> dict[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row.project_id].append(row)
    return found


def organisations_with_projects(actor: Actor) -> list[tuple[int, str]]:
    """The organisations of the projects `actor` sees, to filter by: id and code with name."""
    seen = projects_visible_to(actor).with_only_columns(Project.organisation_id)
    statement = (
        select(Organisation.id, Organisation.code, Organisation.name)
        .where(Organisation.id.in_(seen))
        .order_by(Organisation.code, Organisation.id)
    )
    return [(identity, f"{code} – {name}") for identity, code, name in db.session.execute(statement)]
