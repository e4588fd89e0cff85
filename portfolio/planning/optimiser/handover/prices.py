"""Prices for needs and persons, week by week, and the bound that follows from them, in mode *handover*.

The rows of the model are priced and left out (Lagrangian relaxation); what remains falls apart into pairs of a need and
a person, whose best part is found in one pass over the weeks: no linear programme over the millions of parts is ever
written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from portfolio.planning.instance import DAYS_PER_WEEK
from portfolio.planning.optimiser.handover.parts import Field, Wanted
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import WeekPrices, spent
from portfolio.planning.optimiser.room import NO_LIMIT, Bools, Floats, Ints, before

CHUNK: Final = 20_000
"""Rows of persons, needs and shares worked on at once."""
COUNT_UNIT: Final = 50.0
"""The percent an assignment counts in the rows of their number, so that all rows are of one size."""


@dataclass(frozen=True)
class Prices:
    """None below 0. `week` is a percent of a need in a week, `once` a whole need or a share-day of a volume."""

    week: Floats
    once: Floats
    capacity: Floats
    parallel: Floats

    def moved(self, step: float, direction: Prices) -> Prices:
        """A step further, but nowhere below 0."""
        pairs = zip(self.all, direction.all, strict=True)
        return Prices(*(np.maximum(mine + step * way, 0.0) for mine, way in pairs))

    def mixed(self, other: Prices, weight: float) -> Prices:
        """The sum of these and of the other ones times `weight`."""
        return Prices(*(mine + weight * theirs for mine, theirs in zip(self.all, other.all, strict=True)))

    def rounded(self, digits: int = 6) -> Prices:
        """Any prices from 0 on give a bound."""
        return Prices(*(table.round(digits) for table in self.all))

    @property
    def of_persons(self) -> WeekPrices:
        return WeekPrices(self.capacity, self.parallel)

    @property
    def all(self) -> tuple[Floats, Floats, Floats, Floats]:
        return self.week, self.once, self.capacity, self.parallel


@dataclass(frozen=True, slots=True)
class Value:
    """A bound, and where the rows are exceeded (above 0) or not used up by what the bound is made of."""

    bound: float
    excess: Prices


class Pricing:
    """The relaxed model of a field."""

    def __init__(self, work: Field) -> None:
        self._room = work.room
        self._needs, self._weeks = len(work.instance.needs), work.instance.weeks
        self._wanted = dict(work.wanted(range(self._needs)))
        weights = [work.instance.weight(need) for need in work.instance.needs]
        self._weight = np.array([*weights, 0], dtype=np.float64)
        self._least_weeks = np.ones(self._needs + 1, dtype=np.int64)
        self._rows = self._shares(work)
        self._windows = _Windows.of(self._wanted, self._weeks)
        self._volumes = np.zeros(self._needs + 1, dtype=np.bool_)
        self._volumes[[place for place, wanted in self._wanted.items() if wanted.volume]] = True
        self._options = _whole(work, self._wanted)
        self._limited = self._room.parallel < NO_LIMIT // 2

    def start(self) -> Prices:
        """Needs cost all that they are worth: the bound is the sum of what is wanted."""
        week, once = np.zeros((self._needs, self._weeks)), np.zeros(self._needs)
        for place, wanted in self._wanted.items():
            if wanted.whole:
                once[place] = self._weight[place] * wanted.need.demand
            elif wanted.volume:
                once[place] = self._weight[place]
            else:
                week[place] = self._weight[place] * DAYS_PER_WEEK * (wanted.share > 0)
        return Prices(week, once, np.zeros(self._room.free.shape), np.zeros(self._room.free.shape))

    def value(self, prices: Prices) -> Value:
        """The bound at these prices, weighted share-days; the fixed assignments not counted."""
        total, excess = self._allowed(prices)
        for chunk in self._rows.chunks():
            total += self._best_parts(chunk, prices, excess)
        return Value(total + self._best_whole(prices, excess), excess)

    def _shares(self, work: Field) -> _Rows:
        """For each person and need the shares that may be the largest possible in some weeks."""
        found: list[tuple[int, int, int]] = []
        opens: list[Bools] = []
        for place, wanted in self._wanted.items():
            if wanted.whole:
                continue
            need = wanted.need
            self._least_weeks[place] = min(work.instance.rules.min_segment_weeks, need.length)
            least = min(work.instance.rules.min_share, need.share)
            window = np.zeros(self._weeks, dtype=np.bool_)
            window[need.first : wanted.last + 1] = True
            for person in work.eligible(place)[0].tolist():
                if work.instance.persons[person].id in wanted.taken:
                    continue
                most = np.minimum(self._room.free[person], wanted.share)
                most = np.where(window & (self._room.parallel[person] >= 1), most, 0)
                for share in np.unique(most[most >= least]).tolist():
                    found.append((person, place, share))
                    opens.append(most >= share)
        rows = np.array(found, dtype=np.int64).reshape(len(found), 3)
        table = np.array(opens, dtype=np.bool_).reshape(len(opens), self._weeks)
        order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))
        person, place, share = rows[order].T
        return _Rows(person, place, share, table[order])

    def _allowed(self, prices: Prices) -> tuple[float, Prices]:
        """What the rows allow at these prices, and the same as an excess below 0."""
        room = self._room
        week, once = np.zeros((self._needs, self._weeks)), np.zeros(self._needs)
        total = float((prices.capacity * room.free).sum())
        total += float(np.where(self._limited, prices.parallel * room.parallel, 0.0).sum())
        for place, wanted in self._wanted.items():
            once[place] = -1.0 if wanted.whole else -float(wanted.work) if wanted.volume else 0.0
        total += self._windows.dearest(prices.week, week) - float(once @ prices.once)
        parallel = np.where(self._limited, -room.parallel * COUNT_UNIT, -np.inf)
        return total, Prices(week, once, -room.free.astype(np.float64), parallel)

    def _best_parts(self, rows: _Rows, prices: Prices, excess: Prices) -> float:
        """The best part of every person and need, summed; what they take is added to the excess."""
        person, need, share, volume = rows.person, rows.need, rows.share, self._volumes[rows.need]
        by_day = self._weight[need] - np.where(volume, prices.once[need], 0.0)
        gain = share[:, None] * (
            by_day[:, None] * self._room.presence[person] - prices.week[need] - prices.capacity[person]
        )
        gain -= prices.parallel[person]
        best, first, last = _best_segments(gain, rows.open, self._least_weeks[need])
        chosen = self._leaders(person, need, best)
        person, need, share, first, last = (row[chosen] for row in (person, need, share, first, last))
        _spread(excess.week, need, (first, last), share)
        _spread(excess.capacity, person, (first, last), share)
        _spread(excess.parallel, person, (first, last), np.full(len(chosen), COUNT_UNIT))
        days = self._room.days_before
        work = np.where(volume[chosen], share * (days[person, last + 1] - days[person, first]), 0)
        np.add.at(excess.once, need, work)
        return float(best[chosen].sum())

    def _leaders(self, person: Ints, need: Ints, gain: Floats) -> Ints:
        """Of each pair of a person and a need what gains most, if anything does."""
        pair = person * self._needs + need
        order = np.lexsort((-gain, pair))
        _, leaders = np.unique(pair[order], return_index=True)
        chosen = order[leaders]
        return np.asarray(chosen[gain[chosen] > 0.0])

    def _best_whole(self, prices: Prices, excess: Prices) -> float:
        """The same for needs with named candidates."""
        options = self._options
        if options is None:
            return 0.0
        gain = options.coverage - prices.once[options.need] - spent(options, prices.of_persons)
        chosen = self._leaders(options.person, options.need, gain)
        person, span = options.person[chosen], (options.first[chosen], options.last[chosen])
        np.add.at(excess.once, options.need[chosen], 1.0)
        _spread(excess.capacity, person, span, options.share[chosen])
        _spread(excess.parallel, person, span, np.full(len(chosen), COUNT_UNIT))
        return float(gain[chosen].sum())

    def worth(self, parts: Options, prices: Prices) -> Floats:
        """What parts are worth less what they take, at these prices."""
        weeks = before(prices.week)
        of_need = weeks[parts.need, parts.last + 1] - weeks[parts.need, parts.first]
        return np.asarray(parts.coverage - parts.share * of_need - spent(parts, prices.of_persons))


@dataclass(frozen=True)
class _Rows:
    """A row for each person, need and share, in the order of persons; `open` has the weeks in which it is possible."""

    person: Ints
    need: Ints
    share: Ints
    open: Bools

    def chunks(self) -> Iterator[_Rows]:
        """Some rows at a time, all rows of a pair together."""
        begin = 0
        while begin < len(self.person):
            end = min(begin + CHUNK, len(self.person))
            while end < len(self.person) and self.person[end] == self.person[end - 1]:
                end += 1
            part = slice(begin, end)
            yield _Rows(self.person[part], self.need[part], self.share[part], self.open[part])
            begin = end


def _whole(work: Field, wanted: dict[int, Wanted]) -> Options | None:
    places = [place for place, found in wanted.items() if found.whole]
    options = work.parts(places, 1) if places else None
    return options if options is not None and len(options) else None


@dataclass(frozen=True)
class _Windows:
    """Each window that a need may lie in, those of a need together; all weeks of a volume are one."""

    need: Ints
    first: Ints
    end: Ints
    begins: Ints
    """Where the windows of each need begin."""
    share: Floats
    """Needs x weeks: percent wanted."""

    @classmethod
    def of(cls, wanted: dict[int, Wanted], weeks: int) -> _Windows:
        rows = [
            (place, start, found.last + 1 if found.volume else start + found.need.length)
            for place, found in wanted.items()
            if not found.whole
            for start in ([found.need.first] if found.volume else found.starts)
        ]
        share = np.zeros((max(wanted, default=0) + 1, weeks))
        for place, found in wanted.items():
            share[place] = found.share
        need, first, end = np.array(rows, dtype=np.int64).reshape(len(rows), 3).T
        return cls(need, first, end, np.unique(need, return_index=True)[1], share)

    def dearest(self, price: Floats, excess: Floats) -> float:
        """What all that is wanted costs in the dearest window of each need; it is taken off the excess."""
        if not len(self.need):
            return 0.0
        paid = before(price[: len(self.share)] * self.share)
        costs = paid[self.need, self.end] - paid[self.need, self.first]
        order = np.lexsort((-costs, self.need))
        chosen = order[self.begins]
        inside = np.zeros_like(excess)
        _spread(inside, self.need[chosen], (self.first[chosen], self.end[chosen] - 1), np.ones(len(chosen)))
        excess[: len(self.share)] -= inside[: len(self.share)] * self.share
        return float(costs[chosen].sum())


def _spread(table: Floats, row: Ints, span: tuple[Ints, Ints], amount: Ints | Floats) -> None:
    """Add an amount to a row from a first to a last week, for each of many."""
    change = np.zeros((table.shape[0], table.shape[1] + 1))
    np.add.at(change, (row, span[0]), amount)
    np.add.at(change, (row, span[1] + 1), -amount)
    table += change.cumsum(axis=1)[:, :-1]


def _best_segments(gain: Floats, possible: Bools, least_weeks: Ints) -> tuple[Floats, Ints, Ints]:
    """Of each row the most that weeks in a row gain, at least so many of them, all possible; first and last of them.

    A week that is not possible costs more than all others gain, so that no best span goes over it.
    """
    rows, weeks = gain.shape
    best, first, last = np.zeros(rows), np.zeros(rows, dtype=np.int64), np.full(rows, -1)
    sums = before(np.where(possible, gain, -1.0 - weeks * np.abs(gain).max(initial=0.0)))
    lowest = np.minimum.accumulate(sums, axis=1)
    for least in np.unique(least_weeks[least_weeks <= weeks]).tolist():
        some = np.flatnonzero(least_weeks == least)
        total = sums[some, least:] - lowest[some, : weeks + 1 - least]
        end = total.argmax(axis=1)
        best[some], last[some] = total[np.arange(len(some)), end], end + least - 1
        first[some] = (sums[some] == lowest[some, end][:, None]).argmax(axis=1)
    return best, first, last
