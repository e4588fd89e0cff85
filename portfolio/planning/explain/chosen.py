"""Why the people of a plan: what speaks for each, and why not the two who come next."""

from __future__ import annotations

from dataclasses import replace

from portfolio.planning.explain.open_needs import held
from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.room import weeks_of
from portfolio.planning.explain.values import Against, Alternative, Chosen
from portfolio.planning.explain.ways import latest_week, share_of
from portfolio.planning.instance import Assignment, Instance, Level, Need, Person
from portfolio.planning.problem import NeedKind
from portfolio.planning.score import work_of

HOW_MANY = 2
NEARNESS = {Against.ELSEWHERE: 1, Against.LACKS_HOURS: 2, Against.LACKS_DAYS: 3}
"""Whoever could take the weeks comes before those, then in this order."""


def chosen(instance: Instance, assignments: tuple[Assignment, ...]) -> tuple[Chosen, ...]:
    """Each assignment of a plan that breaks no rule, explained; those that are locked without alternatives."""
    plan = Residual(instance, assignments)
    return tuple(_explained(plan, part) for part in assignments)


def _explained(plan: Residual, part: Assignment) -> Chosen:
    need, person = plan.needs[part.need], plan.persons[part.person]
    locked = part in plan.instance.locked
    others = [] if locked else [_against(plan, part, other) for other in plan.eligible(need)]
    others.sort(key=lambda other: (NEARNESS.get(other.against, 0), len(other.weeks), other.surplus, other.person))
    return Chosen(
        assignment=part,
        level=None if need.candidates is not None else person.skills.get(need.skill or ""),
        surplus=_surplus(need, person),
        free_weeks=_free_weeks(plan, need, part),
        alternatives=tuple(others[:HOW_MANY]),
    )


def instead(plan: Residual, part: Assignment, other: Person) -> Assignment | None:
    """The same weeks by somebody else, who may need another share; None where no share that may be does the work."""
    need = plan.needs[part.need]
    days = sum(other.presence[part.first : part.last + 1])
    share = part.share if need.candidates is None else share_of(need, other)
    if need.kind is NeedKind.VOLUME:
        rest = need.demand - plan.done(need) + work_of(part, plan.persons[part.person])
        share = rest // days if days else 0
    least = min(plan.instance.rules.min_share, need.share)
    may = need.candidates is not None or least <= share <= max(need.share, part.share)
    return replace(part, person=other.id, share=share) if days and may else None


def _against(plan: Residual, part: Assignment, other: Person) -> Alternative:
    need = plan.needs[part.need]
    surplus = _surplus(need, other)
    same = instead(plan, part, other)
    if same is None:
        return Alternative(other.id, Against.LACKS_DAYS, surplus=surplus)
    lacking = weeks_of(plan.alone.lacking(same))
    if lacking:
        return Alternative(other.id, Against.LACKS_HOURS, lacking, surplus=surplus)
    rival = held(plan, same)
    if rival is not None:
        return Alternative(
            other.id, Against.ELSEWHERE, weeks_of(plan.left.lacking(same)), rival.needs, rival.worth, surplus
        )
    return Alternative(other.id, _compared(plan, part, same), surplus=surplus)


def _compared(plan: Residual, part: Assignment, same: Assignment) -> Against:
    """Two who could do the same weeks."""
    need, one, other = plan.needs[part.need], plan.persons[part.person], plan.persons[same.person]
    less = plan.worth(part) - plan.worth(same)
    costlier = _cost(plan, need, other) - _cost(plan, need, one)
    surplus = _surplus(need, other) - _surplus(need, one)
    worse = ((Against.LESS_WORK, less), (Against.COSTLIER, costlier), (Against.SURPLUS, surplus))
    found = next((against for against, amount in worse if amount > 0), None)
    if found is not None:
        return found
    return Against.BETTER if less or costlier or surplus else Against.EQUAL


def _cost(plan: Residual, need: Need, person: Person) -> int:
    if Level.COST not in plan.instance.goals.levels:
        return 0
    return next((candidate.cost for candidate in need.candidates or () if candidate.person == person.id), 0)


def _surplus(need: Need, person: Person) -> int:
    return 0 if need.candidates is not None else person.skills[need.skill or ""] - need.level


def _free_weeks(plan: Residual, need: Need, part: Assignment) -> tuple[int, ...]:
    free, places = plan.left.of(part.person)
    last = min(latest_week(need), plan.instance.weeks - 1)
    return tuple(
        week
        for week in range(need.first, last + 1)
        if week in part.weeks or (free[week] >= part.share and places[week] > 0)
    )
