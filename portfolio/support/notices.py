"""Whom a step on a request concerns, and what they are told."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.access.notices import cio_office, coordinators, ministry, tell
from portfolio.access.policy import Action, Actor, may
from portfolio.notify.kinds import Facts, Kind
from portfolio.support.models import SupportRequest
from portfolio.support.transitions import Verb


def _words(sentence: LazyString) -> Callable[[SupportRequest, Facts], str]:
    return lambda request, _facts: str(sentence) % {"ministry": request.organisation.code, "title": request.title}


def _step(verb: Verb, sentence: LazyString) -> Kind[SupportRequest]:
    return Kind(f"request_{verb}", "request", SupportRequest, _words(sentence))


STEPS = {
    Verb.SUBMIT: _step(Verb.SUBMIT, _l("%(ministry)s hat die Anfrage „%(title)s“ eingereicht.")),
    Verb.ANSWER: _step(Verb.ANSWER, _l("%(ministry)s hat die Rückfrage zu „%(title)s“ beantwortet.")),
    Verb.AGREE: _step(Verb.AGREE, _l("%(ministry)s hat dem Gegenangebot zu „%(title)s“ zugestimmt.")),
    Verb.DECLINE: _step(Verb.DECLINE, _l("%(ministry)s hat das Gegenangebot zu „%(title)s“ abgelehnt.")),
    Verb.WITHDRAW: _step(Verb.WITHDRAW, _l("%(ministry)s hat die Anfrage „%(title)s“ zurückgezogen.")),
    Verb.ASK: _step(Verb.ASK, _l("Das CIO-Büro hat eine Rückfrage zu Ihrer Anfrage „%(title)s“.")),
    Verb.COUNTER: _step(Verb.COUNTER, _l("Das CIO-Büro macht zu Ihrer Anfrage „%(title)s“ ein Gegenangebot.")),
    Verb.ACCEPT: _step(Verb.ACCEPT, _l("Ihre Anfrage „%(title)s“ ist angenommen.")),
    Verb.ACCEPT_PARTLY: _step(Verb.ACCEPT_PARTLY, _l("Ihre Anfrage „%(title)s“ ist teilweise angenommen.")),
    Verb.REJECT: _step(Verb.REJECT, _l("Ihre Anfrage „%(title)s“ ist abgelehnt.")),
}
COMMENTED = Kind(
    "request_commented",
    "request_comment",
    SupportRequest,
    _words(_l("Zur Anfrage „%(title)s“ (%(ministry)s) gibt es einen neuen Kommentar.")),
)
_BY_THE_MINISTRY = frozenset({Verb.SUBMIT, Verb.ANSWER, Verb.AGREE, Verb.DECLINE, Verb.WITHDRAW})


def step_taken(request: SupportRequest, verb: Verb) -> None:
    """Tell the other side; a draft withdrawn was nobody else's to see."""
    if request.submitted_at is None:
        return
    readers = [cio_office() if verb in _BY_THE_MINISTRY else ministry(request.organisation_id)]
    if verb is Verb.SUBMIT:
        readers.append(coordinators(request.organisation_id))
    tell(STEPS[verb], request, *readers)


def commented(request: SupportRequest, actor: Actor) -> None:
    """Tell the other side, or both where the actor is both."""
    if request.submitted_at is None:
        return
    files, decides = (may(actor, action, request) for action in (Action.FILE_REQUESTS, Action.TRIAGE_REQUESTS))
    sides = ((files, cio_office()), (decides, ministry(request.organisation_id)))
    tell(COMMENTED, request, *(readers for spoken, readers in sides if spoken))
