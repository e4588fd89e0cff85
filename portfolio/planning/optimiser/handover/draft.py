"""A plan of mode *handover* while it is changed: what persons have left, and the best part of a need that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from portfolio.planning.instance import Assignment
from portfolio.planning.optimiser.handover.parts import Field
from portfolio.planning.optimiser.handover.prices import Prices
from portfolio.planning.optimiser.handover.site import Part, Site, sites_of
from portfolio.planning.optimiser.room import Floats, Ints, before

ANY_SHARE: Final = 10**9
"""More than any share there is."""
WORTHLESS: Final = 1e-9


@dataclass(frozen=True)
class Tolls:
    """What a part must be worth more than.

    A part of the prices, summed before each week and before the end, so that those of a span are a difference; and
    what every part costs, and every week in which its person does something else too.
    """

    week: Floats
    once: Floats
    capacity: Floats
    parallel: Floats
    part: float = 0.0
    parallel_week: float = 0.0

    @classmethod
    def of(cls, prices: Prices, of_persons: float, of_needs: float) -> Tolls:
        return cls(
            before(of_needs * prices.week),
            of_needs * prices.once,
            before(of_persons * prices.capacity),
            before(of_persons * prices.parallel),
        )


class Draft:
    """Parts are taken and dropped one by one; all that was done since the last `keep` can be taken back."""

    def __init__(self, work: Field) -> None:
        self.sites = sites_of(work)
        self.value = 0
        """What the parts add to the goal of coverage, weighted share-days."""
        self.number = self.parallel_weeks = 0
        """Of parts, and of weeks of a person with more than one assignment, which the parts add."""
        self._instance = work.instance
        self._free, self._parallel = work.room.free.copy(), work.room.parallel.copy()
        self._load = work.load.copy()
        self._days = work.room.days_before
        self._changes: list[tuple[Part, int]] = []

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for site in self.sites.values() for part in site.parts)

    def take(self, part: Part) -> None:
        self._book(part, 1)

    def drop(self, part: Part) -> None:
        self._book(part, -1)

    def keep(self) -> None:
        self._changes.clear()

    def take_back(self) -> None:
        for part, sign in self._changes[::-1]:
            self._book(part, -sign)
        self._changes.clear()

    def replace(self, parts: Iterable[Part]) -> None:
        """These parts and no others."""
        for part in self.parts:
            self.drop(part)
        for part in parts:
            self.take(part)
        self.keep()

    def parts_of(self, assignments: Iterable[Assignment]) -> tuple[Part, ...]:
        """The parts that assignments of a plan are, without the locked ones."""
        needs = {need.id: place for place, need in enumerate(self._instance.needs)}
        persons = {person.id: place for place, person in enumerate(self._instance.persons)}
        locked = frozenset(self._instance.locked)
        return tuple(
            Part(needs[found.need], persons[found.person], found.first, found.last, found.share)
            for found in assignments
            if found not in locked
        )

    def assignments(self, parts: Iterable[Part]) -> tuple[Assignment, ...]:
        """The parts and the locked assignments, as a plan has them."""
        needs, persons = self._instance.needs, self._instance.persons
        named = (
            Assignment(needs[part.need].id, persons[part.person].id, part.first, part.last, part.share)
            for part in parts
        )
        return (*self._instance.locked, *named)

    def best(self, place: int, tolls: Tolls, most: int = ANY_SHARE) -> Part | None:
        """The part of a need that is worth most less its tolls, with a share up to `most`; None if none is worth it."""
        site = self.sites[place]
        able = self._able(site, most) if site.is_open else None
        if able is None:
            return None
        share = able.shares()
        if site.wanted.whole:
            share = np.minimum(share, able.least[:, None, None])
        if site.wanted.volume:
            days = _between(self._days[able.persons, able.begin : able.end + 1])
            share = np.minimum(share, site.work // np.maximum(days, 1))
        fits = site.allowed(able.begin, able.end) & (share >= able.least[:, None, None])
        worth = np.where(fits, self._worth(site, able, share, tolls), 0.0)
        row, first, last = (int(index) for index in np.unravel_index(int(worth.argmax()), worth.shape))
        if worth[row, first, last] <= WORTHLESS:
            return None
        weeks = (able.begin + first, able.begin + last)
        return Part(place, int(able.persons[row]), *weeks, int(share[row, first, last]))

    def _book(self, part: Part, sign: int) -> None:
        days = self._days[part.person]
        work = part.share * int(days[part.last + 1] - days[part.first])
        self.value += self.sites[part.need].book(part, work, sign)
        weeks = slice(part.first, part.last + 1)
        self._free[part.person, weeks] -= sign * part.share
        self._parallel[part.person, weeks] -= sign
        load = self._load[part.person, weeks]
        self.parallel_weeks += sign * int((load == (1 if sign > 0 else 2)).sum())
        load += sign
        self.number += sign
        self._changes.append((part, sign))

    def _able(self, site: Site, most: int) -> _Able | None:
        """Who could take a part, of which weeks; None if nobody."""
        weeks = slice(site.begin, site.end)
        free = np.where(self._parallel[site.persons, weeks] > 0, self._free[site.persons, weeks], 0)
        if not site.wanted.whole:
            free = np.minimum(free, np.minimum(site.left, most))
        usable = free >= site.least[:, None]
        able = usable.sum(axis=1) >= site.fewest_weeks
        for part in site.parts:
            able &= site.persons != part.person
        used = np.flatnonzero(usable[able].any(axis=0))
        if not len(used):
            return None
        first, last = int(used[0]), int(used[-1])
        begin, end = site.begin + first, site.begin + last + 1
        return _Able(site.persons[able], site.least[able], begin, end, free[able, first : last + 1])

    def _worth(self, site: Site, able: _Able, share: Ints, tolls: Tolls) -> Floats:
        """What a part with that share is worth, by person, first and last week."""
        persons, weeks = able.persons, slice(able.begin, able.end + 1)
        busy = _between(tolls.parallel[persons, weeks]) + tolls.part
        if tolls.parallel_week:
            load = self._load[persons, able.begin : able.end]
            busy = busy + tolls.parallel_week * _between(before(load == 1))
        once, percent = tolls.once[site.place], -tolls.capacity[persons, weeks]
        if site.wanted.whole:
            return np.asarray(site.weight * site.wanted.need.demand - once + share * _between(percent) - busy)
        by_day = site.weight - once if site.wanted.volume else site.weight
        percent = percent + by_day * self._days[persons, weeks] - tolls.week[site.place, weeks]
        return np.asarray(share * _between(percent) - busy)


@dataclass(frozen=True, slots=True)
class _Able:
    """Persons who could take a part of a need, and the weeks from `begin` until before `end` in which anyone could."""

    persons: Ints
    least: Ints
    begin: int
    end: int
    free: Ints
    """Percent by person and week."""

    def shares(self) -> Ints:
        """The largest share by person, first and last week."""
        before_first = np.tri(self.end - self.begin, k=-1, dtype=np.bool_)
        return np.minimum.accumulate(np.where(before_first, ANY_SHARE, self.free[:, None, :]), axis=2)


def _between(sums: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The sums of the weeks from a first to a last, by row."""
    return np.asarray(sums[:, None, 1:] - sums[:, :-1, None])
