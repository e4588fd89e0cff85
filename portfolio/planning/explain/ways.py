"""How one person may take a need: every assignment that the rules of the need allow, whoever has room for it.

`ways` cover all that is open of a need; `fragments` are the least parts that mode handover allows. Both leave it to
`Room` whether the person can. Like the optimiser they propose no share below `min_share`, and nothing that does no
work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from portfolio.planning.instance import Assignment, Instance, Mode, Need, Person
from portfolio.planning.problem import NeedKind
from portfolio.planning.score import work_of

Parts = Sequence[Assignment]


def eligible(need: Need, person: Person) -> bool:
    """Whether the need may go to the person, hours apart."""
    if need.candidates is not None:
        return any(candidate.person == person.id for candidate in need.candidates)
    return person.skills.get(need.skill or "", -1) >= need.level


def share_of(need: Need, person: Person) -> int:
    """The share the need takes of the person: a candidate's own, else that of the need."""
    own = (candidate.share for candidate in need.candidates or () if candidate.person == person.id)
    return next(own, need.share)


def latest_week(need: Need) -> int:
    """The last week in which the need may run."""
    return need.last if need.kind is NeedKind.VOLUME else need.starts[-1] + need.length - 1


def worth(instance: Instance, need: Need, part: Assignment, person: Person) -> int:
    """What an assignment counts towards the goal of coverage."""
    return instance.weight(need) * (need.demand if need.candidates is not None else work_of(part, person))


def splits(instance: Instance, need: Need) -> bool:
    """Whether several may share the need."""
    return instance.goals.mode is Mode.HANDOVER and need.candidates is None


def ways(instance: Instance, need: Need, person: Person, parts: Parts = (), done: int = 0) -> Iterator[Assignment]:
    """The assignments of an eligible person that cover all that `parts`, which do `done` of a volume, leave open."""
    if need.kind is NeedKind.VOLUME:
        yield from _volumes(instance, need, person, need.demand - done, parts)
        return
    share = share_of(need, person)
    days = person.presence
    for first, last, rest in _rests(need, share, parts):
        if not any(days[first : last + 1]) or last >= instance.weeks:
            continue
        if not splits(instance, need) or _may_be_part(instance, need, last - first + 1, rest):
            yield Assignment(need.id, person.id, first, last, rest)


def fragments(instance: Instance, need: Need, person: Person, starts: Iterable[int], done: int) -> Iterator[Assignment]:
    """The least parts that an eligible person could begin in one of `starts`, beside `done` of a volume.

    Wherever any part fits, one of these does.
    """
    share, length = _least(instance, need)
    for first in starts:
        part = Assignment(need.id, person.id, first, first + length - 1, share)
        work = work_of(part, person)
        if work and (need.kind is NeedKind.STEADY or work <= need.demand - done):
            yield part


def fragment_starts(instance: Instance, need: Need, parts: Parts) -> tuple[int, ...]:
    """The weeks in which the least part may begin that can be added to `parts`, whoever does it."""
    share, length = _least(instance, need)
    latest = min(latest_week(need), instance.weeks - 1)
    begins = range(need.first, latest - length + 2)
    tries = (Assignment(need.id, "", first, first + length - 1, share) for first in begins)
    return tuple(part.first for part in tries if _within(need, (*parts, part)) and _adds(need, part, parts))


def _least(instance: Instance, need: Need) -> tuple[int, int]:
    """Share and weeks of the least part."""
    return min(instance.rules.min_share, need.share), min(instance.rules.min_segment_weeks, need.length)


def covered(need: Need, parts: Parts, persons: dict[str, Person]) -> bool:
    """Whether nothing is open of the need, or of a volume less than a percent a day."""
    if not parts:
        return False
    if need.candidates is not None:
        return True
    if need.kind is NeedKind.VOLUME:
        done = sum(work_of(part, persons[part.person]) for part in parts)
        days = sum(sum(persons[part.person].presence[part.first : part.last + 1]) for part in parts)
        return need.demand - done < max(days, 1)
    return any(not any(profile) for _start, profile in _profiles(need, need.share, parts))


def _rests(need: Need, share: int, parts: Parts) -> Iterator[tuple[int, int, int]]:
    """What is open, wherever it is one share in weeks in a row: first and last week, share."""
    if not parts:
        yield from ((start, start + need.length - 1, share) for start in need.starts)
        return
    for start, profile in _profiles(need, share, parts):
        runs = [(rest, len([*weeks])) for rest, weeks in groupby(profile)]
        open_runs = [place for place, (rest, _length) in enumerate(runs) if rest]
        if len(open_runs) == 1 and runs[open_runs[0]][0] > 0:
            rest, length = runs[open_runs[0]]
            first = start + sum(length for _rest, length in runs[: open_runs[0]])
            yield first, first + length - 1, rest


def _profiles(need: Need, share: int, parts: Parts) -> Iterator[tuple[int, list[int]]]:
    """By each start the parts allow, the share that is open in each week of the window."""
    for start in need.starts:
        end = start + need.length - 1
        if all(start <= part.first and part.last <= end for part in parts):
            taken = [sum(part.share for part in parts if week in part.weeks) for week in range(start, end + 1)]
            yield start, [share - there for there in taken]


def _volumes(instance: Instance, need: Need, person: Person, rest: int, parts: Parts) -> Iterator[Assignment]:
    least = min(instance.rules.min_share, need.share)
    split = splits(instance, need)
    for first in range(need.first, need.last + 1):
        days = 0
        for last in range(first, need.last + 1):
            days += person.presence[last]
            share = rest // days if days else 0
            if least <= share <= need.share:
                part = Assignment(need.id, person.id, first, last, share)
                if not split or (_may_be_part(instance, need, len(part.weeks), share) and _adds(need, part, parts)):
                    yield part


def _may_be_part(instance: Instance, need: Need, length: int, share: int) -> bool:
    rules = instance.rules
    return share >= min(rules.min_share, need.share) and length >= min(rules.min_segment_weeks, need.length)


def _within(need: Need, parts: Parts) -> bool:
    """Whether one window of the need holds all parts."""
    if need.kind is NeedKind.VOLUME:
        return True
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    return any(start <= first and last <= start + need.length - 1 for start in need.starts)


def _adds(need: Need, part: Assignment, parts: Parts) -> bool:
    """Whether no week gets more than the need's share."""
    return all(
        part.share + sum(other.share for other in parts if week in other.weeks) <= need.share for week in part.weeks
    )
