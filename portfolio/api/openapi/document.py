"""The whole document: OpenAPI 3.1, in the language of the request."""

from typing import Any

from flask_babel import gettext as _

from portfolio.api.capacity import CapacityQuery, CapacitySchema, OrganisationCapacitiesSchema, SkillCapacitiesSchema
from portfolio.api.fields import Shape
from portfolio.api.lists import object_shape
from portfolio.api.openapi.components import HEADERS, JSON, PARAMETERS, PROBLEM, error_answers, reference, shapes_of
from portfolio.api.openapi.operations import answers, operations_of, query_parameters
from portfolio.api.resources import RESOURCES

VERSION = "1"


def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Projektpool", "version": VERSION, "description": _introduction()},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "tags": [*({"name": str(resource.title)} for resource in RESOURCES), {"name": _("Kapazität")}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _shapes(),
            "parameters": dict(PARAMETERS),
            "headers": dict(HEADERS),
            "responses": error_answers(),
        },
    }


def _paths() -> dict[str, Shape]:
    paths: dict[str, Shape] = {}
    for resource in RESOURCES:
        for path, method, operation in operations_of(resource):
            item = paths.setdefault(path, {})
            if (parameters := operation.pop("x-path-parameters", None)) is not None:
                item["parameters"] = parameters
            item[method] = operation
    return paths | {
        "/capacity": {"get": _capacity()},
        "/capacity/skills": {"get": _skill_capacity()},
        "/capacity/organisations": {"get": _organisation_capacity()},
    }


def _shapes() -> dict[str, Shape]:
    shapes: dict[str, Shape] = {"Problem": PROBLEM}
    for resource in RESOURCES:
        shapes.update(shapes_of(resource))
    capacities = {
        "Capacity": CapacitySchema(),
        "SkillCapacity": SkillCapacitiesSchema(),
        "OrganisationCapacity": OrganisationCapacitiesSchema(),
    }
    return shapes | {name: object_shape(schema, writing=False) for name, schema in capacities.items()}


def _capacity() -> Shape:
    example = {
        "weeks": ["2026-W49", "2026-W50"],
        "persons": [
            {
                "id": 1,
                "name": "Paula Beispiel",
                "pool_share": [60, 60],
                "booked": [40, 40],
                "days_present": [5, 5],
                "delivered_hours": [16, 16],
            }
        ],
    }
    summary = _("Poolanteil, Buchung und gelieferte Stunden je Person und Woche lesen")
    return _reading("capacity", summary, _("Wochen und Personen"), "Capacity", example)


def _skill_capacity() -> Shape:
    hours = {"supply_hours": [80, 72], "booked_hours": [40, 36], "open_hours": [96, 96], "missing_hours": [16, 24]}
    example = {"weeks": ["2026-W49", "2026-W50"], "skills": [{"id": 1, "name": "FIM-Prozesse", **hours}]}
    summary = _("Freie, besetzte, offene und fehlende Stunden je Fähigkeit und Woche lesen")
    return _reading("capacity_skills", summary, _("Wochen und Fähigkeiten"), "SkillCapacity", example)


def _organisation_capacity() -> Shape:
    hours = {"delivered_hours": [80, 72], "wanted_hours": [96, 96], "covered_hours": [80, 72]}
    organisations = [{"id": 1, "code": "TMBWK", **hours}]
    example = {"weeks": ["2026-W49", "2026-W50"], "pool_hours": [400, 360], "organisations": organisations}
    summary = _("Gelieferte, gesuchte und gedeckte Stunden je Ressort und Woche lesen")
    return _reading("capacity_organisations", summary, _("Wochen und Ressorts"), "OrganisationCapacity", example)


def _reading(operation: str, summary: str, found_words: str, schema: str, example: Shape) -> Shape:
    found = {
        "description": found_words,
        "content": {JSON: {"schema": reference("schemas", schema), "examples": {"example": {"value": example}}}},
    }
    return {
        "operationId": operation,
        "tags": [_("Kapazität")],
        "summary": summary,
        "parameters": query_parameters(CapacityQuery()),
        "responses": answers({"200": found}, (401, 403, 422, 503)),
    }


def _introduction() -> str:
    """What holds for every address, one paragraph each."""
    return "\n\n".join(
        (
            _(
                "Jede Anfrage braucht ein Zugriffstoken in der Kopfzeile „Authorization: Bearer TOKEN“. Es hat die"
                " Rechte seines Kontos. Was Sie nicht sehen dürfen, gibt es für Sie nicht (404). Felder, die Sie nicht"
                " sehen dürfen, sind null."
            ),
            _(
                "Kalenderwochen stehen als 2026-W49, Tage als 2026-11-23, Zeitpunkte in UTC als 2026-11-23T14:00:00Z,"
                " Anteile in ganzen Prozent einer Vollzeitstelle, Stunden mit einer Nachkommastelle."
            ),
            _(
                "Listen kommen seitenweise (page, per_page bis 500), nach id geordnet. Unbekannte Felder und"
                " Parameter werden abgelehnt."
            ),
            _(
                "Jeder Eintrag hat eine Version, auch als ETag. Ändern und Entfernen verlangen sie in der Kopfzeile"
                " If-Match; bei Schritten wird sie geprüft, wenn sie mitkommt."
            ),
            _(
                "Ein POST mit der Kopfzeile Idempotency-Key wirkt einmal: Die Wiederholung mit gleichem Inhalt erhält"
                " 24 Stunden lang die erste Antwort, mit anderem Inhalt 422. Was an der Eingabe oder den Rechten"
                " scheitert, verbraucht den Schlüssel nicht."
            ),
        )
    )
