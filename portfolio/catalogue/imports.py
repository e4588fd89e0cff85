"""Importing bundles and services from tables: all or nothing, and the same file twice changes nothing."""

from dataclasses import dataclass

from sqlalchemy import select

from portfolio.catalogue import keys
from portfolio.catalogue.models import Service, ServiceBundle, TopicArea
from portfolio.catalogue.services import is_ozg_id, name_service
from portfolio.exchange.report import Outcome, ReasonCode, Report, about_value, duplicate, reason
from portfolio.exchange.rows import RowReader, start_report
from portfolio.exchange.table import Table
from portfolio.extensions import db
from portfolio.web.text import fold

BUNDLE_COLUMNS = ("ozg_id", "ozg_leistung", "lage", "themenfeld_code", "themenfeld")
SERVICE_COLUMNS = ("leistungsschluessel", "bezeichnung", "typisierung", "ozg_id", "rechtsgrundlage")


@dataclass(frozen=True, slots=True)
class BundleRow:
    ozg_id: str
    name: str
    situation: str | None
    area_code: str
    area_name: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    key: str | None
    name: str
    typing: tuple[str, ...]
    bundle_id: int | None
    legal_basis: str | None

    @property
    def identity(self) -> tuple[str, int | None]:
        """The key; without one, name and bundle."""
        return (self.key, None) if self.key else (self.name, self.bundle_id)


def import_bundles(table: Table) -> Outcome:
    """Bundles with their topic areas; identity is the OZG id."""
    report = start_report(table, required=BUNDLE_COLUMNS[:2], optional=BUNDLE_COLUMNS[2:])
    seen: dict[object, int] = {}
    rows = [_read_bundle(RowReader(row, report), seen) for row in table.rows] if report.ok else []
    if not report.ok:
        return Outcome(report)
    areas = _topic_areas(rows)
    known = {bundle.ozg_id: bundle for bundle in db.session.scalars(select(ServiceBundle))}
    results = [_store_bundle(row, known, areas) for row in rows]
    db.session.flush()
    return _outcome(report, results)


def _read_bundle(reader: RowReader, seen: dict[object, int]) -> BundleRow:
    ozg_id = reader.text("ozg_id", required=True, max_length=5)
    if ozg_id and not is_ozg_id(ozg_id):
        reader.fail("ozg_id", about_value(ReasonCode.NOT_A_NUMBER, ozg_id))
    reader.unique("ozg_id", ozg_id, seen)
    return BundleRow(
        ozg_id,
        reader.text("ozg_leistung", required=True),
        reader.text("lage", max_length=300) or None,
        reader.text("themenfeld_code", max_length=40),
        reader.text("themenfeld", max_length=300),
    )


def _topic_areas(rows: list[BundleRow]) -> dict[str, TopicArea]:
    areas = {area.code: area for area in db.session.scalars(select(TopicArea))}
    for row in rows:
        if row.area_code and row.area_code not in areas:
            areas[row.area_code] = TopicArea(code=row.area_code, name=row.area_name or row.area_code)
            db.session.add(areas[row.area_code])
    db.session.flush()
    return areas


def _store_bundle(row: BundleRow, known: dict[str, ServiceBundle], areas: dict[str, TopicArea]) -> str:
    bundle = known.get(row.ozg_id)
    area_id = areas[row.area_code].id if row.area_code else None
    if bundle is None:
        bundle = known[row.ozg_id] = ServiceBundle(ozg_id=row.ozg_id)
        db.session.add(bundle)
        result = "created"
    else:
        same = (bundle.name, bundle.situation, bundle.topic_area_id) == (row.name, row.situation, area_id)
        result = "unchanged" if same else "changed"
    if result != "unchanged":
        bundle.name, bundle.search_text = row.name, fold(row.name)
        bundle.situation, bundle.topic_area_id = row.situation, area_id
    return result


def import_services(table: Table) -> Outcome:
    """Services; a row without key is noted and imported, a repeated row counts as unchanged."""
    report = start_report(table, required=SERVICE_COLUMNS[:2], optional=SERVICE_COLUMNS[2:])
    bundle_rows = db.session.execute(select(ServiceBundle.ozg_id, ServiceBundle.id))
    bundle_ids = dict(bundle_rows.all())
    rows = [_read_service(RowReader(row, report), bundle_ids) for row in table.rows] if report.ok else []
    lines = {row.line: parsed for row, parsed in zip(table.rows, rows, strict=False)}
    _check_repeats(report, lines)
    if not report.ok:
        return Outcome(report)
    known = {_identity(service): service for service in db.session.scalars(select(Service))}
    with db.session.no_autoflush:
        results = [_store_service(row, known) for row in rows]
    db.session.flush()
    return _outcome(report, results)


def _read_service(reader: RowReader, bundle_ids: dict[str, int]) -> ServiceRow:
    key = keys.clean(reader.text("leistungsschluessel"))
    if not key:
        reader.notice("leistungsschluessel", reason(ReasonCode.WITHOUT_KEY))
    elif not keys.is_key(key):
        reader.fail("leistungsschluessel", about_value(ReasonCode.NOT_A_KEY, key))
    types = (part.strip() for part in reader.text("typisierung").split(","))
    return ServiceRow(
        key or None,
        reader.text("bezeichnung", required=True),
        tuple(part for part in types if part),
        reader.reference("ozg_id", bundle_ids),
        reader.text("rechtsgrundlage") or None,
    )


def _check_repeats(report: Report, rows: dict[int, ServiceRow]) -> None:
    """The same row again is a notice; the same identity with other content is an error."""
    first: dict[tuple[str, int | None], int] = {}
    for line, row in rows.items():
        earlier = first.setdefault(row.identity, line)
        if earlier == line:
            continue
        if rows[earlier] == row:
            report.notice(line, None, duplicate(earlier))
        else:
            report.error(line, "leistungsschluessel" if row.key else "bezeichnung", duplicate(earlier))


def _identity(service: Service) -> tuple[str, int | None]:
    return (service.service_key, None) if service.service_key else (service.name, service.bundle_id)


def _store_service(row: ServiceRow, known: dict[tuple[str, int | None], Service]) -> str:
    service = known.get(row.identity)
    if service is None:
        service = known[row.identity] = Service(service_key=row.key)
        db.session.add(service)
        result = "created"
    else:
        current = (service.name, tuple(service.typing), service.bundle_id, service.legal_basis)
        if current == (row.name, row.typing, row.bundle_id, row.legal_basis):
            return "unchanged"
        result = "changed"
    name_service(service, row.name)
    service.typing, service.bundle_id, service.legal_basis = list(row.typing), row.bundle_id, row.legal_basis
    return result


def _outcome(report: Report, results: list[str]) -> Outcome:
    return Outcome(report, *(results.count(kind) for kind in ("created", "changed", "unchanged")))
