"""Which step follows which, and who may take it: the state machine of a request as data."""

from collections.abc import Mapping
from enum import StrEnum

from portfolio.access.policy import Action, Actor, may
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.problems import WrongState


class Verb(StrEnum):
    CHANGE = "change"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    REJECT = "reject"
    COUNTER = "counter"
    AGREE = "agree"
    DECLINE = "decline"


TRANSITIONS: Mapping[RequestState, Mapping[Verb, RequestState]] = {
    RequestState.DRAFT: {
        Verb.CHANGE: RequestState.DRAFT,
        Verb.SUBMIT: RequestState.SUBMITTED,
        Verb.WITHDRAW: RequestState.WITHDRAWN,
    },
    RequestState.SUBMITTED: {
        Verb.ASK: RequestState.QUESTION,
        Verb.COUNTER: RequestState.COUNTER_OFFERED,
        Verb.ACCEPT: RequestState.ACCEPTED,
        Verb.ACCEPT_PARTLY: RequestState.PARTLY_ACCEPTED,
        Verb.REJECT: RequestState.REJECTED,
        Verb.WITHDRAW: RequestState.WITHDRAWN,
    },
    RequestState.QUESTION: {
        Verb.ANSWER: RequestState.SUBMITTED,
        Verb.WITHDRAW: RequestState.WITHDRAWN,
    },
    RequestState.COUNTER_OFFERED: {
        Verb.AGREE: RequestState.SUBMITTED,
        Verb.DECLINE: RequestState.SUBMITTED,
        Verb.WITHDRAW: RequestState.WITHDRAWN,
    },
    RequestState.ACCEPTED: {},
    RequestState.PARTLY_ACCEPTED: {},
    RequestState.REJECTED: {},
    RequestState.WITHDRAWN: {},
}

ACTION_OF: Mapping[Verb, Action] = {
    Verb.CHANGE: Action.FILE_REQUESTS,
    Verb.SUBMIT: Action.FILE_REQUESTS,
    Verb.WITHDRAW: Action.FILE_REQUESTS,
    Verb.ASK: Action.TRIAGE_REQUESTS,
    Verb.ANSWER: Action.FILE_REQUESTS,
    Verb.ACCEPT: Action.TRIAGE_REQUESTS,
    Verb.ACCEPT_PARTLY: Action.TRIAGE_REQUESTS,
    Verb.REJECT: Action.TRIAGE_REQUESTS,
    Verb.COUNTER: Action.TRIAGE_REQUESTS,
    Verb.AGREE: Action.FILE_REQUESTS,
    Verb.DECLINE: Action.FILE_REQUESTS,
}


def next_state(state: RequestState, verb: Verb) -> RequestState:
    """Where `verb` leads from `state`; raises WrongState where it leads nowhere."""
    try:
        return TRANSITIONS[state][verb]
    except KeyError:
        raise WrongState(state) from None


def possible_steps(request: SupportRequest, actor: Actor) -> frozenset[Verb]:
    """The steps `actor` may take with `request` as it stands."""
    return frozenset(verb for verb in TRANSITIONS[request.state] if may(actor, ACTION_OF[verb], request))
