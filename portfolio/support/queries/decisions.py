"""Decisions on record, for those who may read them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, undefer

from portfolio.access.policy import Actor
from portfolio.support.models import Decision, SupportRequest
from portfolio.support.queries.requests import requests_visible_to


def decisions_visible_to(actor: Actor) -> Select[Decision]:
    """Decisions on the requests `actor` may read, with what their letter needs. Who may read more, the policy says."""
    seen = requests_visible_to(actor).with_only_columns(SupportRequest.id)
    loads = (
        undefer(Decision.facts),
        joinedload(Decision.request).joinedload(SupportRequest.organisation),
        joinedload(Decision.decided_by),
    )
    return select(Decision).where(Decision.request_id.in_(seen)).options(*loads)


def decisions_taken_by(user_id: int) -> Select[Decision]:
    """What somebody decided, the latest first."""
    taken = select(Decision).where(Decision.decided_by_id == user_id).options(joinedload(Decision.request))
    return taken.order_by(Decision.decided_at.desc(), Decision.id.desc())
