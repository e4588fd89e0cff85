"""The linear relaxation over single options: prices for needs, persons and weeks.

A row for each need (it is taken once), and for a person rows in some weeks only: where an option begins or less is
free than the week before, since in between the same or fewer assignments run in the same room. Rows that a
neighbour implies are left out too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import highspy
import numpy as np

from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Bools, Floats, Ints, before, best_of_each

ADDED: Final = 2
"""Rows of a person, of either kind, added at a time."""
BROKEN: Final = 1e-6
"""By which part of its limit a row is broken at least."""
POTENTIAL: Final = 0.02
"""How little, as a ratio, more rows may have changed what schedules may reach, when it is close enough."""

Enough = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class WeekPrices:
    """Prices of a percent of full time and of an assignment more, persons x weeks."""

    capacity: Floats
    parallel: Floats


def spent(options: Options, prices: WeekPrices) -> Floats:
    """What the weeks of each option cost."""
    capacity, parallel = before(prices.capacity), before(prices.parallel)
    person, first, last = options.person, options.first, options.last + 1
    in_weeks = options.share * (capacity[person, last] - capacity[person, first])
    return np.asarray(in_weeks + parallel[person, last] - parallel[person, first])


class Relaxation:
    """The linear programme; solved again and again as the worth of the options changes.

    Most rows of weeks never bind, so that a row is added when a solution breaks it; any of them alone give a bound.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._needs = len(options.instance.needs)
        self.week_rows = week_rows(options)
        self._waiting = _Waiting(self.week_rows)
        self._added: list[WeekRow] = []
        self._model = solver()
        self._model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        rows = Rows()
        add_needs(rows, options)
        rows.into(self._model, columns=len(options), upper=1.0)
        self._add_broken(np.ones(len(options)))
        self._free_needs = False

    def solve(self, worth: Floats, enough: Enough = lambda _fall: False) -> tuple[float, Floats, WeekPrices]:
        """The value, the price of each need, and the prices of weeks, with each need taken at most once.

        More and more rows are added until `enough` says so of how little the last ones changed, as a ratio.
        """
        self._bind_needs(bound=True)
        prices = self._prices(worth, enough)
        return self._model.getObjectiveValue(), prices[: self._needs], self._week_prices(prices)

    @property
    def parts(self) -> Floats:
        """The part of each option that the last solution takes."""
        return np.array(self._model.getSolution().col_value)

    def allow(self, places: Ints, upper: float) -> None:
        """How much of the options at these places may be taken, 0 to shut them out."""
        bounds = np.full(len(places), upper)
        self._model.changeColsBounds(len(places), places.astype(np.int32), np.zeros(len(places)), bounds)

    def potential(self, worth: Floats) -> Potential:
        """What schedules may reach at this worth of options, which has the prices of needs taken off already."""
        self._bind_needs(bound=False)
        return Potential(self._options, worth, self._week_prices(self._prices(worth, lambda fall: fall < POTENTIAL)))

    def _bind_needs(self, *, bound: bool) -> None:
        if self._free_needs != bound:
            return
        self._free_needs = not bound
        upper = 1.0 if bound else highspy.kHighsInf
        places = np.arange(self._needs, dtype=np.int32)
        lower = np.full(self._needs, -highspy.kHighsInf)
        self._model.changeRowsBounds(  # type: ignore[attr-defined]  # missing in its stubs
            self._needs, places, lower, np.full(self._needs, upper)
        )

    def _prices(self, worth: Floats, enough: Enough) -> Floats:
        places = np.arange(len(worth), dtype=np.int32)
        self._model.changeColsCost(len(worth), places, worth)
        value, fall = self._value(), 1.0
        while not enough(fall) and self._add_broken(self.parts):
            less = self._value()
            value, fall = less, (value - less) / max(abs(value), 1.0)
        prices: Floats = np.maximum(np.array(self._model.getSolution().row_dual), 0.0)
        return prices

    def _value(self) -> float:
        self._model.run()
        return float(self._model.getObjectiveValue())

    def _add_broken(self, taken: Floats) -> bool:
        """Add those rows that are broken most when so much of each option is taken; whether there are any."""
        broken = self._waiting.broken(taken)
        rows = Rows()
        for place in broken.tolist():
            row = self.week_rows[place]
            rows.add(row.options, row.amounts, row.limit)
            self._added.append(row)
        rows.onto(self._model)
        return len(broken) > 0

    def _week_prices(self, prices: Floats) -> WeekPrices:
        shape = self._options.room.free.shape
        found = WeekPrices(np.zeros(shape), np.zeros(shape))
        for row, price in zip(self._added, prices[self._needs :].tolist(), strict=True):
            of_kind = found.parallel if row.counts else found.capacity
            of_kind[row.person, row.week] = price
        return found


class _Waiting:
    """Rows that are not in the programme yet."""

    def __init__(self, rows: Sequence[WeekRow]) -> None:
        none = np.zeros(0, dtype=np.int64)
        lengths = [len(row.options) for row in rows]
        self._columns = np.concatenate([*(row.options for row in rows), none]).astype(np.int32)
        self._amounts = np.concatenate([*(row.amounts for row in rows), none]).astype(np.float32)
        self._begins = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if lengths else none
        self._limits = np.array([row.limit for row in rows])
        self._group = np.array([2 * row.person + row.counts for row in rows], dtype=np.int64)
        self._waits = np.ones(len(rows), dtype=np.bool_)

    def broken(self, taken: Floats) -> Ints:
        """Places of the rows broken most, a few of each person and kind: they wait no longer."""
        if not self._waits.any():
            return np.zeros(0, dtype=np.int64)
        excess = np.add.reduceat(self._amounts * taken[self._columns], self._begins) / self._limits - 1.0
        found = np.flatnonzero(self._waits & (excess > BROKEN))
        found = found[best_of_each(self._group[found], excess[found], ADDED)]
        self._waits[found] = False
        return found


class Potential:
    """How much schedules can be worth at most, from week prices; the tighter the prices, the less is looked at."""

    def __init__(self, options: Options, worth: Floats, prices: WeekPrices) -> None:
        room = options.room
        self._options = options
        self._capacity, self._parallel = before(prices.capacity), before(prices.parallel)
        room_value = prices.capacity * room.free + np.where(prices.parallel > 0, prices.parallel * room.parallel, 0)
        self._room = before(room_value)
        spent = self._spent(options.person, options.first, options.last, options.share)
        self._gain = worth - spent
        self._pair = options.person * max(len(options.instance.needs), 1) + options.need
        pairs, inverse = np.unique(self._pair, return_inverse=True)
        best = np.zeros(len(pairs))
        np.maximum.at(best, inverse, self._gain)
        persons = pairs // max(len(options.instance.needs), 1)
        self.upper = self._room[:, -1] + np.bincount(persons, weights=best, minlength=len(room.free))
        self._forgone = best[inverse] - self._gain

    def promising(self, known: Floats) -> Bools:
        """The options that a schedule worth more than is `known` of its person may hold."""
        person = self._options.person
        may: Bools = self.upper[person] - self._forgone > known[person]
        return may

    def rest(self, places: Ints) -> Floats:
        """For each of the options at `places`: what it and those of the person after it can add beyond their weeks."""
        gains = np.maximum(self._gain[places], 0.0).tolist()
        persons, pairs = self._options.person[places].tolist(), self._pair[places].tolist()
        rest = [0.0] * len(places)
        best: dict[int, float] = {}
        total, current = 0.0, -1
        for place in range(len(places) - 1, -1, -1):
            if persons[place] != current:
                best, total, current = {}, 0.0, persons[place]
            more = gains[place] - best.get(pairs[place], 0.0)
            if more > 0:
                total += more
                best[pairs[place]] = gains[place]
            rest[place] = total
        return np.array(rest)

    def ahead(self, person: Ints, week: Ints) -> Floats:
        """The worth of all a person's room from a week on."""
        ahead: Floats = self._room[person, -1] - self._room[person, week]
        return ahead

    def taken(self, person: Ints, week: Ints, last: Ints, share: Ints, number: Ints) -> Floats:
        """How much of that what runs until `last` takes; a column for each assignment that may run."""
        rows, since = person[:, None], week[:, None]
        until = np.maximum(last + 1, since)
        capacity = self._capacity[rows, until] - self._capacity[rows, since]
        parallel = self._parallel[rows, until] - self._parallel[rows, since]
        total: Floats = (share * capacity + number * parallel).sum(axis=1)
        return total

    def _spent(self, person: Ints, first: Ints, last: Ints, share: Ints) -> Floats:
        capacity = self._capacity[person, last + 1] - self._capacity[person, first]
        spent: Floats = share * capacity + self._parallel[person, last + 1] - self._parallel[person, first]
        return spent


@dataclass(frozen=True, slots=True)
class WeekRow:
    """What a person's options take in a week, and how much of it there is; `counts` rows count assignments."""

    person: int
    week: int
    counts: bool
    options: Ints
    amounts: Floats
    limit: float


def add_needs(rows: Rows, options: Options) -> None:
    """A row for each need: it is taken at most once."""
    by_need = np.argsort(options.need, kind="stable")
    begins = np.searchsorted(options.need[by_need], np.arange(len(options.instance.needs) + 1))
    for first, last in pairwise(begins.tolist()):
        rows.add(by_need[first:last], np.ones(last - first), 1.0)


def week_rows(options: Options) -> list[WeekRow]:
    """The rows of persons in the weeks that tell something: their share, and the number of their assignments."""
    found: list[WeekRow] = []
    for person, (first, last) in enumerate(pairwise(options.begins.tolist())):
        if last - first > 1:
            found.extend(_rows_of(options, person, slice(first, last)))
    return found


def _rows_of(options: Options, person: int, own: slice) -> list[WeekRow]:
    first, last, share = options.first[own], options.last[own], options.share[own]
    found = []
    for counts, room in ((False, options.room.free[person]), (True, options.room.parallel[person])):
        amounts = np.ones(len(first)) if counts else share.astype(np.float64)
        weeks = np.union1d(first, np.flatnonzero(room[1:] < room[:-1]) + 1)
        running = (first <= weeks[:, None]) & (weeks[:, None] <= last)
        for place in _telling(running, room[weeks]).tolist():
            limit = float(room[weeks[place]])
            if amounts[running[place]].sum() > limit:
                chosen = np.flatnonzero(running[place])
                row = WeekRow(person, int(weeks[place]), counts, own.start + chosen, amounts[chosen], limit)
                found.append(row)
    return found


def _telling(running: Bools, room: Ints) -> Ints:
    """Places of the rows that no neighbour implies, by running at least the same in no more room."""
    keep = np.ones(len(room), dtype=np.bool_)
    for place in range(len(room)):
        for other in (place - 1, place + 1):
            if 0 <= other < len(room) and keep[other] and room[other] <= room[place]:
                keep[place] &= bool((running[place] & ~running[other]).any())
    return np.flatnonzero(keep)
