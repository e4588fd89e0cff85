"""Taking a step: what every verb of the state machine shares."""

from sqlalchemy import select

from portfolio.access.policy import Actor
from portfolio.extensions import db
from portfolio.projects.checks import long_text
from portfolio.support.models import Comment, CommentKind, RequestState, SupportRequest
from portfolio.support.problems import Incomplete
from portfolio.support.transitions import Verb, next_state
from portfolio.web import clock
from portfolio.web.problems import Stale

LONGEST_TEXT = 10_000


def advance(request: SupportRequest, verb: Verb) -> None:
    """Move the request along the table; WrongState where there is no such step, Stale where it moved meanwhile."""
    request.state = ready(request, verb)


def ready(request: SupportRequest, verb: Verb) -> RequestState:
    """Where the step leads: the request is locked, and nothing has changed yet. Refuses like `advance`."""
    hold(request)
    return next_state(request.state, verb)


def hold(request: SupportRequest) -> None:
    """Lock the request until the transaction ends, so that two deciders cannot both go on from the same state."""
    stored = select(SupportRequest.version).where(SupportRequest.id == request.id).with_for_update(key_share=True)
    if db.session.scalar(stored) != request.version:
        raise Stale


def required(text: str) -> str:
    """The text of a step that needs one; refuses an empty one."""
    if not text.strip():
        raise Incomplete("text")
    return long_text(text, "text", LONGEST_TEXT)


def say(request: SupportRequest, kind: CommentKind, text: str, actor: Actor) -> Comment:
    """Add a message to the conversation."""
    message = Comment(kind=kind, text=text, author_id=actor.user_id, at=clock.now())
    request.comments.append(message)
    return message


def decide(request: SupportRequest, actor: Actor) -> None:
    """Keep who decided, and when."""
    request.decided_at = clock.now()
    request.decided_by_id = actor.user_id
