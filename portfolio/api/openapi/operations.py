"""The operations of a resource: what is sent, what is answered, where to go from there."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from portfolio.api.examples import answered_example, page_example
from portfolio.api.fields import Shape, Value
from portfolio.api.openapi.components import JSON, reference, shape_name
from portfolio.api.problems import NAMES
from portfolio.api.resource import Resource, Step
from portfolio.api.schema import ApiSchema

READ = (401, 404, 503)
LISTED = (401, 403, 422, 503)
WRITTEN = (401, 403, 409, 412, 413, 415, 422, 503)

Operation = tuple[str, str, Shape]
"""Path, method, description."""


def operations_of(resource: Resource[Any]) -> Iterator[Operation]:
    """All operations of a resource, at all its addresses."""
    at_list, at_item = path_of(resource, resource.list_rule), path_of(resource, resource.item_rule)
    yield at_list, "get", _listing(resource)
    if resource.creation:
        yield at_list, "post", _creation(resource)
    for method, operation in _at_item(resource):
        yield at_item, method, operation | _in_path(at_item)
        if resource.also_at:
            directly = f"/{resource.also_at}/{{id}}"
            named = {"operationId": f"{operation['operationId']}_directly"}
            yield directly, method, operation | named | _in_path(directly)
    for step in resource.steps:
        path = f"{at_item}/{step.name}"
        yield path, "post", _step(resource, step) | _in_path(path)


def path_of(resource: Resource[Any], rule: str) -> str:
    """The path of a rule: /persons/{person_id}/absences/{id}."""
    return re.sub(r"<int:(\w+)>", r"{\1}", rule).replace("{identity}", "{id}")


def query_parameters(query: ApiSchema) -> list[Shape]:
    fields = ((name, field) for name, field in query.fields.items() if isinstance(field, Value))
    return [{"name": name, "in": "query", "schema": field.shape(True)} for name, field in fields]


def answers(success: Shape, errors: Iterable[int]) -> Shape:
    """The answers of an operation, by status."""
    return success | {str(status): reference("responses", NAMES[status]) for status in sorted(errors)}


def _listing(resource: Resource[Any]) -> Shape:
    path = path_of(resource, resource.list_rule)
    page = {
        "description": _("Eine Seite der Liste"),
        "content": _content(f"{shape_name(resource.schema)}Page", page_example(resource)),
    }
    return {
        **_head(resource, "list", _("auflisten")),
        "parameters": [*_path_parameters(path), *query_parameters(resource.query)],
        "responses": answers({"200": page}, (*LISTED, *_404_below(resource))),
    }


def _creation(resource: Resource[Any]) -> Shape:
    name = shape_name(resource.schema)
    optional = [reference("parameters", "IdempotencyKey")]
    if resource.parent:
        optional.append(reference("parameters", "IfMatchOptional"))
    created = _object(resource, _("Angelegt"), "ETag", "Location") | {"links": _links(resource)}
    return {
        **_head(resource, "create", _("anlegen")),
        "parameters": [*_path_parameters(path_of(resource, resource.list_rule)), *optional],
        "requestBody": _body(f"{name}Creation", resource.schema.example),
        "responses": answers({"201": created}, (*WRITTEN, *_404_below(resource))),
    }


def _at_item(resource: Resource[Any]) -> Iterator[tuple[str, Shape]]:
    found = _object(resource, _("Gefunden"), "ETag") | {"links": _links(resource, "change", "remove")}
    yield "get", {**_head(resource, "read", _("lesen")), "responses": answers({"200": found}, READ)}
    if resource.change:
        changed = _object(resource, _("Geändert"), "ETag") | {"links": _links(resource, "remove")}
        yield (
            "patch",
            {
                **_head(resource, "change", _("ändern")),
                "parameters": [reference("parameters", "IfMatch")],
                "requestBody": _body(f"{shape_name(resource.schema)}Change", _change_example(resource)),
                "responses": answers({"200": changed}, (404, 428, *WRITTEN)),
            },
        )
    if resource.removal:
        yield (
            "delete",
            {
                **_head(resource, "remove", _("entfernen")),
                "parameters": [reference("parameters", "IfMatch")],
                "responses": answers({"204": {"description": _("Entfernt")}}, (401, 403, 404, 409, 412, 428, 503)),
            },
        )


def _step(resource: Resource[Any], step: Step[Any]) -> Shape:
    taken = _object(resource, _("Der neue Stand"), "ETag")
    operation = {
        **_head(resource, step.name, ""),
        "summary": str(step.summary),
        "parameters": [reference("parameters", "IdempotencyKey"), reference("parameters", "IfMatchOptional")],
        "responses": answers({"200": taken}, (404, *WRITTEN)),
    }
    body = {"requestBody": _body(shape_name(step.body), step.body.example)} if step.body.fields else {}
    return operation | body


def _head(resource: Resource[Any], ending: str, verb: str) -> Shape:
    return {
        "operationId": f"{resource.name}_{ending}",
        "tags": [str(resource.title)],
        "summary": f"{resource.title} {verb}",
    }


def _in_path(path: str) -> Shape:
    """Parameters of the path stand at the path item, for all its operations."""
    return {"x-path-parameters": _path_parameters(path)}


def _path_parameters(path: str) -> list[Shape]:
    schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": schema, "example": 1} for name in names]


def _404_below(resource: Resource[Any]) -> tuple[int, ...]:
    return (404,) if resource.parent else ()


def _object(resource: Resource[Any], description: str, *headers: str) -> Shape:
    return {
        "description": description,
        "headers": {name: reference("headers", name) for name in headers},
        "content": _content(shape_name(resource.schema), answered_example(resource.schema)),
    }


def _body(name: str, example: Any) -> Shape:
    return {"required": True, "content": _content(name, example)}


def _content(name: str, example: Any) -> Shape:
    return {JSON: {"schema": reference("schemas", name), "examples": {"example": {"value": example}}}}


def _change_example(resource: Resource[Any]) -> Shape:
    """The first field that a creation names."""
    return dict(list(resource.schema.example.items())[:1])


def _links(resource: Resource[Any], *endings: str) -> Shape:
    """From an object to the operations on it, with its id and its version."""
    possible = {"read": True, "change": bool(resource.change), "remove": bool(resource.removal)}
    return {
        ending: {"operationId": f"{resource.name}_{ending}", "parameters": _link_parameters(resource, ending)}
        for ending in endings or possible
        if possible[ending]
    }


def _link_parameters(resource: Resource[Any], ending: str) -> Shape:
    parent = resource.parent
    parameters = {"path.id": "$response.body#/id"}
    if parent:
        parameters[f"path.{parent.parameter}"] = f"$response.body#/{parent.parameter}"
    return parameters if ending == "read" else parameters | {"header.If-Match": "$response.header.ETag"}
