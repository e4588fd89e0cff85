"""The bound of mode *whole*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.planning.instance import Assignment, Duals, Instance, Need, Person
from portfolio.planning.problem import NeedKind
from portfolio.planning.rules import is_whole
from portfolio.planning.score import work_of

Left = tuple[Mapping[tuple[str, int], int], Mapping[tuple[str, int], int]]
"""By person and week: percent free, and assignments that may still run where there is a limit."""


def whole_bound(instance: Instance, duals: Duals) -> float:
    """What no plan is worth more than, by the prices alone.

    Weak duality: for prices y >= 0 every plan is worth at most y.b + sum over all options of max(0, worth - y.A), where
    the rows A <= b are: each need once, the free share and the number of assignments of each person in each week.
    Locked assignments are worth what they are and take their room.
    """
    locked = {lock.need for lock in instance.locked}
    persons = {person.id: person for person in instance.persons}
    needs = {need.id: need for need in instance.needs}
    room, number = room_left(instance)
    total = sum(instance.weight(needs[lock.need]) * work_of(lock, persons[lock.person]) for lock in instance.locked)
    bound = float(total)
    bound += sum(price for need, price in duals.need.items() if need not in locked)
    bound += sum(price * room[place] for place, price in duals.capacity.items())
    bound += sum(price * number[place] for place, price in duals.parallel.items() if place in number)
    for need in instance.needs:
        if need.id not in locked:
            for part in whole_options(instance, need, (room, number)):
                person = persons[part.person]
                worth = instance.weight(need) * (need.demand if need.candidates else work_of(part, person))
                spent = duals.need.get(need.id, 0.0) + sum(
                    part.share * duals.capacity.get((part.person, week), 0.0)
                    + duals.parallel.get((part.person, week), 0.0)
                    for week in part.weeks
                )
                bound += max(0.0, worth - spent)
    return bound


def room_left(instance: Instance) -> Left:
    """What the locks leave: percent free, and assignments that may still run, by person and week."""
    weeks = range(instance.weeks)
    room = {(person.id, week): person.free[week] for person in instance.persons for week in weeks}
    limited = [person for person in instance.persons if person.max_parallel is not None]
    number = {(person.id, week): person.max_parallel or 0 for person in limited for week in weeks}
    for lock in instance.locked:
        for week in lock.weeks:
            room[lock.person, week] -= lock.share
            if (lock.person, week) in number:
                number[lock.person, week] -= 1
    return room, number


def whole_options(instance: Instance, need: Need, left: Left) -> Iterator[Assignment]:
    """Every way one person may take the need whole in the room there is."""
    room, number = left
    least = 1 if need.candidates is not None else min(instance.rules.min_share, need.share)
    for person in instance.persons:
        for share in _shares(need, person):
            for first, last in _spans(need):
                days = sum(person.presence[first : last + 1])
                taken = min(share, need.demand // days) if need.kind is NeedKind.VOLUME and days else share
                part = Assignment(need.id, person.id, first, last, taken)
                fits = last < instance.weeks and all(
                    room[person.id, week] >= taken and number.get((person.id, week), 1) >= 1 for week in part.weeks
                )
                if fits and taken >= least and is_whole(need, part, person):
                    yield part


def _shares(need: Need, person: Person) -> tuple[int, ...]:
    if need.candidates is not None:
        return tuple(candidate.share for candidate in need.candidates if candidate.person == person.id)
    return (need.share,) if person.skills.get(need.skill or "", -1) >= need.level else ()


def _spans(need: Need) -> Iterator[tuple[int, int]]:
    if need.kind is NeedKind.VOLUME:
        yield from ((first, last) for first in range(need.first, need.last + 1) for last in range(first, need.last + 1))
    else:
        yield from ((first, first + need.length - 1) for first in need.starts)
