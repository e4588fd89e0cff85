"""Which requests a user sees, and how they are listed."""

from collections import defaultdict

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import defer, joinedload, selectinload

from portfolio.access.models import Organisation
from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.extensions import db
from portfolio.planning.problem import Need
from portfolio.staffing.snapshot import as_need_of
from portfolio.support.models import Comment, RequestNeed, RequestState, SupportRequest
from portfolio.support.queries.supply import NO_PROJECT_YET
from portfolio.web.text import like, pieces


def requests_visible_to(actor: Actor) -> Select[SupportRequest]:
    """The requests `actor` may read. What was never submitted, only its own ministry sees."""
    reached = [_reached(actor, scope) for scope in scopes(actor, Action.READ_REQUESTS)]
    return select(SupportRequest).where(or_(false(), *reached))


def _reached(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    match scope:
        case Scope.ORGANISATION if actor.organisation_id is not None:
            return SupportRequest.organisation_id == actor.organisation_id
        case Scope.COORDINATED:
            return and_(SupportRequest.organisation_id.in_(actor.coordinated), _was_submitted())
        case Scope.ALL:
            return _was_submitted()
        case _:
            return false()


def _was_submitted() -> ColumnElement[bool]:
    withdrawn_draft = and_(SupportRequest.state == RequestState.WITHDRAWN, SupportRequest.submitted_at.is_(None))
    return and_(SupportRequest.state != RequestState.DRAFT, not_(withdrawn_draft))


def whole(statement: Select[SupportRequest]) -> Select[SupportRequest]:
    """With everything the page of one request shows."""
    return statement.options(
        joinedload(SupportRequest.organisation),
        joinedload(SupportRequest.created_by),
        joinedload(SupportRequest.decided_by),
        joinedload(SupportRequest.project),
        selectinload(SupportRequest.services),
        selectinload(SupportRequest.all_needs).joinedload(RequestNeed.skill),
        selectinload(SupportRequest.comments).joinedload(Comment.author),
        selectinload(SupportRequest.decisions),
    )


def to_decide(statement: Select[SupportRequest]) -> Select[SupportRequest]:
    """With what the pages of triage show."""
    needs = selectinload(SupportRequest.all_needs).joinedload(RequestNeed.skill)
    services = selectinload(SupportRequest.services)
    return statement.options(joinedload(SupportRequest.organisation), needs, services)


def listed(statement: Select[SupportRequest]) -> Select[SupportRequest]:
    """With what a row of the list shows."""
    needs = selectinload(SupportRequest.all_needs).load_only(RequestNeed.offered, RequestNeed.request_id)
    return statement.options(joinedload(SupportRequest.organisation), needs, defer(SupportRequest.description))


def exported_rows(statement: Select[SupportRequest], sort: str) -> list[SupportRequest]:
    """Every request of `statement` with what its row in a file shows, but for the needs."""
    named = (joinedload(SupportRequest.organisation), joinedload(SupportRequest.project))
    return list(db.session.scalars(ordered(statement.options(*named, defer(SupportRequest.description)), sort)))


def needs_asked(statement: Select[SupportRequest]) -> dict[int, list[Need]]:
    """What the requests of `statement` ask for, by their ids. One query for any number."""
    of_these = RequestNeed.request_id.in_(statement.with_only_columns(SupportRequest.id).order_by(None))
    asked: defaultdict[int, list[Need]] = defaultdict(list)
    for need in db.session.scalars(select(RequestNeed).where(of_these, not_(RequestNeed.offered))):
        asked[need.request_id].append(as_need_of(need, NO_PROJECT_YET))
    return asked


def matching(
    statement: Select[SupportRequest],
    text: str = "",
    state: RequestState | None = None,
    organisation_id: int | None = None,
) -> Select[SupportRequest]:
    """Narrowed to what a filter asks for; every typed piece must stand in title or description."""
    found: list[ColumnElement[bool]] = [
        SupportRequest.search_text.like(like(piece), escape="/") for piece in pieces(text)
    ]
    if state is not None:
        found.append(SupportRequest.state == state)
    if organisation_id is not None:
        found.append(SupportRequest.organisation_id == organisation_id)
    return statement.where(true(), *found)


UNDECIDED = (RequestState.SUBMITTED, RequestState.QUESTION, RequestState.COUNTER_OFFERED)


def open_requests(request: SupportRequest) -> Select[SupportRequest]:
    """Other requests of the same ministry that are not decided, the earliest to begin first."""
    row = SupportRequest
    others = select(row).where(row.organisation_id == request.organisation_id, row.id != request.id)
    return others.where(row.state.in_(UNDECIDED)).order_by(row.from_week, row.id)


def count_open_requests(request: SupportRequest) -> int:
    others = open_requests(request).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(others) or 0


_SORTS = {
    "title": SupportRequest.sort_key,
    "organisation": Organisation.sort_key,
    "state": SupportRequest.state,
    "weeks": SupportRequest.from_week,
    "submitted": SupportRequest.submitted_at,
}
SORTS = tuple(_SORTS)


def ordered(statement: Select[SupportRequest], sort: str) -> Select[SupportRequest]:
    """By the named column, "-" for downwards; else drafts first and then the latest submitted."""
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        return statement.order_by(SupportRequest.submitted_at.desc().nulls_first(), SupportRequest.id.desc())
    if column is Organisation.sort_key:
        statement = statement.join(SupportRequest.organisation)
    if sort.startswith("-"):
        return statement.order_by(column.desc().nulls_last(), SupportRequest.id.desc())
    return statement.order_by(column.nulls_last(), SupportRequest.id)


def organisations_with_requests(actor: Actor) -> list[Organisation]:
    """Those whose requests `actor` sees, to filter by."""
    seen = requests_visible_to(actor).with_only_columns(SupportRequest.organisation_id)
    statement = select(Organisation).where(Organisation.id.in_(seen)).order_by(Organisation.sort_key)
    return list(db.session.scalars(statement))
