"""The description of the API: as a document for programs and as a page for people. Both need no login."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.access.guard import public
from portfolio.api import openapi
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
    return render_template("api/docs.html", document=content, groups=_by_tag(content), problems=problems)


@bp.get("/docs/problems/<string:name>")
@public
def problem(name: str) -> ResponseReturnValue:
    """Where the type of a problem leads."""
    if name not in TITLES:
        abort(404)
    return redirect(url_for("api_docs.page", _anchor=name))


def _by_tag(content: dict[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """The operations of each tag as (method, path, operation)."""
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {tag["name"]: [] for tag in content["tags"]}
    for path, item in content["paths"].items():
        for method in METHODS:
            if method in item:
                groups[item[method]["tags"][0]].append((method.upper(), path, item[method]))
    return groups
