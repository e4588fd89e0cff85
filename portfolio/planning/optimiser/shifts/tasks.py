"""Needs of which a person can take one at a time, each with fixed weeks and named candidates: tasks.

Shift minimisation personnel task scheduling (Krishnamoorthy, Ernst and Baatar 2012) asks for the fewest persons who
cover them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from portfolio.planning.instance import Level, Mode
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Bools, Floats, Ints

Shift: TypeAlias = tuple[int, tuple[int, ...]]
"""A person and the tasks they do, by their places in `Tasks`, none at the same time as another."""


@dataclass(frozen=True)
class Tasks:
    """The tasks in the order of their ends; all persons of the instance."""

    options: Options
    need: Ints
    """The place of each in the instance."""
    first: Ints
    last: Ints
    place: Ints
    """The option with which a person does a task, tasks x persons; -1 where they cannot."""

    @cached_property
    def able(self) -> Bools:
        return self.place >= 0

    @cached_property
    def coverage(self) -> Ints:
        """What each adds to the goal of coverage."""
        coverage: Ints = self.options.coverage[self.place.max(axis=1)]
        return coverage

    @cached_property
    def price(self) -> Floats:
        """1 for each person, 0 for whoever has locked assignments and works anyhow."""
        busy = {lock.person for lock in self.options.instance.locked}
        return np.array([float(person.id not in busy) for person in self.options.instance.persons])

    @cached_property
    def at_once(self) -> Bools:
        """Those that run in the week in which the most of them do: each of them takes a person."""
        running = (self.first <= self.first[:, None]) & (self.first[:, None] <= self.last)
        return np.asarray(running[running.sum(axis=1).argmax()])

    def used(self, shifts: Iterable[Shift]) -> int:
        """How many persons work only for these."""
        return int(self.price[[person for person, _ in shifts]].sum())

    def shifts(self, places: Iterable[int]) -> tuple[Shift, ...]:
        """What the options at `places` are for each person."""
        number = np.full(len(self.options.instance.needs), -1)
        number[self.need] = np.arange(len(self.need))
        by_person: dict[int, list[int]] = {}
        for place in places:
            by_person.setdefault(int(self.options.person[place]), []).append(int(number[self.options.need[place]]))
        return tuple((person, tuple(sorted(found))) for person, found in sorted(by_person.items()))

    def places(self, shifts: Iterable[Shift]) -> tuple[int, ...]:
        """The options that the shifts come to."""
        return tuple(int(self.place[task, person]) for person, tasks in shifts for task in tasks)


def suits(options: Options) -> bool:
    """Whether the instance asks for the fewest persons, with needs that are tasks."""
    instance = options.instance
    levels = instance.goals.levels == (Level.COVERAGE, Level.PERSONS_USED) and instance.goals.mode is Mode.WHOLE
    if not levels or not len(options) or any(need.candidates is None for need in instance.needs):
        return False
    return _fixed(options) and _one_at_a_time(options)


def tasks_of(options: Options) -> Tasks:
    need, begins = np.unique(options.need, return_index=True)
    order = np.lexsort((options.first[begins], options.last[begins]))
    need, begins = need[order], begins[order]
    number = np.zeros(len(options.instance.needs), dtype=np.int64)
    number[need] = np.arange(len(need))
    place = np.full((len(need), len(options.instance.persons)), -1)
    place[number[options.need], options.person] = np.arange(len(options))
    return Tasks(options, need, options.first[begins], options.last[begins], place)


def _fixed(options: Options) -> bool:
    """Whether each need has the same weeks whoever takes it, and one option a person."""
    order = np.lexsort((options.person, options.need))
    need, person, first, last = (row[order] for row in (options.need, options.person, options.first, options.last))
    same = need[1:] == need[:-1]
    return not (same & ((person[1:] == person[:-1]) | (first[1:] != first[:-1]) | (last[1:] != last[:-1]))).any()


def _one_at_a_time(options: Options) -> bool:
    """Whether no two options of a person that run in the same week fit beside each other."""
    room = options.room
    for person in range(len(options.instance.persons)):
        own = slice(options.begins[person], options.begins[person + 1])
        first, last, share = options.first[own], options.last[own], options.share[own]
        for week in np.unique(first).tolist():
            running = np.sort(share[(first <= week) & (week <= last)])
            alone = room.parallel[person, week] == 1 or running[:2].sum() > room.free[person, week]
            if len(running) > 1 and not alone:
                return False
    return True
