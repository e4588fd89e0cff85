"""What a plan comes to when all that is known of it is who worked on what in which week.

Another planner knows neither parts with a constant share nor our rules. The plans of both sides are brought to bookings
and counted by the arithmetic here; it is for steady needs with a skill.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from portfolio.planning.instance import Assignment, Instance, Mode, Need
from portfolio.planning.score import work_of

Booking = tuple[str, str, int]
"""Need, person, week."""
Bookings = Mapping[Booking, int]
"""Work in share-days."""


def bookings_of(instance: Instance, plan: Iterable[Assignment]) -> Bookings:
    persons = {person.id: person for person in instance.persons}
    weeks = [Assignment(part.need, part.person, week, week, part.share) for part in plan for week in part.weeks]
    return {(week.need, week.person, week.first): work_of(week, persons[week.person]) for week in weeks}


def met(instance: Instance, bookings: Bookings) -> dict[str, int]:
    """What each need gets in the best window of its length: share-days, in a week what it asks for at most."""
    weekly: Counter[tuple[str, int]] = Counter()
    for (need, _, week), work in bookings.items():
        weekly[need, week] += work
    return {need.id: max(_in_window(need, start, weekly) for start in need.starts) for need in instance.needs}


def weighted(instance: Instance, bookings: Bookings) -> float:
    """The ratio of the weighted demand that is met."""
    done = met(instance, bookings)
    asked = sum(instance.weight(need) * need.demand for need in instance.needs)
    return sum(instance.weight(need) * done[need.id] for need in instance.needs) / asked


def needs_met(instance: Instance, bookings: Bookings, ratio: float) -> int:
    """How many needs get at least this part of what they ask for."""
    done = met(instance, bookings)
    return sum(done[need.id] >= ratio * need.demand for need in instance.needs)


def allowed(instance: Instance, bookings: Bookings) -> Bookings:
    """What is left if a need keeps no more persons, and a person's week no more needs, than our rules say.

    The largest stay. That shares are constant and parts have a least length is not asked for.
    """
    of_person: Counter[tuple[str, str]] = Counter()
    for (need, person, _), work in bookings.items():
        of_person[need, person] += work
    most = 1 if instance.goals.mode is Mode.WHOLE else instance.rules.max_persons_per_need
    stay = _largest({need.id: most for need in instance.needs}, of_person)
    kept = {booking: work for booking, work in bookings.items() if booking[:2] in stay}
    return _not_too_parallel(instance, kept)


def _not_too_parallel(instance: Instance, bookings: Bookings) -> Bookings:
    weights = {need.id: instance.weight(need) for need in instance.needs}
    worth = {((person, week), need): weights[need] * work for (need, person, week), work in bookings.items()}
    limits = {
        (person.id, week): len(instance.needs) if person.max_parallel is None else person.max_parallel
        for person in instance.persons
        for week in range(instance.weeks)
    }
    stay = _largest(limits, worth)
    return {(need, person, week): bookings[need, person, week] for (person, week), need in stay}


def _largest(limits: Mapping[Hashable, int], sizes: Mapping[tuple[Hashable, str], int]) -> set[tuple[Any, str]]:
    """The largest members of each group, as many as its limit allows."""
    members: defaultdict[Hashable, list[str]] = defaultdict(list)
    for group, member in sorted(sizes, key=sizes.__getitem__, reverse=True):
        members[group].append(member)
    return {(group, member) for group, own in members.items() for member in own[: limits[group]]}


def _in_window(need: Need, start: int, weekly: Mapping[tuple[str, int], int]) -> int:
    most = need.demand // need.length
    return sum(min(weekly[need.id, week], most) for week in range(start, start + need.length))
