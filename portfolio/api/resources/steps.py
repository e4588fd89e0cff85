"""The steps of a request, each an address below it."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portfolio.access.policy import Actor
from portfolio.api.fields import Choice, Id, Share, Text
from portfolio.api.lists import Listed, Rows
from portfolio.api.resource import Step, Values, reached
from portfolio.api.resources.needs import NeedFields
from portfolio.api.schema import ApiSchema, Nothing
from portfolio.support import services
from portfolio.support.models import Rule, SupportRequest
from portfolio.support.services import Acceptance, Judgement, RequestNeedData
from portfolio.support.transitions import ACTION_OF, Verb


class Words(ApiSchema):
    text = Text(10_000, required=True)

    example = {"text": "Bis wann muss der Antrag online sein?"}


class AcceptanceSchema(ApiSchema):
    lead_id = Id(required=True)
    coordinator_id = Id(load_default=None)
    need_ids = Listed(Id(), most=100, load_default=None)
    lead_share = Share(low=0, load_default=0)
    coordinator_share = Share(low=0, load_default=0)
    rule = Choice(Rule, load_default=Rule.NONE)
    reason = Text(10_000, blank=True, load_default="")

    example = {"lead_id": 1}


class RejectionSchema(Words):
    rule = Choice(Rule, load_default=Rule.NONE)

    example = {"text": "Die Leistung ist schon über eine Nachnutzung vorgesehen."}


class OfferSchema(ApiSchema):
    needs = Rows(NeedFields(), most=100, required=True)
    text = Text(10_000, required=True)
    rule = Choice(Rule, load_default=Rule.NONE)

    example = {
        "needs": [{"skill_id": 1, "level": 2, "share": 20, "from_week": "2027-W02", "to_week": "2027-W20"}],
        "text": "Ab Januar ist jemand frei.",
    }


def _submit(request: SupportRequest, _values: Values, _actor: Actor) -> None:
    services.submit(request)


def _withdraw(request: SupportRequest, _values: Values, _actor: Actor) -> None:
    services.withdraw(request)


def _ask(request: SupportRequest, values: Values, actor: Actor) -> None:
    services.ask(request, values["text"], actor)


def _answer(request: SupportRequest, values: Values, actor: Actor) -> None:
    services.answer(request, values["text"], actor)


def _accept(request: SupportRequest, values: Values, actor: Actor) -> None:
    chosen = dict(values)
    judgement = Judgement(rule=chosen.pop("rule"), reason=chosen.pop("reason"))
    named = chosen.pop("need_ids")
    acceptance = Acceptance(**chosen, need_ids=None if named is None else tuple(named))
    services.accept(request, acceptance, actor, judgement)


def _counter(request: SupportRequest, values: Values, actor: Actor) -> None:
    needs = [RequestNeedData(**row) for row in values["needs"]]
    services.counter(request, needs, values["text"], actor, values["rule"])


def _agree(request: SupportRequest, _values: Values, _actor: Actor) -> None:
    services.agree(request)


def _decline(request: SupportRequest, values: Values, actor: Actor) -> None:
    services.decline(request, values["text"], actor)


def _reject(request: SupportRequest, values: Values, actor: Actor) -> None:
    services.reject(request, values["text"], actor, values["rule"])


def _step(
    verb: Verb,
    summary: LazyString,
    do: Callable[[SupportRequest, Values, Actor], None],
    body: type[ApiSchema] = Nothing,
) -> Step[SupportRequest]:
    return Step(name=verb.value, summary=summary, permits=reached(ACTION_OF[verb]), do=do, body=body())


STEPS = (
    _step(Verb.SUBMIT, _l("Anfrage einreichen"), _submit),
    _step(Verb.WITHDRAW, _l("Anfrage zurückziehen"), _withdraw),
    _step(Verb.ASK, _l("Rückfrage stellen"), _ask, Words),
    _step(Verb.ANSWER, _l("Rückfrage beantworten"), _answer, Words),
    _step(Verb.ACCEPT, _l("Anfrage annehmen"), _accept, AcceptanceSchema),
    _step(Verb.COUNTER, _l("Gegenangebot machen"), _counter, OfferSchema),
    _step(Verb.AGREE, _l("Gegenangebot annehmen"), _agree),
    _step(Verb.DECLINE, _l("Gegenangebot ablehnen"), _decline, Words),
    _step(Verb.REJECT, _l("Anfrage ablehnen"), _reject, RejectionSchema),
)
