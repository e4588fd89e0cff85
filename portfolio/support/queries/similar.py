"""Projects like the one a request asks for, and what they have in common with it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, case, distinct, func, or_, select
from sqlalchemy.orm import joinedload

from portfolio.catalogue.models import Service
from portfolio.extensions import db
from portfolio.planning.coverage import Coverage, together
from portfolio.planning.lights import Light
from portfolio.projects.models import Project, ServiceLink
from portfolio.projects.queries import LIGHT
from portfolio.staffing.models import Need
from portfolio.staffing.outlook import coverage_of
from portfolio.support.models import SupportRequest

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A project with what it shares with a request; without needs it has no coverage."""

    project: Project
    light: Light | None
    services: tuple[str, ...]
    """Names of the services both are about."""
    bundles: int
    """OZG bundles both have a service of, beyond the services themselves."""
    skills: tuple[str, ...]
    """Names of the skills both ask for."""
    same_ministry: bool
    coverage: Coverage | None


def similar_projects(request: SupportRequest) -> list[Similar]:
    """The most similar first: by services in common, then bundles, then skills, then the ministry. Five queries.

    The ministry alone makes no project similar.
    """
    found = db.session.execute(_ranked(request)).all()
    ids = [row.Project.id for row in found]
    if not ids:
        return []
    services, needs = _services(ids, {service.id for service in request.services}), _needs(ids)
    covered = coverage_of([need for own in needs.values() for need in own])
    asked = {need.skill_id for need in request.needs}
    return [
        Similar(
            project=project,
            light=light,
            services=tuple(services[project.id]),
            bundles=bundles if not services[project.id] else 0,
            skills=tuple(sorted({need.skill.name for need in needs[project.id] if need.skill_id in asked})),
            same_ministry=project.organisation_id == request.organisation_id,
            coverage=together(covered[need.id] for need in needs[project.id]) if needs[project.id] else None,
        )
        for project, light, bundles in found
    ]


def _ranked(request: SupportRequest) -> Select[Project, Light, Any]:
    parts = _shared_services(request), _shared_bundles(request), _shared_skills(request)
    counts = [func.coalesce(part.c.shared, 0) for part in parts]
    statement = select(Project, LIGHT, counts[1]).where(or_(*(count > 0 for count in counts)))
    for part in parts:
        statement = statement.outerjoin(part, part.c.project_id == Project.id)
    of_ministry = case((Project.organisation_id == request.organisation_id, 0), else_=1)
    order = (*(count.desc() for count in counts), of_ministry, Project.end.desc(), Project.id)
    return statement.options(joinedload(Project.organisation)).order_by(*order).limit(SHOWN)


def _shared_services(request: SupportRequest) -> Subquery:
    """Project id and how many services of the request it is about; likewise below."""
    row, wanted = ServiceLink, {service.id for service in request.services}
    counted = select(row.project_id, func.count().label("shared")).where(row.service_id.in_(wanted))
    return counted.group_by(row.project_id).subquery()


def _shared_bundles(request: SupportRequest) -> Subquery:
    row, wanted = ServiceLink, {service.bundle_id for service in request.services if service.bundle_id is not None}
    counted = select(row.project_id, func.count(distinct(Service.bundle_id)).label("shared")).join(row.service)
    return counted.where(Service.bundle_id.in_(wanted)).group_by(row.project_id).subquery()


def _shared_skills(request: SupportRequest) -> Subquery:
    row, wanted = Need, {need.skill_id for need in request.needs}
    counted = select(row.project_id, func.count(distinct(row.skill_id)).label("shared"))
    return counted.where(row.skill_id.in_(wanted)).group_by(row.project_id).subquery()


def _services(project_ids: Collection[int], wanted: Collection[int]) -> defaultdict[int, list[str]]:
    """By project, the names of its services among `wanted`."""
    row = ServiceLink
    statement = select(row.project_id, Service.name).join(row.service)
    statement = statement.where(row.project_id.in_(project_ids), row.service_id.in_(wanted)).order_by(Service.sort_key)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for project_id, name in db.session.execute(statement):
        found[project_id].append(name)
    return found


def _needs(project_ids: Collection[int]) -> defaultdict[int, list[Need]]:
    found: defaultdict[int, list[Need]] = defaultdict(list)
    statement = select(Need).where(Need.project_id.in_(project_ids)).options(joinedload(Need.skill)).order_by(Need.id)
    for need in db.session.scalars(statement):
        found[need.project_id].append(need)
    return found
