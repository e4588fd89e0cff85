"""Everything that may be done in mode *whole*: a person takes a need, from a week to a week, with a share.

An option is a row of arrays, so that thousands are judged at once. Locked assignments are not options: they are taken
off what is free before, and their needs are done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.planning.instance import Assignment, Instance, Mode, Need
from portfolio.planning.optimiser.room import Bools, Ints, Room, room_of
from portfolio.planning.problem import NeedKind


@dataclass(frozen=True)
class Options:
    """Options in the order of person and first week; `person` and `need` are places in the instance."""

    instance: Instance
    room: Room
    person: Ints
    first: Ints
    last: Ints
    need: Ints
    share: Ints
    cost: Ints
    surplus: Ints
    """Levels beyond the one asked for."""

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def weeks(self) -> Ints:
        return self.last - self.first + 1

    @cached_property
    def work(self) -> Ints:
        """Share-days done: share x days present."""
        days = self.room.days_before
        return self.share * (days[self.person, self.last + 1] - days[self.person, self.first])

    @cached_property
    def value(self) -> Ints:
        """Weighted work done, as the value of a plan counts it."""
        return self.work * _of_needs(self.instance.weight(need) for need in self.instance.needs)[self.need]

    @cached_property
    def coverage(self) -> Ints:
        """What an option adds to the goal of coverage: its value, or the same for whoever of a need's candidates."""
        needs = self.instance.needs
        fixed = _of_needs(
            self.instance.weight(need) * need.demand if need.candidates is not None else -1 for need in needs
        )[self.need]
        return np.where(fixed >= 0, fixed, self.value)

    @cached_property
    def kept(self) -> Ints:
        """1 where the option is an assignment of the current plan."""
        current = frozenset(self.instance.current)
        return np.array([self.assignment(place) in current for place in range(len(self))], dtype=np.int64)

    @cached_property
    def begins(self) -> Ints:
        """Where the options of each person begin; one more for the end."""
        return np.searchsorted(self.person, np.arange(len(self.instance.persons) + 1))

    def only(self, chosen: Bools | Ints) -> Options:
        """The chosen ones alone, by mark or by place."""
        return Options(self.instance, self.room, *self.rows[:, chosen])

    @property
    def rows(self) -> Ints:
        """All that options are made of, a row for each field."""
        return np.stack([self.person, self.first, self.last, self.need, self.share, self.cost, self.surplus])

    def assignment(self, place: int) -> Assignment:
        return Assignment(
            need=self.instance.needs[self.need[place]].id,
            person=self.instance.persons[self.person[place]].id,
            first=int(self.first[place]),
            last=int(self.last[place]),
            share=int(self.share[place]),
        )

    def assignments(self, places: Iterable[int]) -> tuple[Assignment, ...]:
        """What the options at `places` and the locks come to."""
        return (*self.instance.locked, *(self.assignment(place) for place in places))


def options_of(instance: Instance) -> Options:
    """Every option that is possible by itself and does some work."""
    room = room_of(instance)
    eligible = Eligible(instance)
    locked = {lock.need for lock in instance.locked}
    parts = [
        _volume_windows(need, place, eligible.of(need), room, instance)
        if need.kind is NeedKind.VOLUME
        else whole_windows(need, place, eligible.of(need), room)
        for place, need in enumerate(instance.needs)
        if need.id not in locked
    ]
    return gathered(instance, room, parts)


def gathered(instance: Instance, room: Room, rows: Iterable[Ints]) -> Options:
    """The options of several needs in their order, without those that do no work."""
    joined = np.concatenate([np.zeros((7, 0), dtype=np.int64), *rows], axis=1)
    found = Options(instance, room, *joined[:, np.lexsort(joined[::-1])])
    useful = found.coverage > 0
    return found if useful.all() else found.only(useful)


def _of_needs(values: Iterable[int]) -> Ints:
    return np.array([*values, 0], dtype=np.int64)  # one more, so that no needs at all are an array too


class Eligible:
    """Who may take a need: a column each, with the place of the person, share, cost and levels beyond the asked."""

    def __init__(self, instance: Instance) -> None:
        self._places = {person.id: place for place, person in enumerate(instance.persons)}
        self._skilled: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, person in enumerate(instance.persons):
            for skill, level in person.skills.items():
                self._skilled[skill].append((place, level))

    def of(self, need: Need) -> Ints:
        rows = [*self._rows(need)]
        return np.array(rows, dtype=np.int64).reshape(len(rows), 4).T

    def _rows(self, need: Need) -> Iterator[tuple[int, int, int, int]]:
        if need.candidates is not None:
            for candidate in need.candidates:
                yield self._places[candidate.person], candidate.share, candidate.cost, 0
            return
        for place, level in self._skilled[need.skill or ""]:
            if level >= need.level:
                yield place, need.share, 0, level - need.level


def whole_windows(need: Need, place: int, eligible: Ints, room: Room) -> Ints:
    """The whole need at each start it may have, for whoever has room for it."""
    person, share, cost, surplus = (row[:, None] for row in eligible)
    first = np.array([start for start in need.starts if start + need.length <= room.free.shape[1]], dtype=np.int64)
    last = first + need.length - 1
    fits = (_least(room.free, person, first, need.length) >= share) & (
        _least(room.parallel, person, first, need.length) >= 1
    )
    rows = np.broadcast_arrays(person, first, last, place, share, cost, surplus)
    return np.stack([row[fits] for row in rows])


def _least(rows: Ints, person: Ints, first: Ints, length: int) -> Ints:
    """The least in `length` weeks from each first one: persons x first weeks.

    `Room` has it for all weeks, in tables that grow with the square of their number.
    """
    if not first.size:
        return np.zeros((len(person), 0), dtype=np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(rows[person[:, 0]], length, axis=1)
    return np.asarray(windows[:, first].min(axis=2))


def _volume_windows(need: Need, place: int, eligible: Ints, room: Room, instance: Instance) -> Ints:
    """Any weeks in a row in which the whole volume can be done; the share follows from them."""
    least_share, least_weeks = instance.rules.min_share, 1
    if instance.goals.mode is Mode.HANDOVER and need.candidates is None:
        least_weeks = min(instance.rules.min_segment_weeks, need.length)
    rows = [
        (person, first, last, place, share, cost, surplus)
        for person, most, cost, surplus in eligible.T.tolist()
        for first in range(need.first, need.last + 1)
        for last, share in _volume_lengths(need, person, first, room, range(min(least_share, most), most + 1))
        if last - first + 1 >= least_weeks
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 7).T


def _volume_lengths(need: Need, person: int, first: int, room: Room, shares: range) -> Iterator[tuple[int, int]]:
    """Last weeks and shares with which the person, begun in `first`, does all of it but for a percent a day."""
    for last in range(first, need.last + 1):
        free = int(room.least_free[person, first, last])
        if free < shares.start or room.least_parallel[person, first, last] < 1:
            return
        days = int(room.days_before[person, last + 1] - room.days_before[person, first])
        share = need.demand // days if days else 0
        if share in shares and share <= free:
            yield last, share
