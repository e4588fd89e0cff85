"""Why a need is open, and who holds whoever could take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.room import Room, weeks_of
from portfolio.planning.explain.values import Reason, Rival
from portfolio.planning.instance import DAYS_PER_WEEK, Assignment, Need, Person


def reason(plan: Residual, need: Need) -> Reason:
    """The first of the reasons that holds for an open need."""
    parts = plan.parts(need)
    persons = plan.eligible(need)
    if parts and (len(parts) >= plan.most_persons(need) or not persons):
        return Reason.PERSONS
    if parts and not any(True for _part in _all(plan, need, _present(persons))):
        return Reason.REMAINDER
    if not plan.skilled(need):
        return Reason.NO_SKILL
    if not persons:
        return Reason.NO_LEVEL
    if _fits(plan.left, _all(plan, need, persons)):
        return Reason.AVAILABLE
    if not _fits(plan.alone, _all(plan, need, persons)):
        return _without_a_plan(plan, need, persons)
    return Reason.PARALLEL if _fits(plan.unlimited, _all(plan, need, persons)) else Reason.RIVALS


def rival(plan: Residual, need: Need) -> Rival | None:
    """What holds whoever could take the need with the least to give up; None where no other need does."""
    found = (held(plan, part) for person in plan.eligible(need) for part in plan.steps(need, person))
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: (each.worth - each.own, each.instead), default=None)


def failing_weeks(plan: Residual, need: Need) -> tuple[int, int]:
    """The first and the last week in which whoever comes nearest lacks room; the window where nobody may at all."""
    tries = [part for person in plan.eligible(need) for part in plan.steps(need, person)]
    for room in (plan.alone, plan.left):
        lacking = {*map(room.lacking, tries)}
        if lacking and 0 not in lacking:
            fewest = min(map(int.bit_count, lacking))
            nearest = min(weeks_of(weeks) for weeks in lacking if weeks.bit_count() == fewest)
            return nearest[0], nearest[-1]
    return need.first, need.last


def _without_a_plan(plan: Residual, need: Need, persons: Sequence[Person]) -> Reason:
    """Why nobody can, even with nothing but the locked assignments."""
    if _fits(plan.alone, _all(plan, need, _present(persons))):
        return Reason.NO_DAYS
    if _fits(plan.alone_unlimited, _all(plan, need, persons)):
        return Reason.PARALLEL
    return Reason.NO_HOURS


def _all(plan: Residual, need: Need, persons: Iterable[Person]) -> Iterator[Assignment]:
    return (part for person in persons for part in plan.steps(need, person))


def _fits(room: Room, parts: Iterable[Assignment]) -> bool:
    return any(map(room.fits, parts))


def _present(persons: Iterable[Person]) -> list[Person]:
    """The persons as if they were there every day."""
    return [replace(person, presence=tuple(max(days, DAYS_PER_WEEK) for days in person.presence)) for person in persons]


def held(plan: Residual, part: Assignment) -> Rival | None:
    """The assignments that must go for `part`: the least valuable, and none of them in vain; None where none must."""
    if not plan.alone.fits(part) or plan.left.fits(part):
        return None
    locked = set(plan.instance.locked)
    near = [other for other in plan.load(part.person) if other not in locked and _meet(other, part)]
    gone = _in_the_way(plan, part, sorted(near, key=lambda other: (plan.worth(other), other), reverse=True))
    names = tuple(sorted({other.need for other in gone}))
    return Rival(part, names, sum(plan.worth(other) for other in gone), plan.worth(part))


def _in_the_way(plan: Residual, part: Assignment, near: Sequence[Assignment]) -> list[Assignment]:
    """Of the assignments `near`, those that find no room beside `part` when the ones before them stay."""
    free, places = ({week: row[week] for week in part.weeks} for row in plan.left.of(part.person))
    _book(free, places, [part], -1)
    _book(free, places, near, +1)
    gone = []
    for other in near:
        weeks = [week for week in other.weeks if week in free]
        if all(free[week] >= other.share and places[week] >= 1 for week in weeks):
            _book(free, places, [other], -1)
        else:
            gone.append(other)
    return gone


def _book(free: dict[int, int], places: dict[int, int], parts: Iterable[Assignment], sign: int) -> None:
    for part in parts:
        for week in part.weeks:
            if week in free:
                free[week] += sign * part.share
                places[week] += sign


def _meet(one: Assignment, other: Assignment) -> bool:
    return one.first <= other.last and other.first <= one.last
