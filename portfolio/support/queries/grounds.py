"""What a decision about a request rests on: what the pool has, where each choice leads, who was served how far."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portfolio.planning.choices import Consequence, consequences, offered, part_taken_on
from portfolio.planning.problem import Need
from portfolio.planning.served import Served, together
from portfolio.planning.weeks import Week
from portfolio.staffing.snapshot import as_need_of
from portfolio.support.facts import Facts, NeedFacts, PoolFacts
from portfolio.support.models import RequestNeed, SupportRequest
from portfolio.support.queries.catalogue import skill_names
from portfolio.support.queries.requests import count_open_requests
from portfolio.support.queries.served import period, served_by_organisation
from portfolio.support.queries.supply import NO_PROJECT_YET, Supply, promised, supplies
from portfolio.web import clock, settings


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each choice would lead to, and the served share before."""

    supplies: tuple[Supply, ...]
    choices: tuple[Consequence, ...]
    ministry: Served
    everybody: Served


def weigh(request: SupportRequest, week: Week) -> Weighing:
    """As of `week`. Eight queries."""
    found = supplies(_as_planned(request.needs))
    served = served_by_organisation(week)
    own = served.get(request.organisation_id, Served())
    choices = consequences([supply.ask for supply in found], own, settings.full_time_hours())
    return Weighing(found, choices, own, together(served.values()))


def facts_about(request: SupportRequest, accepted: Collection[RequestNeed] = ()) -> Facts:
    """What is known now, before the decision is taken to accept these needs, or what is offered, or nothing."""
    week = clock.this_week()
    weighing, counted = weigh(request, week), period(week)
    offer = supplies(_as_planned(request.offered_needs))
    named = _Names.of([supply.need for supply in (*weighing.supplies, *offer)])
    first, last = request.from_week, request.to_week
    if first is None or last is None:
        raise ValueError("a request without weeks was never submitted")
    return Facts(
        title=request.title,
        organisation=request.organisation.name,
        services=tuple(service.name for service in request.services),
        from_week=first,
        to_week=last,
        deadline=request.deadline,
        submitted_on=None if request.submitted_at is None else clock.day_of(request.submitted_at),
        needs=named.facts(request.needs, weighing.supplies, {need.id for need in accepted}),
        offered=named.facts(request.offered_needs, offer),
        choices=weighing.choices,
        taken=_taken(weighing, offer, {need.id for need in accepted}),
        ministry=weighing.ministry,
        everybody=weighing.everybody,
        served_from=counted.first,
        served_to=counted.last,
        open_requests=count_open_requests(request),
    )


def _taken(weighing: Weighing, offer: Sequence[Supply], accepted: Collection[int]) -> Consequence:
    full_time = settings.full_time_hours()
    if offer:
        return offered([supply.ask for supply in offer], weighing.ministry, full_time)
    part = [supply.ask for supply in weighing.supplies if supply.need.id in accepted]
    if len(part) == len(weighing.supplies):
        return weighing.choices[0]
    if not part:
        return weighing.choices[-1]
    asked = sum(supply.work for supply in weighing.supplies)
    return part_taken_on(part, asked, weighing.ministry, full_time)


def _as_planned(rows: Sequence[RequestNeed]) -> list[Need]:
    return [as_need_of(row, NO_PROJECT_YET) for row in rows]


@dataclass(frozen=True, slots=True)
class _Names:
    """What goes with a skill: its name, and how many open needs of projects ask for it."""

    skills: Mapping[int, str]
    open_needs: Mapping[int, int]

    @classmethod
    def of(cls, needs: Sequence[Need]) -> "_Names":
        return cls(skill_names({need.skill_id for need in needs}), promised(needs))

    def facts(
        self, rows: Sequence[RequestNeed], found: Sequence[Supply], accepted: Collection[int] = ()
    ) -> tuple[NeedFacts, ...]:
        """The needs; where some are accepted, which."""
        pairs = zip(rows, found, strict=True)
        return tuple(self._fact(row, supply, row.id in accepted if accepted else None) for row, supply in pairs)

    def _fact(self, row: RequestNeed, supply: Supply, accepted: bool | None) -> NeedFacts:
        pool = PoolFacts(
            skilled=supply.skilled,
            wholly_free=supply.wholly_free,
            mean_free=supply.mean_free,
            least_free=supply.least_free,
            work=supply.work,
            bookable=supply.bookable,
            promised=self.open_needs.get(row.skill_id, 0),
            shortage=supply.shortage,
        )
        skill = self.skills[row.skill_id]
        return NeedFacts(need=supply.need, skill=skill, mandatory=row.mandatory, accepted=accepted, pool=pool)
