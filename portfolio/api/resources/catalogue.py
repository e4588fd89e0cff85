"""The catalogue: bundles of services under their five-digit ids, and the single services in them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Choice, Id, Patterned, Text
from portfolio.api.lists import Listed
from portfolio.api.removal import remove_unused
from portfolio.api.resource import Amendments, Change, Creation, Removal, Resource, Values, merged, whoever
from portfolio.api.schema import StoredSchema
from portfolio.api.search import SearchQuery
from portfolio.catalogue import queries, services
from portfolio.catalogue.models import Service, ServiceBundle, ServiceKind, TopicArea
from portfolio.catalogue.services import BundleData, ServiceData
from portfolio.extensions import db

CODE_LENGTH = 40


class BundleSchema(StoredSchema):
    ozg_id = Patterned(5, "^[0-9]{5}$", "ozg_id", required=True)
    name = Text(1000, required=True)
    situation = Text(300, load_default=None)
    topic_area = Text(300, load_default=None)

    example = {"ozg_id": "10127", "name": "Kinderbetreuung", "situation": "Kinderbetreuung", "topic_area": "Familie"}


class ServiceSchema(StoredSchema):
    service_key = Text(40, load_default=None)
    name = Text(1000, required=True)
    kind = Choice(ServiceKind, dump_only=True, allow_none=True)
    typing = Listed(Text(200), load_default=list)
    bundle_id = Id(load_default=None)
    legal_basis = Text(1000, load_default=None)

    example = {"service_key": "99 001 001 001 000", "name": "Abfallgebühr", "typing": ["5"], "legal_basis": "KrWG"}
    answered = {"service_key": "99001001001000", "kind": "LOV"}


class ServiceQuery(SearchQuery):
    bundle_id = Id()


def _bundles(_actor: Actor) -> Select[ServiceBundle]:
    return queries.bundles()


def _narrow_bundles(statement: Select[ServiceBundle], asked: Values) -> Select[ServiceBundle]:
    return queries.search_bundles(asked["q"]) if "q" in asked else statement


def _amend_bundles(bundles: Sequence[ServiceBundle], _actor: Actor) -> Amendments:
    return {each.id: {"topic_area": each.topic_area.name if each.topic_area else None} for each in bundles}


def _create_bundle(values: Values, _actor: Actor, _parent: Any) -> ServiceBundle:
    return services.create_bundle(BundleData(**_with_area(values)))


def _change_bundle(bundle: ServiceBundle, values: Values, _actor: Actor) -> None:
    services.change_bundle(bundle, merged(BundleData, bundle, _with_area(values)))
    db.session.expire(bundle, ["topic_area"])


def _with_area(values: Values) -> Values:
    """The topic area by its id instead of its name."""
    rest = {name: value for name, value in values.items() if name != "topic_area"}
    return rest | ({"topic_area_id": _area_id(values["topic_area"])} if "topic_area" in values else {})


def _area_id(name: str | None) -> int | None:
    """The topic area of this name or code; a new one where there is none, as the import does."""
    if name is None:
        return None
    named = or_(TopicArea.name == name, TopicArea.code == name)
    area = db.session.scalars(select(TopicArea).where(named).order_by(TopicArea.id)).first()
    if area is None:
        area = TopicArea(code=name[:CODE_LENGTH], name=name)
        db.session.add(area)
        db.session.flush()
    return area.id


def _services(_actor: Actor) -> Select[Service]:
    return select(Service)


def _narrow_services(statement: Select[Service], asked: Values) -> Select[Service]:
    if "q" in asked:
        statement = queries.search_services(asked["q"])
    return statement.where(Service.bundle_id == asked["bundle_id"]) if "bundle_id" in asked else statement


def _create_service(values: Values, _actor: Actor, _parent: Any) -> Service:
    return services.create_service(ServiceData(**values))


def _change_service(service: Service, values: Values, _actor: Actor) -> None:
    services.change_service(service, merged(ServiceData, service, values))


BUNDLES = Resource(
    address="catalogue/bundles",
    title=_l("Leistungsbündel"),
    schema=BundleSchema(),
    model=ServiceBundle,
    read=Action.READ_CATALOGUE,
    rows=_bundles,
    query=SearchQuery(),
    narrow=_narrow_bundles,
    amend=_amend_bundles,
    creation=Creation(permits=whoever(Action.CHANGE_CATALOGUE), do=_create_bundle),
    change=Change(permits=whoever(Action.CHANGE_CATALOGUE), do=_change_bundle),
    removal=Removal(permits=whoever(Action.CHANGE_CATALOGUE), do=remove_unused),
)
SERVICES = Resource(
    address="catalogue/services",
    title=_l("Leistungen"),
    schema=ServiceSchema(),
    model=Service,
    read=Action.READ_CATALOGUE,
    rows=_services,
    query=ServiceQuery(),
    narrow=_narrow_services,
    creation=Creation(permits=whoever(Action.CHANGE_CATALOGUE), do=_create_service),
    change=Change(permits=whoever(Action.CHANGE_CATALOGUE), do=_change_service),
    removal=Removal(permits=whoever(Action.CHANGE_CATALOGUE), do=remove_unused),
)
