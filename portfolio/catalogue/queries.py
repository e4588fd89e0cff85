"""Reading the catalogue; everybody may."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portfolio.catalogue import keys
from portfolio.catalogue.models import Service, ServiceBundle, ServiceKind, TopicArea
from portfolio.extensions import db
from portfolio.web.text import like, pieces

SORTS = {
    "name": (Service.sort_key, Service.id),
    "-name": (Service.sort_key.desc(), Service.id),
    "key": (Service.service_key.is_(None), Service.service_key, Service.id),
    "-key": (Service.service_key.is_(None), Service.service_key.desc(), Service.id),
}


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


def filtered_services(text: str, topic_area_id: int | None, kind: ServiceKind | None, sort: str) -> Select[Service]:
    """The list of services: searched, of one topic area, of one kind, sorted."""
    statement = search_services(text)
    if topic_area_id is not None:
        in_area = select(ServiceBundle.id).where(ServiceBundle.topic_area_id == topic_area_id)
        statement = statement.where(Service.bundle_id.in_(in_area))
    if kind is not None:
        object_only, with_action = Service.service_key.like("%000000"), Service.service_key.like("%000")
        of_kind = {
            ServiceKind.LO: object_only,
            ServiceKind.LOV: and_(with_action, ~object_only),
            ServiceKind.LOVD: ~with_action,
        }
        statement = statement.where(of_kind[kind])
    return statement.order_by(None).order_by(*SORTS.get(sort, SORTS["name"]))


def bundles() -> Select[ServiceBundle]:
    """All bundles with their topic area, by id."""
    return select(ServiceBundle).options(joinedload(ServiceBundle.topic_area)).order_by(ServiceBundle.ozg_id)


def search_bundles(text: str, topic_area_id: int | None = None, situation: str | None = None) -> Select[ServiceBundle]:
    """Bundles whose name holds every typed piece, or whose id begins with what was typed; of one area and situation."""
    numbered = ServiceBundle.ozg_id.startswith(text.strip(), autoescape=True)
    statement = bundles().where(or_(_holds_all(ServiceBundle.search_text, text), numbered))
    if situation:
        statement = statement.where(ServiceBundle.situation == situation)
    return statement if topic_area_id is None else statement.where(ServiceBundle.topic_area_id == topic_area_id)


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
