"""Everything that may be done in mode *handover* beside what is fixed: a person takes a part of a need.

A part is some weeks in a row with the same share in each. Of the shares possible in the same weeks the largest is a
part always, smaller ones on request: for a bound the largest is enough, a plan may want less of a person for one need
so as to have more for another. Needs with named candidates are taken whole, as in mode whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from portfolio.planning.instance import Assignment, Instance, Need
from portfolio.planning.optimiser.options import Eligible, Options, gathered, whole_windows
from portfolio.planning.optimiser.room import Bools, Ints, Room, room_beside
from portfolio.planning.problem import NeedKind
from portfolio.planning.score import work_of

EligibleOf = Callable[[int], Ints]
"""Who may take the need at a place: a column each, with the place of the person, share, cost and surplus levels."""


def eligible_of(instance: Instance) -> EligibleOf:
    """The same for an instance; worked out once for each need."""
    known = Eligible(instance)
    return cache(lambda place: known.of(instance.needs[place]))


@dataclass(frozen=True)
class Wanted:
    """What a need still wants beside the fixed assignments: its share by week, its persons, its weeks."""

    need: Need
    share: Ints
    """Percent in each week of the instance that one of its windows holds."""
    persons: int
    """How many may join."""
    starts: tuple[int, ...]
    """Weeks in which its window may begin and hold what is fixed."""
    work: int
    """Of a volume: share-days to be done."""
    taken: frozenset[str]
    """Persons who have a part of it already."""

    @property
    def whole(self) -> bool:
        """Whether only the whole need can be taken, by one person."""
        return self.need.candidates is not None

    @property
    def volume(self) -> bool:
        return self.need.kind is NeedKind.VOLUME

    @property
    def last(self) -> int:
        """The last week in which it may be worked at."""
        return self.need.last if self.volume else self.starts[-1] + self.need.length - 1


class Field:
    """An instance with some assignments fixed: what is left of persons and needs."""

    def __init__(self, instance: Instance, fixed: Sequence[Assignment], eligible: EligibleOf) -> None:
        self.instance = instance
        self.fixed = tuple(fixed)
        self.eligible = eligible
        self._persons = {person.id: person for person in instance.persons}

    @cached_property
    def room(self) -> Room:
        return room_beside(self.instance, self.fixed)

    @cached_property
    def load(self) -> Ints:
        """Fixed assignments by person and week."""
        load = np.zeros(self.room.free.shape, dtype=np.int64)
        places = {person.id: place for place, person in enumerate(self.instance.persons)}
        for part in self.fixed:
            load[places[part.person], part.first : part.last + 1] += 1
        return load

    def wanted(self, places: Iterable[int]) -> Iterator[tuple[int, Wanted]]:
        """What the needs at `places` want, without those that want nothing."""
        of_need: dict[str, list[Assignment]] = {}
        for part in self.fixed:
            of_need.setdefault(part.need, []).append(part)
        for place in places:
            need = self.instance.needs[place]
            wanted = self._wanted(need, of_need.get(need.id, []))
            if wanted.persons > 0 and wanted.starts and wanted.share.any() and (not wanted.volume or wanted.work > 0):
                yield place, wanted

    def _wanted(self, need: Need, parts: Sequence[Assignment]) -> Wanted:
        first, last = min((part.first for part in parts), default=0), max((part.last for part in parts), default=-1)
        volume = need.kind is NeedKind.VOLUME
        starts = [
            start
            for start in ((need.first,) if volume else need.starts)
            if start + need.length <= self.instance.weeks
            and (not parts or start <= first <= last < start + need.length)
        ]
        share = np.zeros(self.instance.weeks, dtype=np.int64)
        if starts:
            share[starts[0] : starts[-1] + need.length] = need.share
        for part in parts:
            share[part.first : part.last + 1] -= part.share
        most = 1 if need.candidates is not None else self.instance.rules.max_persons_per_need
        done = sum(work_of(part, self._persons[part.person]) for part in parts)
        taken = frozenset(part.person for part in parts)
        return Wanted(need, np.maximum(share, 0), most - len(parts), tuple(starts), need.demand - done, taken)

    def parts(self, places: Iterable[int], shares: int, persons: Bools | None = None) -> Options:
        """All parts of the needs at `places`, each in up to `shares` sizes, of all `persons` or those marked.

        They are in the order of persons.
        """
        found = [self._of(place, wanted, shares, persons) for place, wanted in self.wanted(places)]
        return gathered(self.instance, self.room, found)

    def _of(self, place: int, wanted: Wanted, shares: int, persons: Bools | None) -> Ints:
        eligible = self.eligible(place)
        if persons is not None:
            eligible = eligible[:, persons[eligible[0]]]
        if wanted.taken:
            names = [self.instance.persons[person].id for person in eligible[0].tolist()]
            eligible = eligible[:, [name not in wanted.taken for name in names]]
        if wanted.whole:
            return whole_windows(wanted.need, place, eligible, self.room)
        first, last = _spans(wanted, self.instance.rules.min_segment_weeks)
        person, cost, surplus = (eligible[row][:, None] for row in (0, 2, 3))
        most = np.minimum(self.room.least_free[person, first, last], _least_wanted(wanted, first, last)).astype(
            np.int64
        )
        if wanted.volume:
            days = self.room.days_before[person, last + 1] - self.room.days_before[person, first]
            most = np.minimum(most, wanted.work // np.maximum(days, 1))
        least = min(self.instance.rules.min_share, wanted.need.share)
        fits = (most >= least) & (self.room.least_parallel[person, first, last] >= 1)
        rows = [row[fits] for row in np.broadcast_arrays(person, first, last, place, most, cost, surplus)]
        return _in_sizes(np.stack(rows), least, shares)


def _spans(wanted: Wanted, least_weeks: int) -> tuple[Ints, Ints]:
    """First and last weeks that a part may have: in one of the windows, and not too few."""
    need = wanted.need
    weeks = np.arange(need.first, wanted.last + 1)
    first, last = (grid.ravel() for grid in np.meshgrid(weeks, weeks, indexing="ij"))
    length = last - first + 1
    legal = length >= min(least_weeks, need.length)
    if not wanted.volume:
        starts = np.array(wanted.starts)
        latest_start = starts[np.maximum(np.searchsorted(starts, first, side="right") - 1, 0)]
        legal &= (latest_start <= first) & (last < latest_start + need.length)
    return first[legal], last[legal]


def _least_wanted(wanted: Wanted, first: Ints, last: Ints) -> Ints:
    """The least share that is wanted in any week from `first` to `last`."""
    least = np.full(first.shape, wanted.need.share, dtype=np.int64)
    if (wanted.share[wanted.need.first : wanted.last + 1] < wanted.need.share).any():
        for place, (begin, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            least[place] = wanted.share[begin : end + 1].min()
    return least


def _in_sizes(rows: Ints, least: int, shares: int) -> Ints:
    """The parts with their share and with up to `shares` - 1 smaller ones, evenly down to the `least`."""
    if shares <= 1 or not rows.shape[1]:
        return rows
    most = rows[4]
    sizes = [rows]
    for number in range(1, shares):
        smaller = rows.copy()
        smaller[4] = most - (most - least) * number // (shares - 1)
        sizes.append(smaller)
    joined = np.concatenate(sizes, axis=1)
    unique: Ints = np.unique(joined, axis=1)
    return unique
