"""What would have to give way for an open need to be covered: one thing at a time, on the plan as it stands.

Every kind is tried from the smallest change to the largest, each with everybody and every start, so that where one
assignment would do after one change, it is found. What is found is held against the rules before it is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.room import bits
from portfolio.planning.explain.values import Relaxation, RelaxationKind
from portfolio.planning.explain.ways import latest_week, share_of
from portfolio.planning.instance import SHARE_DAYS_PER_PERSON_DAY, Assignment, Need, Person
from portfolio.planning.problem import NeedKind


def relaxations(plan: Residual, need: Need) -> tuple[Relaxation, ...]:
    """The least change of each kind that helps; none where it needs none."""
    if _taker(plan, need) is not None:
        return ()
    found = (_first(plan, need, kind) for kind in RelaxationKind)
    return tuple(each for each in found if each is not None)


def changed(need: Need, relaxation: Relaxation) -> Need:
    """The need after the change; ValueError when that is no smaller wish of the kind."""
    match relaxation:
        case Relaxation(RelaxationKind.START, first=int(first)) if first > _latest_start(need):
            return replace(need, first=first, last=first + need.length - 1, latest_first=None)
        case Relaxation(RelaxationKind.SHARE, share=int(share)) if 0 < share < need.share and _steady(need):
            return replace(need, share=share)
        case Relaxation(RelaxationKind.LEVEL, level=int(level)) if 0 <= level < need.level and need.candidates is None:
            return replace(need, level=level)
        case Relaxation(RelaxationKind.WINDOW, first=int(first), last=int(last)) if _inside(need, first, last):
            return replace(need, first=first, last=last, latest_first=None)
        case Relaxation(RelaxationKind.DAYS, person_days=int(days)) if 0 < days < need.person_days:
            return replace(need, person_days=days)
    raise ValueError(f"no smaller wish: {relaxation}")


def holds(plan: Residual, need: Need, relaxation: Relaxation) -> bool:
    """Whether the claim is true: the assignment it names, or any if it names none, covers the rest by the rules."""
    try:
        smaller = changed(need, relaxation)
    except ValueError:
        return False
    if smaller.last >= plan.instance.weeks:
        return False
    if relaxation.by is None:
        return _taker(plan, smaller) is not None
    person = plan.persons[relaxation.by.person]
    return relaxation.by in plan.ways(smaller, person) and not plan.breaks(smaller, relaxation.by)


def _first(plan: Residual, need: Need, kind: RelaxationKind) -> Relaxation | None:
    groups = [wishes for wishes in _wishes(plan, need, kind) if wishes]
    # Where a wish may help at first sight, smaller ones of its kind may too.
    begin = bisect_left(groups, True, key=lambda wishes: _may_help(plan, need, wishes))
    for wishes in groups[begin:]:
        for wish in wishes:
            by = _taker(plan, changed(need, wish)) if _may_help(plan, need, [wish]) else None
            if by is not None:
                return replace(wish, by=by)
    return None


def _may_help(plan: Residual, need: Need, wishes: Sequence[Relaxation]) -> bool:
    """Whether one of some wishes of equal share, level and length may help: a quick look at the room of all persons."""
    first, last = changed(need, wishes[0]), changed(need, wishes[-1])
    begins = bits(first.starts[0], last.starts[-1])
    return any(_may_begin(plan, first, person) & begins for person in plan.eligible(first))


def _may_begin(plan: Residual, need: Need, person: Person) -> int:
    """The weeks, as bits, in which the person has room for the need whole; all where it may take other forms."""
    if need.kind is NeedKind.VOLUME or plan.parts(need):
        return -1
    return plan.left.begins(person.id, share_of(need, person), need.length)


def _taker(plan: Residual, need: Need) -> Assignment | None:
    """Who could cover all that is open, with the fewest levels too many; checked by the rules."""
    parts = plan.parts(need)
    if parts and len(parts) >= plan.most_persons(need):
        return None
    begins = bits(need.starts[0], need.starts[-1])
    able = (person for person in plan.eligible(need) if _may_begin(plan, need, person) & begins)
    ways = (part for person in able for part in plan.ways(need, person))
    return next((part for part in ways if plan.left.fits(part) and not plan.breaks(need, part)), None)


def _wishes(plan: Residual, need: Need, kind: RelaxationKind) -> Iterator[Sequence[Relaxation]]:
    """Every smaller wish of the kind that could help, the smallest change first; those of equal length together."""
    rules, weeks = plan.instance.rules, plan.instance.weeks
    match kind:
        case RelaxationKind.START:
            yield [Relaxation(kind, first) for first in range(_latest_start(need) + 1, weeks - need.length + 1)]
        case RelaxationKind.SHARE if _steady(need):
            yield from ([Relaxation(kind, share=share)] for share in range(need.share - 1, rules.min_share - 1, -1))
        case RelaxationKind.LEVEL if need.candidates is None:
            yield from ([Relaxation(kind, level=level)] for level in range(need.level - 1, -1, -1))
        case RelaxationKind.WINDOW if need.kind is NeedKind.STEADY:
            for length in range(need.length - 1, rules.min_segment_weeks - 1, -1):
                begins = range(need.first, min(latest_week(need), weeks - 1) - length + 2)
                yield [Relaxation(kind, first, first + length - 1) for first in begins]
        case RelaxationKind.DAYS if need.kind is NeedKind.VOLUME:
            yield from ([Relaxation(kind, person_days=days)] for days in _fewer_days(plan, need))


def _fewer_days(plan: Residual, need: Need) -> list[int]:
    """Person-days that somebody's room allows, from the most down: in each run of weeks as many as fit."""
    taken = [sum(part.share for part in plan.parts(need) if week in part.weeks) for week in range(need.last + 1)]
    found: set[int] = set()
    for person in plan.eligible(need):
        free, places = plan.left.of(person.id)
        for first in range(need.first, need.last + 1):
            days, most = 0, need.share
            for last in range(first, need.last + 1):
                if places[last] < 1:
                    break
                days, most = days + person.presence[last], min(most, free[last], need.share - taken[last])
                work = (most + 1) * days - 1 + plan.done(need)
                found.add(min(need.person_days - 1, work // SHARE_DAYS_PER_PERSON_DAY))
    return sorted((days for days in found if days > 0), reverse=True)


def _latest_start(need: Need) -> int:
    return need.first if need.kind is NeedKind.VOLUME else need.starts[-1]


def _inside(need: Need, first: int, last: int) -> bool:
    """Whether the weeks are fewer than the need's, and lie where it may run."""
    return need.first <= first <= last <= latest_week(need) and last - first + 1 < need.length


def _steady(need: Need) -> bool:
    return need.kind is NeedKind.STEADY and need.candidates is None
