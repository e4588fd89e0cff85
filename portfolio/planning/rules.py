"""What every plan must keep to.

With `score` and `certificate` the specification of a good plan: written for reading, not for speed, and sharing no code
with the optimiser, whose every proposal is held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.instance import Assignment, Instance, Mode, Need, Person
from portfolio.planning.problem import NeedKind
from portfolio.planning.score import work_of


class Rule(StrEnum):
    OVERBOOKED = "overbooked"
    """The shares of a person exceed what is free in a week."""
    TOO_MANY_PARALLEL = "too_many_parallel"
    """More assignments of a person run in a week than they may have at once."""
    TOO_MUCH = "too_much"
    """A need is given more than it asks for, in a week or altogether."""
    NOT_ELIGIBLE = "not_eligible"
    """The person lacks the skill or the level, or is no candidate with this share."""
    OUTSIDE_WINDOW = "outside_window"
    """Weeks outside what the need allows, or parts that no single window of its length holds."""
    NOT_WHOLE = "not_whole"
    """In mode whole: not all weeks of the need, not its full share, or not all of a volume."""
    SHARE_TOO_SMALL = "share_too_small"
    SEGMENT_TOO_SHORT = "segment_too_short"
    PERSON_TWICE = "person_twice"
    """A person is assigned to a need more than once."""
    TOO_MANY_PERSONS = "too_many_persons"
    LOCK_MISSING = "lock_missing"
    """A locked assignment does not stand in the plan."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A broken rule, where, and in which week (the first of several)."""

    rule: Rule
    need: str | None = None
    person: str | None = None
    week: int | None = None

    def __str__(self) -> str:
        places = (("need", self.need), ("person", self.person), ("week", self.week))
        return " ".join([self.rule.value, *(f"{name} {value}" for name, value in places if value is not None)])


def violations(instance: Instance, assignments: Iterable[Assignment]) -> tuple[Violation, ...]:
    """Every rule the plan breaks, once for each place; none for a plan that holds. Ids must be the instance's."""
    plan = tuple(assignments)
    found = [
        *_persons(instance, plan),
        *_needs(instance, plan),
        *(Violation(Rule.LOCK_MISSING, lock.need, lock.person) for lock in instance.locked if lock not in plan),
    ]
    return tuple(dict.fromkeys(found))


def _persons(instance: Instance, plan: tuple[Assignment, ...]) -> Iterator[Violation]:
    for person in instance.persons:
        own = [part for part in plan if part.person == person.id]
        for week in range(instance.weeks):
            running = [part for part in own if week in part.weeks]
            if sum(part.share for part in running) > person.free[week]:
                yield Violation(Rule.OVERBOOKED, person=person.id, week=week)
                break
        for week in range(instance.weeks):
            running = [part for part in own if week in part.weeks]
            if person.max_parallel is not None and len(running) > person.max_parallel:
                yield Violation(Rule.TOO_MANY_PARALLEL, person=person.id, week=week)
                break


def _needs(instance: Instance, plan: tuple[Assignment, ...]) -> Iterator[Violation]:
    persons = {person.id: person for person in instance.persons}
    for need in instance.needs:
        parts = [part for part in plan if part.need == need.id]
        if not parts:
            continue
        for part in parts:
            yield from _part(instance, need, part, persons[part.person])
        if len({part.person for part in parts}) < len(parts):
            yield Violation(Rule.PERSON_TWICE, need.id)
        if len(parts) > _most_persons(instance, need):
            yield Violation(Rule.TOO_MANY_PERSONS, need.id)
        if need.kind is NeedKind.STEADY and not any(_holds(need, start, parts) for start in need.starts):
            yield Violation(Rule.OUTSIDE_WINDOW, need.id)
        yield from _too_much(instance, need, parts, persons)


def _part(instance: Instance, need: Need, part: Assignment, person: Person) -> Iterator[Violation]:
    place = (need.id, person.id)
    if not _eligible(need, part, person):
        yield Violation(Rule.NOT_ELIGIBLE, *place)
    if part.first < need.first or part.last > _latest_week(need):
        yield Violation(Rule.OUTSIDE_WINDOW, *place)
    whole = instance.goals.mode is Mode.WHOLE or need.candidates is not None
    if whole and not is_whole(need, part, person):
        yield Violation(Rule.NOT_WHOLE, *place)
        return
    if need.candidates is None and part.share < min(instance.rules.min_share, need.share):
        yield Violation(Rule.SHARE_TOO_SMALL, *place)
    if not whole and len(part.weeks) < min(instance.rules.min_segment_weeks, need.length):
        yield Violation(Rule.SEGMENT_TOO_SHORT, *place)


def _eligible(need: Need, part: Assignment, person: Person) -> bool:
    if need.candidates is not None:
        return any(candidate.person == person.id and candidate.share == part.share for candidate in need.candidates)
    return person.skills.get(need.skill or "", -1) >= need.level


def _latest_week(need: Need) -> int:
    return need.last if need.kind is NeedKind.VOLUME else need.starts[-1] + need.length - 1


def is_whole(need: Need, part: Assignment, person: Person) -> bool:
    """Whether the part is all of the need: its weeks and share, or a volume but for less than a percent a day."""
    if need.kind is NeedKind.VOLUME:
        days = sum(person.presence[part.first : part.last + 1])
        return need.demand - work_of(part, person) < max(days, 1)
    share = part.share if need.candidates is not None else need.share
    return part.share == share and len(part.weeks) == need.length and part.first in need.starts


def _most_persons(instance: Instance, need: Need) -> int:
    alone = instance.goals.mode is Mode.WHOLE or need.candidates is not None
    return 1 if alone else instance.rules.max_persons_per_need


def _holds(need: Need, start: int, parts: Iterable[Assignment]) -> bool:
    """Whether the window that begins in `start` holds all parts."""
    return all(start <= part.first and part.last <= start + need.length - 1 for part in parts)


def _too_much(
    instance: Instance, need: Need, parts: Iterable[Assignment], persons: Mapping[str, Person]
) -> Iterator[Violation]:
    if need.candidates is not None:
        return
    parts = tuple(parts)
    for week in range(instance.weeks):
        if sum(part.share for part in parts if week in part.weeks) > need.share:
            yield Violation(Rule.TOO_MUCH, need.id, week=week)
            break
    if need.kind is NeedKind.VOLUME and sum(work_of(part, persons[part.person]) for part in parts) > need.demand:
        yield Violation(Rule.TOO_MUCH, need.id)
