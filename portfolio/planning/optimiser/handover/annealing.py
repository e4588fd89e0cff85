"""Better and better plans in mode *handover*, a small change at a time: simulated annealing over ruin and recreate.

A few parts are dropped and the needs concerned filled again with the best part that fits, need by need; the new plan
stays where it is better, or not much worse: how much is drawn, and less and less (Kirkpatrick, Gelatt and Vecchi 1983;
Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from math import exp, gcd, log
from random import Random
from typing import Final

import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.handover.draft import Draft, Tolls
from portfolio.planning.optimiser.handover.parts import Field
from portfolio.planning.optimiser.handover.prices import Prices
from portfolio.planning.optimiser.handover.site import Part

HOT: Final = 0.1
COLD: Final = 0.01
"""By how much of a middling part's worth a plan may get worse, about, at the beginning and at the end."""
FIRST: Final = 0.1
"""The part of the time for cooling down a first time, so that a good plan is there early."""
NEAR: Final = 40
"""Needs kept in mind as related to another."""
MORE: Final = 3
"""Needs beyond those that lost a part which may use what became free."""
WEEKS: Final = 8
"""How far from a week the parts of a person are dropped."""
OTHERS: Final = 1.0
"""One by how many related needs lose parts with one, on average, beyond the first."""
PRICED: Final = 2 / 3
"""How often needs are filled by the prices first."""
WORST: Final = 1e-12
PACE: Final = 50
TRIM: Final = 0.05
"""How many steps the price of what is spared stays, and by how much it is changed then."""
SMALLER: Final = 0.05
"""How often a part is taken with less than the largest share, so that something is left for another."""


class Annealing:
    """A draft, and the best plan it has been."""

    def __init__(self, work: Field, prices: Prices, seed: int) -> None:
        self.draft = Draft(work)
        self.best: tuple[Part, ...] = ()
        self.value = 0
        self._random = Random(seed)  # noqa: S311 - a search, no secret
        self._free = Tolls.of(prices, 0.0, 0.0)
        self._tolls = [Tolls.of(prices, persons, needs) for persons in (0.5, 1.0) for needs in (0.0, 0.3, 0.6)]
        self._places = list(self.draft.sites)
        self._near = _near(self.draft)
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)
        for place, site in self.draft.sites.items():
            for person in site.persons.tolist():
                self._of_person[person].append(place)
        self._grain = _grain(work)
        self._spared: Level | None = None
        self._price, self._least = 0.0, 0

    def start(self, parts: Iterable[Part]) -> None:
        """Go on with these parts, or with a plan built from nothing where that does more work."""
        self.draft.replace(parts)
        self._note()
        self.draft.replace(())
        self._fill(self._by_work(self._places), self._tolls[-1])
        if self.draft.value < self.value:
            self.draft.replace(self.best)
        self._fill(self._by_work(self._places), self._free)
        self.draft.keep()
        self._note()

    def run(self, steps: int, progress: float) -> bool:
        """So many steps, when `progress` of the time (0 to 1) is used; whether there is a better plan."""
        since = progress / FIRST if progress < FIRST else (progress - FIRST) / (1.0 - FIRST)
        self._cool(steps, 1.0, since)
        return self._note()

    def _cool(self, number: int, heat: float, cooled: float) -> None:
        """So many steps, cooled from `heat` times the highest temperature as far as `cooled` (0 to 1) says."""
        part = self.draft.value / max(self.draft.number, 1)
        hot = HOT * heat
        temperature = part * hot * exp(log(COLD / hot) * cooled)
        for _ in range(number):
            self._step(temperature)

    def spare(self, level: Level, floor: float, progress: float) -> bool:
        """A few steps to fewer parts or parallel weeks, with no less work than `floor`; whether there is a better plan.

        What one of them costs is raised while more is done than must be, and lowered while it is less.
        """
        if level is not self._spared:
            self.draft.replace(self.best)
            self._spared, self._least = level, self._count(level)
            self._price = 0.01 * self.draft.value / max(self._least, 1)
        self._cool(PACE, 0.3, progress)
        self._price *= 1.0 + TRIM if self.draft.value > floor else 1.0 - TRIM
        count = self._count(level)
        if self.draft.value < floor or count >= self._least:
            return False
        self.best, self.value, self._least = self.draft.parts, self.draft.value, count
        return True

    def _count(self, level: Level | None) -> int:
        return self.draft.parallel_weeks if level is Level.FOCUS else self.draft.number

    def _goal(self) -> float:
        return self.draft.value - self._price * self._count(self._spared)

    def _priced(self, tolls: Tolls) -> Tolls:
        """Tolls with the price of what is spared."""
        if self._spared is Level.FOCUS:
            return replace(tolls, parallel_week=self._price)
        return replace(tolls, part=self._price)

    def _note(self) -> bool:
        if self.draft.value <= self.value:
            return False
        self.best, self.value = self.draft.parts, self.draft.value
        return True

    def _step(self, temperature: float) -> None:
        before = self._goal()
        order = self._by_chance(self._ruined() if self._random.random() < 0.5 else self._robbed())
        tolls = self._random.choice(self._tolls)
        if self._random.random() < PRICED:
            self._fill(order, self._priced(tolls))
        self._fill(order, self._priced(self._free))
        if self._goal() >= before + temperature * log(self._random.random() or WORST):
            self.draft.keep()
        else:
            self.draft.take_back()

    def _ruined(self) -> list[int]:
        """Drop parts of some needs that the same people could do; these, and some that may want what is free now."""
        around = self._random.choice(self._places)
        number = 1 + int(self._random.expovariate(OTHERS))
        near = (place for place in self._near[around] if self._random.random() < 0.5)
        persons: set[int] = set()
        needs = [around, *islice(near, number)]
        for place in needs:
            for part in tuple(self.draft.sites[place].parts):
                if place == around or self._random.random() < 0.8:
                    self.draft.drop(part)
                    persons.add(part.person)
        return needs + self._others(persons, needs)

    def _robbed(self) -> list[int]:
        """The same by persons: drop what one or a few who could do a need do about some week."""
        around = self._random.choice(self._places)
        site = self.draft.sites[around]
        number = min(1 + int(self._random.expovariate(1.0)), len(site.persons))
        persons = set(self._random.sample(site.persons.tolist(), number))
        week = self._random.randrange(site.begin, site.end)
        needs = [around]
        for place in sorted({place for person in persons for place in self._of_person[person]}):
            for part in tuple(self.draft.sites[place].parts):
                if part.person in persons and part.first <= week + WEEKS and part.last >= week - WEEKS:
                    self.draft.drop(part)
                    needs.append(place)
        return needs + self._others(persons, needs)

    def _others(self, persons: set[int], but: list[int]) -> list[int]:
        """Some open needs that one of the persons could do."""
        known = frozenset(but)
        able = sorted({place for person in persons for place in self._of_person[person]} - known)
        self._random.shuffle(able)
        return list(islice((place for place in able if self.draft.sites[place].is_open), MORE))

    def _by_chance(self, places: list[int]) -> list[int]:
        """One of three orders to fill needs in: any, the most urgent first, the largest first."""
        order, way = list(dict.fromkeys(places)), self._random.random()
        if way < 0.4:
            self._random.shuffle(order)
            return order
        if way < 0.8:
            return sorted(order, key=lambda place: -self.draft.sites[place].weight * self._random.uniform(0.3, 1.0))
        return self._by_work(order)

    def _by_work(self, places: list[int]) -> list[int]:
        """Needs with the most weighted work left come first, by and large."""
        return sorted(places, key=lambda place: -self.draft.sites[place].open_work * self._random.uniform(0.3, 1.0))

    def _fill(self, places: list[int], tolls: Tolls) -> None:
        for place in places:
            while (part := self._best(place, tolls)) is not None:
                self.draft.take(part)

    def _best(self, place: int, tolls: Tolls) -> Part | None:
        if self._random.random() < SMALLER:
            most = self._grain * self._random.randint(1, self.draft.sites[place].wanted.need.share // self._grain)
            part = self.draft.best(place, tolls, most)
            if part is not None:
                return part
        return self.draft.best(place, tolls)


def _near(draft: Draft) -> dict[int, list[int]]:
    """By need those that much the same people could do at much the same time, the nearest first."""
    sites = list(draft.sites.values())
    able = np.zeros((len(sites), max(int(site.persons.max()) for site in sites) + 1 if sites else 0), dtype=np.float32)
    for row, site in enumerate(sites):
        able[row, site.persons] = 1.0
    number = able.sum(axis=1)
    begin, end = np.array([site.begin for site in sites]), np.array([site.end for site in sites])
    found = {}
    for row, site in enumerate(sites):
        common = able @ able[row] / np.minimum(number, number[row])
        related = common * np.maximum(np.minimum(end, site.end) - np.maximum(begin, site.begin), 0)
        related[row] = 0.0
        nearest = np.argsort(-related, kind="stable")[:NEAR]
        found[site.place] = [sites[other].place for other in nearest.tolist() if related[other] > 0.0]
    return found


def _grain(work: Field) -> int:
    """What all shares are multiples of, in percent."""
    wanted = (need.share for need in work.instance.needs)
    free = (share for person in work.instance.persons for share in person.free)
    return gcd(work.instance.rules.min_share, *wanted, *free) or 1
