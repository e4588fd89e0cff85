"""Questions, answers and comments."""

from portfolio.access.policy import Action, Actor, may
from portfolio.extensions import db
from portfolio.support import notices
from portfolio.support.models import Comment, CommentKind, SupportRequest
from portfolio.support.services.steps import advance, required, say
from portfolio.support.transitions import Verb
from portfolio.web.problems import NotAllowed

SPEAKERS = (Action.FILE_REQUESTS, Action.TRIAGE_REQUESTS)


def ask(request: SupportRequest, text: str, actor: Actor) -> None:
    """The CIO office wants to know more before it decides."""
    text = required(text)
    advance(request, Verb.ASK)
    say(request, CommentKind.QUESTION, text, actor)
    db.session.flush()
    notices.step_taken(request, Verb.ASK)


def answer(request: SupportRequest, text: str, actor: Actor) -> None:
    text = required(text)
    advance(request, Verb.ANSWER)
    say(request, CommentKind.ANSWER, text, actor)
    db.session.flush()
    notices.step_taken(request, Verb.ANSWER)


def comment(request: SupportRequest, text: str, actor: Actor) -> Comment:
    """Say something in any state; whoever only reads the request takes no part."""
    if not may_comment(request, actor):
        raise NotAllowed
    text = required(text)
    message = say(request, CommentKind.COMMENT, text, actor)
    db.session.flush()
    notices.commented(request, actor)
    return message


def may_comment(request: SupportRequest, actor: Actor) -> bool:
    return any(may(actor, action, request) for action in SPEAKERS)
