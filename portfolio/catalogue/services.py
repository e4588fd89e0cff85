"""Changing the catalogue by hand; the import does the same for whole files."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from portfolio.catalogue import keys
from portfolio.catalogue.models import Service, ServiceBundle, TopicArea
from portfolio.catalogue.problems import (
    KeyTaken,
    KnownWithoutKey,
    NotAKey,
    NotAnOzgId,
    OzgIdTaken,
    UnknownBundle,
    UnknownTopicArea,
)
from portfolio.extensions import db
from portfolio.web.text import fold

OZG_ID_LENGTH = 5
SORTED_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceData:
    """A service; the key may be written with spaces or dots, or be missing."""

    name: str
    service_key: str | None = None
    typing: tuple[str, ...] = ()
    bundle_id: int | None = None
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleData:
    """A bundle under its five-digit id."""

    ozg_id: str
    name: str
    situation: str | None = None
    topic_area_id: int | None = None


def create_service(data: ServiceData) -> Service:
    service = Service()
    change_service(service, data)
    db.session.add(service)
    db.session.flush()
    return service


def change_service(service: Service, data: ServiceData) -> None:
    key = keys.clean(data.service_key or "") or None
    if data.bundle_id is not None and db.session.get(ServiceBundle, data.bundle_id) is None:
        raise UnknownBundle
    if key is None:
        _demand_telling_name(service, data)
    elif not keys.is_key(key):
        raise NotAKey(key)
    elif _taken(Service, Service.service_key == key, service.id):
        raise KeyTaken
    service.service_key, service.bundle_id = key, data.bundle_id
    service.typing, service.legal_basis = list(data.typing), data.legal_basis
    name_service(service, data.name)
    db.session.flush()


def _demand_telling_name(service: Service, data: ServiceData) -> None:
    """Without a key, name and bundle identify a service; the import relies on it."""
    same = and_(
        Service.service_key.is_(None), Service.name == data.name, Service.bundle_id.is_not_distinct_from(data.bundle_id)
    )
    if _taken(Service, same, service.id):
        raise KnownWithoutKey


def create_bundle(data: BundleData) -> ServiceBundle:
    bundle = ServiceBundle()
    change_bundle(bundle, data)
    db.session.add(bundle)
    db.session.flush()
    return bundle


def change_bundle(bundle: ServiceBundle, data: BundleData) -> None:
    if not is_ozg_id(data.ozg_id):
        raise NotAnOzgId
    if _taken(ServiceBundle, ServiceBundle.ozg_id == data.ozg_id, bundle.id):
        raise OzgIdTaken
    if data.topic_area_id is not None and db.session.get(TopicArea, data.topic_area_id) is None:
        raise UnknownTopicArea
    bundle.ozg_id, bundle.situation, bundle.topic_area_id = data.ozg_id, data.situation, data.topic_area_id
    bundle.name, bundle.search_text = data.name, fold(data.name)
    db.session.flush()


def is_ozg_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == OZG_ID_LENGTH


def name_service(service: Service, name: str) -> None:
    """Set the name and what is searched and sorted by."""
    service.name, service.search_text = name, fold(name)
    service.sort_key = service.search_text[:SORTED_LENGTH]


def _taken(model: Any, same: Any, own_id: int | None) -> bool:
    with db.session.no_autoflush:
        return db.session.scalar(select(model.id).where(same, model.id != (own_id or 0)).limit(1)) is not None
