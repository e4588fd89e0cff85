"""The parts that operations share: parameters, headers, error answers, the shapes of objects."""

from collections.abc import Mapping
from typing import Any

from portfolio.api.fields import Shape
from portfolio.api.idempotency import PATTERN as KEY_PATTERN
from portfolio.api.lists import object_shape
from portfolio.api.problems import DETAILS, MEDIA_TYPE, NAMES, TITLES, TYPES
from portfolio.api.resource import Resource
from portfolio.api.schema import ApiSchema

JSON = "application/json"

_ERROR: Shape = {
    "type": "object",
    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
    "required": ["field", "message"],
}
_WEEK: Shape = {
    "type": "object",
    "properties": {
        "week": {"type": "string"},
        "pool_share": {"type": "integer"},
        "booked": {"type": "integer"},
        "requested": {"type": "integer"},
    },
    "required": ["week", "pool_share", "booked", "requested"],
}
PROBLEM: Shape = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": _ERROR},
        "weeks": {"type": "array", "items": _WEEK},
    },
    "required": ["type", "title", "status", "detail"],
}
_MEMBERS: Mapping[str, Mapping[str, Any]] = {
    "invalid": {"errors": [{"field": "share", "message": "Bitte eine ganze Zahl von 1 bis 100 angeben."}]},
    "overbooked": {"weeks": [{"week": "2026-W49", "pool_share": 60, "booked": 50, "requested": 20}]},
}
HEADERS: Mapping[str, Shape] = {
    "ETag": {"schema": {"type": "string", "pattern": '^"[0-9]+"$'}, "example": '"3"'},
    "Location": {"schema": {"type": "string", "format": "uri-reference"}},
    "WWW-Authenticate": {"schema": {"type": "string"}, "example": 'Bearer realm="Projektpool"'},
    "Retry-After": {"schema": {"type": "string"}, "example": "5"},
}
PARAMETERS: Mapping[str, Shape] = {
    "IfMatch": {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}},
    "IfMatchOptional": {"name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"}},
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "pattern": KEY_PATTERN},
    },
}
_ERROR_HEADERS = {401: "WWW-Authenticate", 503: "Retry-After"}


def reference(kind: str, name: str) -> Shape:
    return {"$ref": f"#/components/{kind}/{name}"}


def error_answers() -> dict[str, Shape]:
    """An answer for each status, named by its type; 409 is a conflict or an over-booking."""
    return {name: _error_answer(status, name) for status, name in NAMES.items() if status not in (400, 405, 429, 500)}


def _error_answer(status: int, name: str) -> Shape:
    names = [name, "overbooked"] if name == "conflict" else [name]
    examples = {each: {"value": _example_problem(status, each)} for each in names}
    answer: Shape = {
        "description": str(TITLES[name]),
        "content": {MEDIA_TYPE: {"schema": reference("schemas", "Problem"), "examples": examples}},
    }
    if header := _ERROR_HEADERS.get(status):
        answer["headers"] = {header: reference("headers", header)}
    return answer


def _example_problem(status: int, name: str) -> Shape:
    return {
        "type": TYPES + name,
        "title": str(TITLES[name]),
        "status": status,
        "detail": str(DETAILS[name]),
        **_MEMBERS.get(name, {}),
    }


def shape_name(schema: ApiSchema) -> str:
    """PersonSchema describes a Person."""
    return type(schema).__name__.removesuffix("Schema")


def shapes_of(resource: Resource[Any]) -> dict[str, Shape]:
    """A resource's objects as they are answered, listed, created, changed, and the bodies of its steps."""
    name = shape_name(resource.schema)
    shapes = {name: object_shape(resource.schema, writing=False), f"{name}Page": _page_shape(name)}
    if resource.creation:
        shapes[f"{name}Creation"] = object_shape(resource.schema, writing=True)
    if resource.change:
        schema = resource.change.schema or resource.schema
        shapes[f"{name}Change"] = object_shape(schema, writing=True, changing=True)
    for step in resource.steps:
        if step.body.fields:
            shapes[shape_name(step.body)] = object_shape(step.body, writing=True)
    return shapes


def _page_shape(name: str) -> Shape:
    properties = {
        "items": {"type": "array", "items": reference("schemas", name)},
        "total": {"type": "integer", "minimum": 0},
        "page": {"type": "integer", "minimum": 1},
        "per_page": {"type": "integer", "minimum": 1},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
