"""The description of the API: as a document for programs and as a page for people. Both need no login."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.access.guard import public
from portfolio.api import openapi
from portfolio.api.openapi.components import JSON
from portfolio.api.problems import DETAILS, NAMES, TITLES
from portfolio.api.views import answer_json

bp = Blueprint("api_docs", __name__, url_prefix="/api/v1")

METHODS = ("get", "post", "patch", "delete")


@bp.get("/openapi.json")
@public
def document() -> Response:
    return answer_json(openapi.document())


@bp.get("/docs")
@public
def page() -> str:
    content = openapi.document()
    statuses = {name: status for status, name in NAMES.items()} | {"overbooked": 409}
    problems = [(name, statuses[name], title, DETAILS[name]) for name, title in TITLES.items()]
    groups = _groups(content)
    return render_template("api/docs.html", document=content, groups=groups, problems=problems, written=_written)


@bp.get("/docs/problems/<string:name>")
@public
def problem(name: str) -> ResponseReturnValue:
    """Where the type of a problem leads."""
    if name not in TITLES:
        abort(404)
    return redirect(url_for("api_docs.page", _anchor=name))


@dataclass(frozen=True)
class Group:
    """What belongs to one resource: the fields of its objects, and its operations as (method, path, operation)."""

    name: str
    fields: dict[str, Any]
    operations: list[tuple[str, str, dict[str, Any]]]


def _groups(content: dict[str, Any]) -> list[Group]:
    groups = {tag["name"]: Group(tag["name"], {}, []) for tag in content["tags"]}
    for path, item in content["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                group = groups[operation["tags"][0]]
                group.operations.append((method.upper(), path, operation))
                if method == "get":
                    group.fields.update(_answered_fields(content, operation))
    return list(groups.values())


def _answered_fields(content: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of the object that a GET answers; none for a list, whose objects the next GET answers."""
    reference = operation["responses"]["200"]["content"][JSON]["schema"]["$ref"]
    shape = content["components"]["schemas"][reference.rpartition("/")[2]]
    return {} if "per_page" in shape["properties"] else shape["properties"]


def _written(example: Any) -> str:
    """JSON as people write it."""
    return json.dumps(example, ensure_ascii=False, indent=2)
