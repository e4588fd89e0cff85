"""What of the catalogue is in use: projects and requests, as far as the reader may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portfolio.access.models import Organisation
from portfolio.access.policy import Action, Actor, allowed
from portfolio.catalogue.models import Service, ServiceBundle, TopicArea
from portfolio.catalogue.queries import NO_AREA, ServiceFilter, filtered_services
from portfolio.extensions import db
from portfolio.projects.models import Project, ServiceLink
from portfolio.staffing.visibility import projects_visible_to
from portfolio.support.models import SupportRequest, request_service
from portfolio.support.queries import requests_visible_to

MOST_SHOWN = 20

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Use:
    """The first projects or requests by title, and how many there are."""

    total: int
    rows: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Usage:
    """Who works with something; None for what is not the reader's to see at all."""

    projects: Use | None
    requests: Use | None


def usage_of_service(actor: Actor, service_id: int) -> Usage:
    return _usage_of_services(actor, [service_id])


def usage_of_bundle(actor: Actor, bundle_id: int) -> Usage:
    return _usage_of_services(actor, select(Service.id).where(Service.bundle_id == bundle_id))


def usage_of_bundles(actor: Actor, of_bundles: Condition) -> Usage:
    """Of all bundles of a topic area, or of a situation."""
    bundles = select(ServiceBundle.id).where(of_bundles)
    return _usage_of_services(actor, select(Service.id).where(Service.bundle_id.in_(bundles)))


def usage_by_organisation(actor: Actor, organisation_id: int) -> Usage:
    """What this organisation asked for and has under way."""
    return _usage(actor, Project.organisation_id == organisation_id, SupportRequest.organisation_id == organisation_id)


def _usage_of_services(actor: Actor, service_ids: Sequence[int] | Select[int]) -> Usage:
    linked = select(ServiceLink.project_id).where(ServiceLink.service_id.in_(service_ids))
    named = select(request_service.c.request_id).where(request_service.c.service_id.in_(service_ids))
    return _usage(actor, Project.id.in_(linked), SupportRequest.id.in_(named))


def _usage(actor: Actor, of_projects: Condition, of_requests: Condition) -> Usage:
    """Two queries."""
    projects = (
        projects_visible_to(actor)
        .where(of_projects)
        .join(Organisation, Organisation.id == Project.organisation_id)
        .with_only_columns(
            Project.id, Project.code, Project.title, Project.phase, Organisation.code.label("home"), _all()
        )
        .order_by(Project.sort_key, Project.id)
    )
    requests = (
        requests_visible_to(actor)
        .where(of_requests)
        .join(Organisation, Organisation.id == SupportRequest.organisation_id)
        .with_only_columns(
            SupportRequest.id, SupportRequest.title, SupportRequest.state, Organisation.code.label("home"), _all()
        )
        .order_by(SupportRequest.sort_key, SupportRequest.id)
    )
    return Usage(
        _use(projects) if allowed(actor, Action.READ_PROJECTS) else None,
        _use(requests) if allowed(actor, Action.READ_REQUESTS) else None,
    )


def _all() -> ColumnElement[int]:
    return func.count().over().label("total")


def _use(statement: Select[*tuple[Any, ...]]) -> Use:
    rows = db.session.execute(statement.limit(MOST_SHOWN)).all()
    return Use(rows[0].total if rows else 0, rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of the catalogue a topic area or a situation holds, and in how many projects it is worked on."""

    bundles: int = 0
    services: int = 0
    projects: int | None = None


def counts_by(actor: Actor, *columns: InstrumentedAttribute[Any]) -> Mapping[tuple[Any, ...], Counts]:
    """By these columns of the bundles. Two queries, three for those who read projects."""
    bundles = _counted(select(*columns, func.count()).select_from(ServiceBundle), columns)
    within = (
        select(*columns, func.count()).select_from(ServiceBundle).join(Service, Service.bundle_id == ServiceBundle.id)
    )
    services = _counted(within, columns)
    projects = _projects_by(actor, columns)
    return {
        key: Counts(number, services.get(key, 0), None if projects is None else projects.get(key, 0))
        for key, number in bundles.items()
    }


def projects_per_bundle(actor: Actor, of_bundles: Condition) -> Mapping[int, int] | None:
    """In how many of the projects `actor` sees each of these bundles is worked on; None without any right to."""
    found = _projects_by(actor, (ServiceBundle.id,), of_bundles)
    return None if found is None else {key[0]: number for key, number in found.items()}


def _projects_by(
    actor: Actor, columns: tuple[Any, ...], *conditions: Condition
) -> Mapping[tuple[Any, ...], int] | None:
    if not allowed(actor, Action.READ_PROJECTS):
        return None
    seen = projects_visible_to(actor).with_only_columns(Project.id)
    linked = (
        select(*columns, func.count(ServiceLink.project_id.distinct()))
        .select_from(ServiceLink)
        .join(Service, Service.id == ServiceLink.service_id)
        .join(ServiceBundle, ServiceBundle.id == Service.bundle_id)
        .where(ServiceLink.project_id.in_(seen), *conditions)
    )
    return _counted(linked, columns)


def _counted(statement: Select[Any], columns: tuple[Any, ...]) -> Mapping[tuple[Any, ...], int]:
    return {tuple(key): number for *key, number in db.session.execute(statement.group_by(*columns))}


def of_area(topic_area_id: int) -> Condition:
    return ServiceBundle.topic_area_id == topic_area_id


def of_situation(name: str) -> Condition:
    return ServiceBundle.situation == name


def bundles_by_number(of_bundles: Condition) -> Select[ServiceBundle]:
    """These bundles with their topic area."""
    named = select(ServiceBundle).options(joinedload(ServiceBundle.topic_area))
    return named.where(of_bundles).order_by(ServiceBundle.ozg_id)


def services_without_area() -> int:
    """How many services belong to no topic area, through no bundle or one without."""
    return db.session.scalar(select(func.count()).select_from(_without_area())) or 0


def _without_area() -> Any:
    return filtered_services(ServiceFilter(topic_area_id=NO_AREA), "").with_only_columns(Service.id).subquery()


def topic_areas() -> Select[TopicArea]:
    return select(TopicArea).order_by(TopicArea.name)


def organisation_details() -> Select[Organisation]:
    return select(Organisation).options(joinedload(Organisation.parent))
