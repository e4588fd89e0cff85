"""/api/v1: every resource under its address, behind the bearer token, speaking problem documents."""

from collections.abc import Iterator

from flask import Blueprint, Response
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from portfolio.access.policy import Action
from portfolio.api import views
from portfolio.api.auth import authenticate
from portfolio.api.capacity import capacity, organisations, skills
from portfolio.api.problems import RETRY_AFTER_SECONDS, answer_to, answer_with
from portfolio.api.resource import Resource
from portfolio.api.resources import RESOURCES
from portfolio.api.views import View
from portfolio.extensions import db
from portfolio.web.problems import Problem, Stale

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(authenticate)


def _routes(resource: Resource[object]) -> Iterator[tuple[str, str, str, View]]:
    """Of every view: its method, its rule, the end of its endpoint, itself."""
    at_list, at_item = resource.list_rule, resource.item_rule
    yield "GET", at_list, "list", views.listing(resource)
    yield "GET", at_item, "read", views.reading(resource)
    if resource.creation:
        yield "POST", at_list, "create", views.creating(resource, resource.creation)
    if resource.change:
        yield "PATCH", at_item, "change", views.changing(resource, resource.change)
    if resource.removal:
        yield "DELETE", at_item, "remove", views.removing(resource, resource.removal)
    for step in resource.steps:
        yield "POST", f"{at_item}/{step.name}", step.name, views.stepping(resource, step)


def _register(resource: Resource[object]) -> None:
    for method, rule, ending, view in _routes(resource):
        guarded = _reaching(resource.read, view)
        bp.add_url_rule(rule, f"{resource.name}_{ending}", guarded, methods=[method])
        if resource.also_at and rule == resource.item_rule:
            shorter = f"/{resource.also_at}/<int:identity>"
            bp.add_url_rule(shorter, f"{resource.name}_{ending}_directly", guarded, methods=[method])


def _reaching(action: Action, view: View) -> View:
    """The view loads what `action` reaches: the rest is 404 before it is 403."""

    def guarded(**address: int) -> Response:
        return view(**address)

    guarded.required_action = action  # type: ignore[attr-defined]
    return guarded


for each in RESOURCES:
    _register(each)
bp.add_url_rule("/capacity", "capacity", _reaching(Action.READ_CAPACITY, capacity), methods=["GET"])
for name, of_pool in (("skills", skills), ("organisations", organisations)):
    guarded = _reaching(Action.READ_POOL_CAPACITY, of_pool)
    bp.add_url_rule(f"/capacity/{name}", f"{name}_capacity", guarded, methods=["GET"])


@bp.errorhandler(Problem)
def _refused(problem: Problem) -> Response:
    db.session.rollback()
    return answer_to(problem)


@bp.errorhandler(StaleDataError)
def _overtaken(_error: StaleDataError) -> Response:
    return _refused(Stale())


@bp.errorhandler(ObjectDeletedError)
def _removed_meanwhile(_error: ObjectDeletedError) -> Response:
    db.session.rollback()
    return answer_with(404)


@bp.errorhandler(IntegrityError)
def _contradicted(_error: IntegrityError) -> Response:
    """Somebody else did at the same moment what a service had found free."""
    db.session.rollback()
    return answer_with(409)


@bp.errorhandler(OperationalError)
def _database_away(_error: OperationalError) -> Response:
    db.session.rollback()
    answer = answer_with(503)
    answer.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return answer
