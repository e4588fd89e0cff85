"""Reading the catalogue; everybody may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portfolio.catalogue import keys
from portfolio.catalogue.models import Service, ServiceBundle, ServiceKind, TopicArea
from portfolio.extensions import db
from portfolio.web.text import like, pieces

NO_AREA = 0
"""Stands for no topic area where one is chosen."""

SORTS = {
    "name": (Service.sort_key, Service.id),
    "-name": (Service.sort_key.desc(), Service.id),
    "key": (Service.service_key.is_(None), Service.service_key, Service.id),
    "-key": (Service.service_key.is_(None), Service.service_key.desc(), Service.id),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """What the list of services is narrowed to; None and empty narrow nothing."""

    text: str = ""
    topic_area_id: int | None = None
    kind: ServiceKind | None = None
    without_key: bool = False


def services() -> Select[Service]:
    """All services with their bundle, by name."""
    return select(Service).options(joinedload(Service.bundle)).order_by(Service.sort_key, Service.id)


def service_details() -> Select[Service]:
    """Services with all that their page shows."""
    return select(Service).options(joinedload(Service.bundle).joinedload(ServiceBundle.topic_area))


def search_services(text: str) -> Select[Service]:
    """Services whose name holds every typed piece, or whose key begins with what was typed."""
    return services().where(service_holds(text))


def service_holds(text: str) -> ColumnElement[bool]:
    """The condition of that search."""
    named = _holds_all(Service.search_text, text)
    key = keys.clean(text)
    numbered = Service.service_key.startswith(key, autoescape=True) if keys.is_beginning(key) else false()
    return or_(named, numbered)


def filtered_services(wanted: ServiceFilter, sort: str) -> Select[Service]:
    """The list of services: searched, of one topic area, of one kind, sorted."""
    statement = search_services(wanted.text)
    if wanted.topic_area_id == NO_AREA:
        in_any = select(ServiceBundle.id).where(ServiceBundle.topic_area_id.is_not(None))
        statement = statement.where(or_(Service.bundle_id.is_(None), Service.bundle_id.not_in(in_any)))
    elif wanted.topic_area_id is not None:
        in_area = select(ServiceBundle.id).where(ServiceBundle.topic_area_id == wanted.topic_area_id)
        statement = statement.where(Service.bundle_id.in_(in_area))
    if wanted.kind is not None:
        statement = statement.where(_of_kind(wanted.kind))
    if wanted.without_key:
        statement = statement.where(Service.service_key.is_(None))
    return statement.order_by(None).order_by(*SORTS.get(sort, SORTS["name"]))


def _of_kind(kind: ServiceKind) -> ColumnElement[bool]:
    """What the key ends with says it, as `Service.kind` does."""
    object_only, with_action = Service.service_key.like("%000000"), Service.service_key.like("%000")
    match kind:
        case ServiceKind.LO:
            return object_only
        case ServiceKind.LOV:
            return and_(with_action, ~object_only)
        case ServiceKind.LOVD:
            return ~with_action


def bundles() -> Select[ServiceBundle]:
    """All bundles with their topic area, by id."""
    return select(ServiceBundle).options(joinedload(ServiceBundle.topic_area)).order_by(ServiceBundle.ozg_id)


def search_bundles(text: str, topic_area_id: int | None = None, situation: str | None = None) -> Select[ServiceBundle]:
    """Bundles whose name holds every typed piece, or whose id begins with what was typed; of one area and situation."""
    numbered = ServiceBundle.ozg_id.startswith(text.strip(), autoescape=True)
    statement = bundles().where(or_(_holds_all(ServiceBundle.search_text, text), numbered))
    if situation:
        statement = statement.where(ServiceBundle.situation == situation)
    if topic_area_id is None:
        return statement
    return statement.where(ServiceBundle.topic_area_id.is_not_distinct_from(topic_area_id or None))


def _holds_all(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Every typed piece stands somewhere in the column; nothing typed is found everywhere."""
    return and_(true(), *(column.like(like(piece), escape="/") for piece in pieces(text)))


def bundle_by_ozg_id(ozg_id: str) -> ServiceBundle | None:
    return db.session.scalar(select(ServiceBundle).where(ServiceBundle.ozg_id == ozg_id))


def bundle_by_id(bundle_id: int) -> ServiceBundle | None:
    return db.session.get(ServiceBundle, bundle_id)


def services_of(bundle_id: int) -> Select[Service]:
    """The services of a bundle, by name."""
    return select(Service).where(Service.bundle_id == bundle_id).order_by(Service.sort_key, Service.id)


def services_per_bundle(bundle_ids: Iterable[int]) -> dict[int, int]:
    """How many services each of these bundles has; those without any are left out."""
    statement = select(Service.bundle_id, func.count()).where(Service.bundle_id.in_(list(bundle_ids)))
    rows = db.session.execute(statement.group_by(Service.bundle_id))
    return {bundle_id: number for bundle_id, number in rows if bundle_id is not None}


def situations() -> Sequence[str]:
    """The situations in life and business that bundles belong to, by name."""
    named = select(ServiceBundle.situation).where(ServiceBundle.situation.is_not(None)).distinct()
    return [each for each in db.session.scalars(named.order_by(ServiceBundle.situation)) if each]


def topic_areas() -> list[TopicArea]:
    return list(db.session.scalars(select(TopicArea).order_by(TopicArea.name)))


def count_services() -> int:
    return db.session.scalar(select(func.count(Service.id))) or 0
