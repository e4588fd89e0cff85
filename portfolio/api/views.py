"""The views of every resource: list, create, read, change, remove, step.

Judged in this order: 404 (may not see it), 403 (may not do it), 422, 428 and 412, 409.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, abort, json, request, url_for
from sqlalchemy import func, select

from portfolio.access.guard import current_actor, get_or_404
from portfolio.access.policy import Actor, allowed
from portfolio.api import idempotency
from portfolio.api.body import load_body, named_fields
from portfolio.api.resource import Change, Creation, Removal, Resource, Step
from portfolio.api.schema import load_query
from portfolio.api.versions import version_judged
from portfolio.extensions import db

View = Callable[..., Response]


def listing(resource: Resource[Any]) -> View:
    def view(**address: int) -> Response:
        actor = current_actor()
        parent = _parent(resource, actor, address)
        if not allowed(actor, resource.read):
            abort(403)
        asked = load_query(resource.query, request.args)
        statement = resource.narrow(resource.rows(actor), asked)
        if resource.parent is not None:
            statement = statement.where(resource.parent.key == parent.id)
        return _page(resource, actor, statement, asked)

    return view


def reading(resource: Resource[Any]) -> View:
    def view(identity: int, **address: int) -> Response:
        actor = current_actor()
        return _answer(resource, actor, _row(resource, actor, identity, address))

    return view


def creating(resource: Resource[Any], creation: Creation[Any]) -> View:
    def view(**address: int) -> Response:
        actor = current_actor()
        parent = _parent(resource, actor, address)
        if not creation.permits(actor, parent, named_fields()):
            abort(403)
        values = load_body(resource.schema)

        def work() -> Response:
            with version_judged(parent and parent.version, required=False):
                row = creation.do(values, actor, parent)
            return _created(resource, actor, row, address)

        return idempotency.once(work)

    return view


def changing(resource: Resource[Any], change: Change[Any]) -> View:
    def view(identity: int, **address: int) -> Response:
        actor = current_actor()
        row = _row(resource, actor, identity, address)
        if not change.permits(actor, row, named_fields()):
            abort(403)
        values = load_body(change.schema or resource.schema, partial=True)
        with version_judged(row.version, required=True):
            change.do(row, values, actor)
        answer = _answer(resource, actor, row)
        db.session.commit()
        return answer

    return view


def removing(resource: Resource[Any], removal: Removal[Any]) -> View:
    def view(identity: int, **address: int) -> Response:
        actor = current_actor()
        row = _row(resource, actor, identity, address)
        if not removal.permits(actor, row):
            abort(403)
        with version_judged(row.version, required=True):
            removal.do(row, actor)
        db.session.commit()
        return Response(status=204)

    return view


def stepping(resource: Resource[Any], step: Step[Any]) -> View:
    def view(identity: int, **address: int) -> Response:
        actor = current_actor()
        row = _row(resource, actor, identity, address)
        if not step.permits(actor, row):
            abort(403)
        values = load_body(step.body)

        def work() -> Response:
            with version_judged(row.version, required=False):
                step.do(row, values, actor)
            return _answer(resource, actor, row)

        return idempotency.once(work)

    return view


def answer_json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status, mimetype="application/json")


def _parent(resource: Resource[Any], actor: Actor, address: dict[str, int]) -> Any:
    """The object the address begins with, where the resource belongs to one; 404 unless it may be seen."""
    if resource.parent is None or resource.parent.parameter not in address:
        return None
    return get_or_404(resource.parent.resource.rows(actor), address[resource.parent.parameter])


def _row(resource: Resource[Any], actor: Actor, identity: int, address: dict[str, int]) -> Any:
    parent = _parent(resource, actor, address)
    statement = resource.rows(actor)
    if resource.parent is not None and parent is not None:
        statement = statement.where(resource.parent.key == parent.id)
    return get_or_404(statement, identity)


def _page(resource: Resource[Any], actor: Actor, statement: Any, asked: dict[str, Any]) -> Response:
    """One page by id: an order that new objects do not disturb, and that is the same on every database."""
    page, per_page = asked["page"], asked["per_page"]
    plain = statement.order_by(None)
    total = db.session.scalar(select(func.count()).select_from(plain.with_only_columns(resource.model.id).subquery()))
    ordered = plain.order_by(resource.model.id).limit(per_page).offset((page - 1) * per_page)
    rows = db.session.scalars(ordered).unique().all()
    return answer_json({"items": _contents(resource, actor, rows), "total": total, "page": page, "per_page": per_page})


def _created(resource: Resource[Any], actor: Actor, row: Any, address: dict[str, Any]) -> Response:
    answer = _answer(resource, actor, row, 201)
    answer.headers["Location"] = url_for(f"api.{resource.name}_read", identity=row.id, **address)
    return answer


def _answer(resource: Resource[Any], actor: Actor, row: Any, status: int = 200) -> Response:
    content = _contents(resource, actor, [row])[0]
    answer = answer_json(content, status)
    answer.set_etag(str(content["version"]))
    return answer


def _contents(resource: Resource[Any], actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    amendments = resource.amend(rows, actor)
    return [{**resource.schema.dump(row), **amendments.get(row.id, {})} for row in rows]
