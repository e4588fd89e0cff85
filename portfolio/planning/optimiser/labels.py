"""Beginnings of schedules while they are put together, and how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from portfolio.planning.optimiser.room import Bools, Floats, Ints

Schedule = tuple[int, ...]
"""Places of options, ascending; all of one person."""

# What runs in one number: last week, until when its need is remembered, the need, how many it stands for, their share.
LAST, UNTIL, MARK, COUNT = 52, 41, 25, 16
SHARE_MASK, COUNT_MASK = (1 << COUNT) - 1, (1 << MARK - COUNT) - 1
MARK_MASK, UNTIL_MASK = (1 << UNTIL - MARK) - 1, (1 << LAST - UNTIL) - 1


@dataclass
class Labels:
    """Beginnings of schedules: whose, worth what, what still runs, and the last option taken (a place in the log)."""

    person: Ints
    worth: Floats
    running: Ints
    last: Ints

    def keep(self, chosen: Bools | Ints) -> Labels:
        return Labels(self.person[chosen], self.worth[chosen], self.running[chosen], self.last[chosen])

    def join(self, other: Labels) -> Labels:
        return Labels(
            np.concatenate([self.person, other.person]),
            np.concatenate([self.worth, other.worth]),
            np.concatenate([self.running, other.running]),
            np.concatenate([self.last, other.last]),
        )


@dataclass
class Log:
    """Every option taken, and what was taken before it: schedules are read off backwards."""

    options: list[Ints] = field(default_factory=list)
    before: list[Ints] = field(default_factory=list)
    size: int = 0

    def add(self, options: Ints, before: Ints) -> Ints:
        places = np.arange(self.size, self.size + len(options))
        self.options.append(options)
        self.before.append(before)
        self.size += len(options)
        return places

    def schedules(self, ends: Sequence[int]) -> tuple[Schedule, ...]:
        if not self.size:
            return ()
        options, before = np.concatenate(self.options).tolist(), np.concatenate(self.before).tolist()
        found = []
        for end in ends:
            taken = []
            while end >= 0:
                taken.append(options[end])
                end = before[end]
            found.append(tuple(sorted(taken)))
        return tuple(found)


def hashed(labels: Labels) -> npt.NDArray[np.uint64]:
    """A number for each label's person and what runs, equal where they are equal (splitmix64)."""
    key = labels.person.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for slot in range(labels.running.shape[1]):
        key = (key ^ labels.running[:, slot].astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(29)
        key *= np.uint64(0x94D049BB133111EB)
        key ^= key >> np.uint64(32)
    return key
