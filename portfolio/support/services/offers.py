"""The counter-offer: other needs than asked for, put to the ministry."""

from collections.abc import Sequence
from dataclasses import replace

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.planning.problem import Need
from portfolio.projects.checks import long_text
from portfolio.staffing.snapshot import as_need_of
from portfolio.support import notices, queries
from portfolio.support.models import CommentKind, Outcome, Rule, SupportRequest
from portfolio.support.problems import Incomplete
from portfolio.support.services.needs import RequestNeedData, check_needs, filled
from portfolio.support.services.records import Judgement, record
from portfolio.support.services.steps import LONGEST_TEXT, advance, ready, required, say
from portfolio.support.transitions import Verb

NO_PROJECT_YET = 0


def counter(
    request: SupportRequest, needs: Sequence[RequestNeedData], text: str, actor: Actor, rule: Rule = Rule.NONE
) -> None:
    """Offer `needs` instead of those asked for; a text may say why. The offer is kept with what was known."""
    if not needs:
        raise Incomplete("needs")
    text = long_text(text, "text", LONGEST_TEXT)
    check_needs(needs)
    state = ready(request, Verb.COUNTER)
    request.all_needs.extend(filled((), needs, offered=True))
    db.session.flush()
    facts = queries.facts_about(request)
    request.state = state
    if text:
        say(request, CommentKind.COUNTER_OFFER, text, actor)
    record(request, Outcome.COUNTER_OFFERED, Judgement(rule=rule, reason=text), facts, actor)
    db.session.flush()
    notices.step_taken(request, Verb.COUNTER)


def as_planned(needs: Sequence[RequestNeedData]) -> list[Need]:
    """Needs that are not stored yet as planning knows them, numbered from 1; refuses what makes no sense."""
    check_needs(needs)
    rows = filled((), needs, offered=True)
    return [replace(as_need_of(row, NO_PROJECT_YET), id=number) for number, row in enumerate(rows, start=1)]


def agree(request: SupportRequest) -> None:
    """The ministry takes the offer: what was offered is now what it asks for."""
    advance(request, Verb.AGREE)
    request.all_needs = request.offered_needs
    for need in request.all_needs:
        need.offered = False
    db.session.flush()
    notices.step_taken(request, Verb.AGREE)


def decline(request: SupportRequest, text: str, actor: Actor) -> None:
    """The ministry stays with what it asked for; the offer is dropped."""
    text = required(text)
    advance(request, Verb.DECLINE)
    request.all_needs = request.needs
    say(request, CommentKind.DECLINE, text, actor)
    db.session.flush()
    notices.step_taken(request, Verb.DECLINE)
