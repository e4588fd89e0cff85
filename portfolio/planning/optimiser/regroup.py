"""Better plans with an organisation's share at stake: some persons' schedules are given up and chosen again together.

Large neighbourhood search (Shaw 1998) over schedules. Whole plans from all columns at once come to a halt a few percent
below the bound, since every organisation must get its share from the same people; over a part of the people the same
programme is solved in well under a second. The schedules it chooses from are those of most worth at the prices of the
bound, and fresh ones for the needs that the other people leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final

import numpy as np

from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.labels import Schedule
from portfolio.planning.optimiser.linear import Seed
from portfolio.planning.optimiser.master import Master
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import Relaxation
from portfolio.planning.optimiser.room import Bools, Floats, Ints
from portfolio.planning.optimiser.schedules import Scheduler
from portfolio.planning.optimiser.target import Part, RowPrices

MOST: Final = 1_000
"""Schedules that a part of a plan is chosen from."""
SEVERAL: Final = 16
"""Schedules a person should have to choose from; decides how many persons are freed."""
MOST_BEGINNINGS: Final = 300_000
"""What fresh schedules for a part may be put together from."""
MOST_KNOWN: Final = 20_000
"""Schedules from which on no fresh ones are added."""
LOSS: Final = 0.002
"""How much less than its person's best a fresh schedule may be worth, as a ratio of the bound, to begin with."""
QUICK: Final = 5
LOOKED_AT: Final = 12
"""How often schedules are put together from so many options of each person where they cannot all be listed."""
IN_VAIN: Final = 20
"""Steps without a better plan after which there is none to be found."""
LIMITS: Final = Limits(seconds=1.0, nodes=1)


class Regrouping:
    """Parts of plans chosen again, at the prices of a bound."""

    def __init__(self, scheduler: Scheduler, relaxation: Relaxation, master: Master, rows: RowPrices) -> None:
        self._options, self._scheduler, self._master = master.options, scheduler, master
        options = master.options
        self._random = np.random.default_rng(Seed.value)
        self._draw = Random(Seed.value)  # noqa: S311 - a search, no secret
        self._prices, person_price = master.prices(rows)
        self._potential = relaxation.potential(self._prices.option)
        persons, needs = len(options.instance.persons), len(options.instance.needs)
        self._may = np.zeros((persons, needs), dtype=np.bool_)
        self._may[options.person, options.need] = True
        self._related = self._may.astype(np.float64) @ self._may.T.astype(np.float64)
        self._organisation = np.full(needs, -1)
        self._organisation[options.need] = master.shares.organisation
        self._size = float(min(persons, MOST // SEVERAL))
        self._in_vain = 0
        self._columns = _Columns(options, self._prices.option, person_price)
        self._columns.grow(master.schedules)
        self._loss = LOSS * self._columns.total

    def note(self, *, better: bool) -> None:
        """Whether the last step led to the best plan so far: that says when to end."""
        self._in_vain = 0 if better else self._in_vain + 1

    @property
    def exhausted(self) -> bool:
        """Whether all persons were chosen for again and again in vain."""
        return self._in_vain >= IN_VAIN and self._size >= len(self._may)

    def step(self, plan: Sequence[Schedule], limits: Limits, beyond: float) -> tuple[Schedule, ...] | None:
        """The plan with some persons' schedules chosen again (see `Part`); None where nothing was found."""
        places = np.array([place for schedule in plan for place in schedule], dtype=np.int64)
        free = self._freed(places)
        kept = places[~free[self._options.person[places]]]
        taken = np.zeros(self._may.shape[1], dtype=np.bool_)
        taken[self._options.need[kept]] = True
        self._add_fresh(free, taken)
        self._master.add(plan)
        self._columns.grow(self._master.schedules)
        allowed = self._columns.best(free, taken, MOST)
        found = self._master.whole(limits, plan, part=Part(allowed, beyond))
        if found is None:
            return None
        if found.best:
            self._size = min(self._size * 1.1, float(len(free)))
        return found.schedules

    def _freed(self, places: Ints) -> Bools:
        """Persons who could do each other's work, around one who could take what is not taken."""
        covered = np.zeros(self._may.shape[1], dtype=np.bool_)
        covered[self._options.need[places]] = True
        wanted = self._may.any(axis=0) & ~covered
        poor = wanted & np.isin(self._organisation, self._poorest(places))
        around = np.flatnonzero(poor if poor.any() else wanted if wanted.any() else self._may.any(axis=0))
        person = self._draw.choice(np.flatnonzero(self._may[:, self._draw.choice(around.tolist())]).tolist())
        related = self._related[person] * self._random.random(len(self._may))
        related[person] = np.inf
        free = np.zeros(len(self._may), dtype=np.bool_)
        free[
            np.argsort(-related, kind="stable")[
                : self._draw.randint(min(int(self._size) // 2, len(free)), int(self._size))
            ]
        ] = True
        return free

    def _poorest(self, places: Ints) -> Ints:
        """The two organisations served least where that is what counts, else all there are."""
        served = self._master.shares.served_by(places)
        return np.argsort(served, kind="stable")[: 2 if self._master.raises_least else len(served)]

    def _add_fresh(self, free: Bools, taken: Bools) -> None:
        """The schedules of freed persons for needs that nobody else takes, those worth little less than the best."""
        if self._columns.number > MOST_KNOWN:
            return
        among = free[self._options.person] & ~taken[self._options.need]
        floor = np.where(free, self._columns.top(free, taken) - self._loss, np.inf)
        found = self._scheduler.all_above(self._prices, self._potential, floor, MOST_BEGINNINGS, among)
        if found is None:
            self._loss *= 0.5
            found = tuple(schedule for _ in range(QUICK) for schedule in self._quick(among))
        self._loss *= 1.3 if len(found) < MOST else 0.8
        self._master.add(found)
        self._columns.grow(self._master.schedules)

    def _quick(self, among: Bools) -> tuple[Schedule, ...]:
        """A good schedule for each, at prices with some chance in them: where there are too many to list."""
        chance = self._random.uniform(0.7, 1.3, len(self._prices.option))
        worth = np.where(among, self._prices.option * chance, -1.0)
        return self._scheduler.quick(replace(self._prices, option=worth), LOOKED_AT).schedules


class _Columns:
    """The schedules of a master as arrays, in its order, with what each is worth less than its person's best."""

    def __init__(self, options: Options, worth: Floats, person_price: Floats) -> None:
        self._options, self._worth, self._person_price = options, worth, person_price
        self._known = 0
        self._places = np.zeros(0, dtype=np.int64)
        self._begins = np.zeros(0, dtype=np.int64)
        self._person = np.zeros(0, dtype=np.int64)
        self._value = np.zeros(0)

    def grow(self, schedules: Sequence[Schedule]) -> None:
        """Take in those that were added since."""
        fresh = schedules[self._known :]
        if not fresh:
            return
        lengths = np.array([len(schedule) for schedule in fresh])
        begins = np.concatenate([[0], lengths.cumsum()[:-1]])
        places = np.array([place for schedule in fresh for place in schedule], dtype=np.int64)
        person = self._options.person[places[begins]]
        value = np.add.reduceat(self._worth[places], begins) - self._person_price[person]
        self._begins = np.append(self._begins, begins + len(self._places))
        self._places = np.append(self._places, places)
        self._person = np.append(self._person, person)
        self._value = np.append(self._value, value)
        self._known = len(schedules)

    def best(self, free: Bools, taken: Bools, most: int) -> Ints:
        """Numbers of the schedules of freed persons without needs that are taken, those of most worth."""
        may = self._may(free, taken)
        loss = self.top(free, taken)[self._person[may]] - self._value[may]
        return np.sort(may[np.argsort(loss, kind="stable")[:most]])

    def top(self, free: Bools, taken: Bools) -> Floats:
        """For each person the worth of the best of these schedules, 0 or more."""
        may = self._may(free, taken)
        top = np.zeros(len(free))
        np.maximum.at(top, self._person[may], self._value[may])
        return top

    @property
    def total(self) -> float:
        """What the best schedules of all persons are worth together."""
        everybody = np.ones(len(self._person_price), dtype=np.bool_)
        return float(self.top(everybody, np.zeros(len(self._options.instance.needs), dtype=np.bool_)).sum())

    @property
    def number(self) -> int:
        return len(self._person)

    def _may(self, free: Bools, taken: Bools) -> Ints:
        clashes = np.logical_or.reduceat(taken[self._options.need[self._places]], self._begins)
        return np.flatnonzero(free[self._person] & ~clashes)
