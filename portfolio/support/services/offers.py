"""The counter-offer: other needs than asked for, put to the ministry."""

from collections.abc import Sequence

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.projects.checks import long_text
from portfolio.support import notices
from portfolio.support.models import CommentKind, SupportRequest
from portfolio.support.problems import Incomplete
from portfolio.support.services.needs import RequestNeedData, check_needs, filled
from portfolio.support.services.steps import LONGEST_TEXT, advance, required, say
from portfolio.support.transitions import Verb


def counter(request: SupportRequest, needs: Sequence[RequestNeedData], text: str, actor: Actor) -> None:
    """Offer `needs` instead of those asked for; a text may say why."""
    if not needs:
        raise Incomplete("needs")
    text = long_text(text, "text", LONGEST_TEXT)
    check_needs(needs)
    advance(request, Verb.COUNTER)
    request.all_needs.extend(filled((), needs, offered=True))
    if text:
        say(request, CommentKind.COUNTER_OFFER, text, actor)
    db.session.flush()
    notices.step_taken(request, Verb.COUNTER)


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
