"""The demo's requests, each led into its state by the same steps that people take."""

from dataclasses import dataclass
from datetime import date

from portfolio.access.models import Organisation, User
from portfolio.access.policy import Actor, Role
from portfolio.catalogue.models import Service
from portfolio.demo import undertakings
from portfolio.demo.world import People
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.pool.models import Skill
from portfolio.support import services as support
from portfolio.support.models import RequestState, Rule, SupportRequest
from portfolio.support.services import Acceptance, Judgement, RequestData, RequestNeedData

QUESTION = "Welche Stelle in Ihrem Haus nimmt die Anträge heute entgegen, und wie viele sind es im Jahr?"
REASON = "Die Leistung ist im laufenden Jahr bereits über eine Nachnutzung vorgesehen."
OFFER = "Mit etwas geringerem Anteil und späterem Beginn können wir zusagen."
JUDGEMENTS = (
    Judgement(rule=Rule.LEGAL_DEADLINE, reason="Für die Leistung gilt eine gesetzliche Frist."),
    Judgement(rule=Rule.FAIRNESS, reason="Ihr Haus ist bisher weniger unterstützt worden als andere."),
    Judgement(rule=Rule.VALUE, reason="Die Leistung wird von sehr vielen Menschen genutzt."),
)
PRIORITY = 2


@dataclass(frozen=True, slots=True)
class Setting:
    organisations: dict[str, Organisation]
    services: dict[str, Service]
    skills: dict[str, Skill]
    people: People
    users: dict[str, User]
    today: date

    @property
    def office(self) -> Actor:
        return self.users["cio-office"].actor


def create(setting: Setting) -> None:
    for number, row in enumerate(undertakings.REQUESTS):
        request = _draft(setting, row)
        if row[2] is not RequestState.DRAFT:
            _lead_to(setting, request, row[2], number)


def _draft(setting: Setting, row: undertakings.RequestRow) -> SupportRequest:
    title, ministry, _state, key, offset, length, wanted = row
    first = Week.containing(setting.today) + offset
    last = first + length - 1
    organisation = setting.organisations[ministry]
    data = RequestData(
        title=title,
        description=f"{title} soll ohne Papier möglich sein. Bisher läuft das Verfahren über Formulare und Post.",
        organisation_id=organisation.id,
        service_ids=(setting.services[key].id,) if key else (),
        from_week=first,
        to_week=last,
        deadline=last.sunday,
        needs=tuple(
            RequestNeedData(
                skill_id=setting.skills[code].id,
                level=level,
                kind=NeedKind.STEADY,
                share=share,
                person_days=None,
                from_week=first,
                to_week=last,
                priority=PRIORITY,
                mandatory=False,
            )
            for code, level, share in wanted
        ),
    )
    return support.create_draft(data, _ministry(setting, organisation))


def _ministry(setting: Setting, organisation: Organisation) -> Actor:
    """Whoever files for `organisation`: its account, or one that stands in for it."""
    for user in setting.users.values():
        if Role.MINISTRY in user.roles and user.organisation_id == organisation.id:
            return user.actor
    stand_in = setting.users["ministry"]
    return Actor(user_id=stand_in.id, roles=stand_in.roles, organisation_id=organisation.id)


def _lead_to(setting: Setting, request: SupportRequest, state: RequestState, number: int) -> None:
    support.submit(request)
    match state:
        case RequestState.QUESTION:
            support.ask(request, QUESTION, setting.office)
        case RequestState.REJECTED:
            support.reject(request, REASON, setting.office, Rule.VALUE)
        case RequestState.WITHDRAWN:
            support.withdraw(request)
        case RequestState.COUNTER_OFFERED:
            support.counter(request, _smaller(request), OFFER, setting.office, Rule.CAPACITY)
        case RequestState.ACCEPTED | RequestState.PARTLY_ACCEPTED:
            lead = setting.people.leads[number % len(setting.people.leads)]
            some = (request.needs[0].id,) if state is RequestState.PARTLY_ACCEPTED else None
            coordinator = setting.people.coordinators[0]
            accepted = Acceptance(lead_id=lead.id, coordinator_id=coordinator.id, need_ids=some)
            support.accept(request, accepted, setting.office, JUDGEMENTS[number % len(JUDGEMENTS)])
        case _:
            pass


def _smaller(request: SupportRequest) -> tuple[RequestNeedData, ...]:
    return tuple(
        RequestNeedData(
            skill_id=need.skill_id,
            level=need.level,
            kind=need.kind,
            share=max(20, need.share - 20),
            person_days=None,
            from_week=need.from_week + 3,
            to_week=need.to_week + 3,
            priority=need.priority,
            mandatory=need.mandatory,
        )
        for need in request.needs
    )
