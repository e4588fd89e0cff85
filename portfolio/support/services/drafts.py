"""What the ministry does alone: write a draft, submit it, withdraw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portfolio.access.policy import Actor
from portfolio.audit.deferred import bring_up, defer
from portfolio.catalogue.models import Service
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.projects.checks import long_text, sensible_day
from portfolio.projects.queries import services_by_id
from portfolio.support import notices
from portfolio.support.models import SupportRequest
from portfolio.support.problems import ForeignOrganisation, Incomplete, UnknownService, WeeksReversed
from portfolio.support.services.needs import RequestNeedData, check_needs, filled
from portfolio.support.services.steps import LONGEST_TEXT, advance, hold
from portfolio.support.transitions import Verb, next_state
from portfolio.web import clock

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestData:
    """What a ministry writes down; everything may still be empty in a draft."""

    title: str = ""
    description: str = ""
    organisation_id: int | None = None
    service_ids: tuple[int, ...] = ()
    from_week: Week | None = None
    to_week: Week | None = None
    deadline: date | None = None
    needs: tuple[RequestNeedData, ...] = ()


def create_draft(data: RequestData, actor: Actor) -> SupportRequest:
    """A new draft of the actor's own organisation."""
    if actor.organisation_id is None:
        raise Incomplete("organisation_id")
    services = _checked(data, actor.organisation_id)
    request = SupportRequest(organisation_id=actor.organisation_id, created_by_id=actor.user_id)
    _fill(request, data, services)
    db.session.add(request)
    db.session.flush()
    return request


def change_draft(request: SupportRequest, data: RequestData) -> None:
    """Replace what the draft says; its organisation stays."""
    _change(request, data)
    _log_what_was_typed(request)


def keep_draft(request: SupportRequest, data: RequestData) -> None:
    """The same, unasked and while somebody types: the change log waits for a step taken on purpose."""
    _change(request, data)
    defer(db.session, (SupportRequest.__tablename__, request.id))


def submit(request: SupportRequest) -> None:
    """Hand the draft over to the CIO office; raises Incomplete with the fields that are still empty."""
    hold(request)
    state = next_state(request.state, Verb.SUBMIT)
    if missing := tuple(_missing(request)):
        raise Incomplete(*missing)
    request.state = state
    request.submitted_at = clock.now()
    _log_what_was_typed(request)
    db.session.flush()
    notices.step_taken(request, Verb.SUBMIT)


def withdraw(request: SupportRequest) -> None:
    advance(request, Verb.WITHDRAW)
    _log_what_was_typed(request)
    db.session.flush()
    notices.step_taken(request, Verb.WITHDRAW)


def _change(request: SupportRequest, data: RequestData) -> None:
    services = _checked(data, request.organisation_id)
    advance(request, Verb.CHANGE)
    _fill(request, data, services)
    request.touch()
    db.session.flush()


def _log_what_was_typed(request: SupportRequest) -> None:
    bring_up(db.session, (SupportRequest.__tablename__, request.id))


def _checked(data: RequestData, organisation_id: int) -> list[Service]:
    """The services named, once everything makes sense."""
    long_text(data.title, "title", LONGEST_TITLE)
    long_text(data.description, "description", LONGEST_TEXT)
    if data.deadline is not None:
        sensible_day(data.deadline, "deadline")
    if data.organisation_id not in (None, organisation_id):
        raise ForeignOrganisation
    if data.from_week and data.to_week and data.to_week < data.from_week:
        raise WeeksReversed
    check_needs(data.needs)
    known = services_by_id(data.service_ids)
    if len(known) < len(set(data.service_ids)):
        raise UnknownService
    return list(known.values())


def _fill(request: SupportRequest, data: RequestData, services: list[Service]) -> None:
    request.title = " ".join(data.title.split())
    request.description = data.description.strip()
    request.from_week, request.to_week = data.from_week, data.to_week
    request.deadline = data.deadline
    request.services = services
    request.all_needs = filled(request.needs, data.needs)


def _missing(request: SupportRequest) -> Iterator[str]:
    for field in ("title", "description", "from_week", "to_week", "needs"):
        if not getattr(request, field):
            yield field
