"""The catalogue as tables with the columns of the import: what was exported and comes back changes nothing."""

from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portfolio.catalogue.imports import BUNDLE_COLUMNS, SERVICE_COLUMNS
from portfolio.catalogue.models import Service, ServiceBundle
from portfolio.catalogue.queries import bundles, services
from portfolio.exchange.write import Cell, Table
from portfolio.extensions import db


def export_bundles(statement: Select[ServiceBundle] | None = None) -> Table:
    """The bundles of `statement`, all of them without one."""
    found = bundles() if statement is None else statement
    return Table("OZG-Leistungen", BUNDLE_COLUMNS, [_bundle(each) for each in db.session.scalars(found)])


def export_services(statement: Select[Service] | None = None) -> Table:
    """The services of `statement`, all of them without one."""
    found = (services() if statement is None else statement).options(joinedload(Service.bundle))
    return Table("Leistungen", SERVICE_COLUMNS, [_service(each) for each in db.session.scalars(found)])


def _bundle(bundle: ServiceBundle) -> Sequence[Cell]:
    area = bundle.topic_area
    return (bundle.ozg_id, bundle.name, bundle.situation, area.code if area else None, area.name if area else None)


def _service(service: Service) -> Sequence[Cell]:
    ozg_id = service.bundle.ozg_id if service.bundle else None
    return (service.service_key, service.name, ", ".join(service.typing), ozg_id, service.legal_basis)
