"""Requests of ministries, the steps they take, and the conversation about them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Choice, Day, Flag, Id, Moment, Text, WeekOf
from portfolio.api.lists import Listed, Rows
from portfolio.api.resource import Amendments, Change, Creation, Parent, Resource, Values, merged, reached, whoever
from portfolio.api.resources.needs import NeedFields
from portfolio.api.resources.steps import STEPS
from portfolio.api.schema import StoredSchema
from portfolio.api.search import SearchQuery
from portfolio.support import queries, services
from portfolio.support.models import Comment, CommentKind, RequestNeed, RequestState, SupportRequest
from portfolio.support.services import RequestData, RequestNeedData
from portfolio.support.services.conversation import may_comment


class RequestNeedSchema(NeedFields):
    id = Id(dump_only=True)
    accepted = Flag(dump_only=True, allow_none=True)


class RequestSchema(StoredSchema):
    title = Text(300, blank=True, load_default="")
    description = Text(10_000, blank=True, load_default="")
    organisation_id = Id(load_default=None)
    service_ids = Listed(Id(), load_default=list)
    from_week = WeekOf(load_default=None)
    to_week = WeekOf(load_default=None)
    deadline = Day(load_default=None)
    needs = Rows(RequestNeedSchema(), most=100, load_default=list)
    offered_needs = Rows(RequestNeedSchema(), most=100, dump_only=True)
    state = Choice(RequestState, dump_only=True)
    project_id = Id(dump_only=True, allow_none=True)
    submitted_at = Moment(dump_only=True, allow_none=True)
    decided_at = Moment(dump_only=True, allow_none=True)

    example = {
        "title": "Kita-Antrag online",
        "description": "Eltern sollen den Platz online beantragen.",
        "from_week": "2026-W49",
        "to_week": "2027-W07",
        "needs": [NeedFields.example],
    }
    answered = {
        "organisation_id": 1,
        "needs": [NeedFields.example | {"id": 1, "accepted": None}],
        "offered_needs": [],
        "state": "draft",
        "project_id": None,
        "submitted_at": None,
        "decided_at": None,
    }


class RequestQuery(SearchQuery):
    state = Choice(RequestState)
    organisation_id = Id()


class CommentSchema(StoredSchema):
    request_id = Id(dump_only=True)
    text = Text(10_000, required=True)
    kind = Choice(CommentKind, dump_only=True)
    author = Text(200, dump_only=True, allow_none=True, attribute="author.name", dump_default=None)
    at = Moment(dump_only=True)

    example = {"text": "Die Unterlagen liegen bei."}
    answered = {"request_id": 1, "kind": "comment", "author": "Mia Muster", "at": "2026-11-23T14:00:00Z"}


def _rows(actor: Actor) -> Select[SupportRequest]:
    loads = (selectinload(SupportRequest.all_needs), selectinload(SupportRequest.services))
    return queries.requests_visible_to(actor).options(*loads)


def _narrow(statement: Select[SupportRequest], asked: Values) -> Select[SupportRequest]:
    return queries.matching(statement, asked.get("q", ""), asked.get("state"), asked.get("organisation_id"))


def _amend(requests: Sequence[SupportRequest], _actor: Actor) -> Amendments:
    return {request.id: {"service_ids": [service.id for service in request.services]} for request in requests}


def _create(values: Values, actor: Actor, _parent: Any) -> SupportRequest:
    return services.create_draft(RequestData(**_as_input(values)), actor)


def _change(request: SupportRequest, values: Values, _actor: Actor) -> None:
    ids, needs = tuple(service.id for service in request.services), tuple(map(_need_data, request.needs))
    services.change_draft(request, merged(RequestData, request, _as_input(values), service_ids=ids, needs=needs))


def _as_input(values: Values) -> Values:
    given = dict(values)
    if "service_ids" in values:
        given["service_ids"] = tuple(values["service_ids"])
    if "needs" in values:
        given["needs"] = tuple(RequestNeedData(**row) for row in values["needs"])
    return given


def _need_data(need: RequestNeed) -> RequestNeedData:
    data: RequestNeedData = merged(RequestNeedData, need, {})
    return data


def _comments(actor: Actor) -> Select[Comment]:
    visible = queries.requests_visible_to(actor).with_only_columns(SupportRequest.id)
    return select(Comment).where(Comment.request_id.in_(visible)).options(joinedload(Comment.author))


def _comment(values: Values, actor: Actor, request: Any) -> Comment:
    return services.comment(request, values["text"], actor)


REQUESTS = Resource(
    address="requests",
    title=_l("Anfragen"),
    schema=RequestSchema(),
    model=SupportRequest,
    read=Action.READ_REQUESTS,
    rows=_rows,
    query=RequestQuery(),
    narrow=_narrow,
    amend=_amend,
    creation=Creation(permits=whoever(Action.FILE_REQUESTS), do=_create),
    change=Change(permits=reached(Action.FILE_REQUESTS), do=_change),
    steps=STEPS,
)
COMMENTS = Resource(
    address="comments",
    title=_l("Kommentare"),
    schema=CommentSchema(),
    model=Comment,
    read=Action.READ_REQUESTS,
    rows=_comments,
    parent=Parent(resource=REQUESTS, parameter="request_id", key=Comment.request_id),
    creation=Creation(permits=lambda actor, request, _names: may_comment(request, actor), do=_comment),
)
