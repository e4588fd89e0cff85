"""Reading the catalogue; everybody may."""

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from portfolio.catalogue import keys
from portfolio.catalogue.models import Service, ServiceBundle, TopicArea
from portfolio.extensions import db
from portfolio.web.text import like, pieces


def services() -> Select[Service]:
    """All services with their bundle, by name."""
    return select(Service).options(joinedload(Service.bundle)).order_by(Service.sort_key, Service.id)


def search_services(text: str) -> Select[Service]:
    """Services whose name holds every typed piece, or whose key begins with what was typed."""
    found = and_(*(Service.search_text.like(like(piece), escape="/") for piece in pieces(text)))
    key = keys.clean(text)
    if keys.is_beginning(key):
        found = or_(found, Service.service_key.startswith(key, autoescape=True))
    return services().where(found) if pieces(text) else services()


def bundles() -> Select[ServiceBundle]:
    """All bundles with their topic area, by id."""
    return select(ServiceBundle).options(joinedload(ServiceBundle.topic_area)).order_by(ServiceBundle.ozg_id)


def search_bundles(text: str) -> Select[ServiceBundle]:
    """Bundles whose name holds every typed piece, or whose id begins with what was typed."""
    named = and_(*(ServiceBundle.search_text.like(like(piece), escape="/") for piece in pieces(text)))
    numbered = ServiceBundle.ozg_id.startswith(text.strip(), autoescape=True)
    return bundles().where(or_(named, numbered)) if pieces(text) else bundles()


def services_of(bundle_id: int) -> Select[Service]:
    return services().where(Service.bundle_id == bundle_id)


def topic_areas() -> list[TopicArea]:
    return list(db.session.scalars(select(TopicArea).order_by(TopicArea.name)))


def count_services() -> int:
    return db.session.scalar(select(func.count(Service.id))) or 0
