"""Rows of the catalogue, and small files to import."""

from portfolio.catalogue.imports import import_bundles, import_services
from portfolio.catalogue.models import ServiceBundle, TopicArea
from portfolio.exchange.read import read_table
from portfolio.exchange.report import Outcome
from portfolio.extensions import db
from portfolio.web.text import fold

SERVICE_TITLES = "leistungsschluessel;bezeichnung;typisierung;ozg_id;rechtsgrundlage"
BUNDLE_TITLES = "ozg_id;ozg_leistung;lage;themenfeld_code;themenfeld"


def topic_area(name: str = "Umwelt") -> TopicArea:
    area = TopicArea(code=fold(name).replace(" ", "_"), name=name)
    db.session.add(area)
    db.session.flush()
    return area


def bundle(ozg_id: str = "10110", name: str = "Abfallentsorgung", area: TopicArea | None = None) -> ServiceBundle:
    row = ServiceBundle(ozg_id=ozg_id, name=name, search_text=fold(name), topic_area_id=area.id if area else None)
    db.session.add(row)
    db.session.flush()
    return row


def services_file(*lines: str, title: str = SERVICE_TITLES) -> Outcome:
    """What comes of importing a CSV with these lines."""
    return import_services(read_table("\n".join((title, *lines)).encode()))


def bundles_file(*lines: str, title: str = BUNDLE_TITLES) -> Outcome:
    return import_bundles(read_table("\n".join((title, *lines)).encode()))
