"""The bound of mode *handover*.

Weak duality, with prices y >= 0 for: a percent of a need in a week of the window chosen for it, a share-day of a volume
or the whole of a need with named candidates, a percent of a person in a week, an assignment of a person in a week. What
is left without these rows falls apart: each person takes of each need the one part that gains most at these prices, or
none. Parts are weeks in a row among those that the need may have, with the largest share possible; that they fit into
one window is left out, which makes the bound weaker but not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from portfolio.planning.certificate.whole import Left, room_left, whole_options
from portfolio.planning.instance import Assignment, Duals, Instance, Need, Person
from portfolio.planning.problem import NeedKind
from portfolio.planning.score import work_of


def handover_bound(instance: Instance, duals: Duals) -> float:
    """What no plan in mode handover is worth more than; locked assignments are worth what they are."""
    persons = {person.id: person for person in instance.persons}
    needs = {need.id: need for need in instance.needs}
    room, number = room_left(instance)
    bound = 0.0
    bound += sum(instance.weight(needs[lock.need]) * work_of(lock, persons[lock.person]) for lock in instance.locked)
    bound += sum(price * room[place] for place, price in duals.capacity.items())
    bound += sum(price * number[place] for place, price in duals.parallel.items() if place in number)
    for need in instance.needs:
        open_need = _Open.of(instance, need, (room, number))
        if open_need is not None:
            bound += open_need.pays(duals)
            bound += sum(max(0.0, *open_need.gains(person, duals)) for person in instance.persons)
    return bound


@dataclass(frozen=True, slots=True)
class _Open:
    """What a need wants beside the locks: a share by week, share-days of a volume, and when its window may begin."""

    instance: Instance
    left: Left
    need: Need
    wanted: Sequence[int]
    work: int
    starts: Sequence[int]
    taken: frozenset[str]

    @classmethod
    def of(cls, instance: Instance, need: Need, left: Left) -> _Open | None:
        """None where nobody may join, or no window holds the locks."""
        locks = [lock for lock in instance.locked if lock.need == need.id]
        persons = {person.id: person for person in instance.persons}
        starts = [start for start in _starts(need) if _holds(instance, need, start, locks)]
        most = 1 if need.candidates is not None else instance.rules.max_persons_per_need
        if len(locks) >= most or not starts:
            return None
        weeks = range(instance.weeks)
        wanted = [need.share - sum(lock.share for lock in locks if week in lock.weeks) for week in weeks]
        done = sum(work_of(lock, persons[lock.person]) for lock in locks)
        return cls(instance, left, need, wanted, need.demand - done, starts, frozenset(lock.person for lock in locks))

    def pays(self, duals: Duals) -> float:
        """What it pays at most for all that it wants, in the dearest of its windows."""
        once = duals.need.get(self.need.id, 0.0)
        if self.need.candidates is not None:
            return once
        paid = [wanted * duals.need_weeks.get((self.need.id, week), 0.0) for week, wanted in enumerate(self.wanted)]
        dearest = max(sum(paid[start : start + self.need.length]) for start in self.starts)
        return dearest + (once * self.work if self.need.kind is NeedKind.VOLUME else 0.0)

    def gains(self, person: Person, duals: Duals) -> Iterator[float]:
        """What a person gains with each part of the need, and with none."""
        yield 0.0
        if person.id in self.taken:
            return
        if self.need.candidates is not None:
            yield from self._whole_gains(person, duals)
        elif person.skills.get(self.need.skill or "", -1) >= self.need.level:
            yield from self._part_gains(person, duals)

    def _whole_gains(self, person: Person, duals: Duals) -> Iterator[float]:
        worth = self.instance.weight(self.need) * self.need.demand - duals.need.get(self.need.id, 0.0)
        for part in whole_options(self.instance, self.need, self.left):
            if part.person == person.id:
                weeks = [(person.id, week) for week in part.weeks]
                yield worth - sum(
                    part.share * duals.capacity.get(week, 0.0) + duals.parallel.get(week, 0.0) for week in weeks
                )

    def _part_gains(self, person: Person, duals: Duals) -> Iterator[float]:
        weight: float = self.instance.weight(self.need)
        if self.need.kind is NeedKind.VOLUME:
            weight -= duals.need.get(self.need.id, 0.0)
        weeks = range(self.instance.weeks)
        percent = [
            weight * person.presence[week]
            - duals.need_weeks.get((self.need.id, week), 0.0)
            - duals.capacity.get((person.id, week), 0.0)
            for week in weeks
        ]
        gained = [0.0, *accumulate(percent)]
        paid = [0.0, *accumulate(duals.parallel.get((person.id, week), 0.0) for week in weeks)]
        for first, last, share in self._parts(person):
            yield share * (gained[last + 1] - gained[first]) - (paid[last + 1] - paid[first])

    def _parts(self, person: Person) -> Iterator[tuple[int, int, int]]:
        """First and last week of each part the person may have, with its largest share."""
        room, number = self.left
        least_weeks = min(self.instance.rules.min_segment_weeks, self.need.length)
        least_share = min(self.instance.rules.min_share, self.need.share)
        weeks = range(self.need.first, self.starts[-1] + self.need.length)
        for first in weeks:
            share = self.need.share
            for last in range(first, weeks.stop):
                place = (person.id, last)
                share = min(share, room[place], self.wanted[last])
                if share < least_share or number.get(place, 1) < 1:
                    break
                if last - first + 1 >= least_weeks:
                    yield first, last, share


def _starts(need: Need) -> Sequence[int]:
    """Weeks in which its window may begin: all weeks of a volume are one window."""
    return (need.first,) if need.kind is NeedKind.VOLUME else need.starts


def _holds(instance: Instance, need: Need, start: int, locks: Sequence[Assignment]) -> bool:
    end = start + need.length - 1
    return end < instance.weeks and all(start <= lock.first and lock.last <= end for lock in locks)
