"""Prices for needs and persons, week by week, and the bound that follows from them, in mode *handover*.

The rows of the model are priced and left out (Lagrangian relaxation); what remains falls apart into pairs of a need and
a person, whose best part is found in one pass over the weeks. The prices follow a deflected subgradient (Camerini,
Fratta and Maffioli 1975) with Polyak's step: no linear programme over the millions of parts is ever written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from portfolio.planning.optimiser.handover.parts import Field, Wanted
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import WeekPrices, spent
from portfolio.planning.optimiser.room import NO_LIMIT, Bools, Floats, Ints, before

CHUNK: Final = 20_000
"""Rows of persons, needs and shares worked on at once."""
DEFLECTION: Final = 0.8
"""How much of the direction before is kept in the next."""
PATIENCE: Final = 20
"""Steps without a better bound after which the steps are made smaller."""
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
        self._options = _whole(work, self._wanted)
        self._limited = self._room.parallel < NO_LIMIT // 2

    def start(self) -> Prices:
        """No prices at all."""
        week, person = np.zeros((self._needs, self._weeks)), np.zeros(self._room.free.shape)
        return Prices(week, np.zeros(self._needs), person, person.copy())

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
            if not wanted.whole:
                weeks, worth = _best_window(wanted, prices.week[place])
                week[place, weeks] = -wanted.share[weeks]
                total += worth
        total -= float(once @ prices.once)
        parallel = np.where(self._limited, -room.parallel * COUNT_UNIT, -np.inf)
        return total, Prices(week, once, -room.free.astype(np.float64), parallel)

    def _best_parts(self, rows: _Rows, prices: Prices, excess: Prices) -> float:
        """The best part of every person and need, summed; what they take is added to the excess."""
        person, need, share = rows.person, rows.need, rows.share
        volume = np.array([place in self._wanted and self._wanted[place].volume for place in range(self._needs)])
        by_day = self._weight[need] - np.where(volume[need], prices.once[need], 0.0)
        gain = share[:, None] * (
            by_day[:, None] * self._room.presence[person] - prices.week[need] - prices.capacity[person]
        )
        gain -= prices.parallel[person]
        best, first, last = _best_segments(gain, rows.open, self._least_weeks[need])
        pair = person * self._needs + need
        order = np.lexsort((-best, pair))
        _, leaders = np.unique(pair[order], return_index=True)
        chosen = order[leaders]
        chosen = chosen[best[chosen] > 0.0]
        for place in chosen.tolist():
            weeks = slice(first[place], last[place] + 1)
            excess.week[need[place], weeks] += share[place]
            excess.capacity[person[place], weeks] += share[place]
            excess.parallel[person[place], weeks] += COUNT_UNIT
            if volume[need[place]]:
                excess.once[need[place]] += share[place] * self._room.presence[person[place], weeks].sum()
        return float(best[chosen].sum())

    def _best_whole(self, prices: Prices, excess: Prices) -> float:
        """The same for needs with named candidates."""
        options = self._options
        if options is None:
            return 0.0
        gain = options.coverage - prices.once[options.need] - spent(options, prices.of_persons)
        pair = options.person * self._needs + options.need
        order = np.lexsort((-gain, pair))
        _, leaders = np.unique(pair[order], return_index=True)
        chosen = order[leaders]
        chosen = chosen[gain[chosen] > 0.0]
        for place in chosen.tolist():
            person, weeks = options.person[place], slice(options.first[place], options.last[place] + 1)
            excess.once[options.need[place]] += 1.0
            excess.capacity[person, weeks] += options.share[place]
            excess.parallel[person, weeks] += COUNT_UNIT
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


def _best_window(wanted: Wanted, price: Floats) -> tuple[Ints, float]:
    """The weeks of the dearest window, and what all that is wanted in them costs."""
    (paid,) = before((price * wanted.share)[None, :])
    first = wanted.need.first if wanted.volume else 0
    if wanted.volume:
        weeks = np.arange(first, wanted.last + 1)
        return weeks, float(paid[wanted.last + 1] - paid[first])
    starts = np.array(wanted.starts)
    costs = paid[starts + wanted.need.length] - paid[starts]
    best = int(costs.argmax())
    return np.arange(starts[best], starts[best] + wanted.need.length), float(costs[best])


def _best_segments(gain: Floats, possible: Bools, least_weeks: Ints) -> tuple[Floats, Ints, Ints]:
    """Of each row the most that weeks in a row gain, at least so many of them, all possible; first and last of them."""
    rows, weeks = gain.shape
    at = np.arange(rows)
    going, last = np.zeros((rows, weeks + 1)), np.zeros((rows, weeks + 1), dtype=np.int64)
    last[:, weeks] = weeks - 1
    for week in range(weeks - 1, -1, -1):  # what going on from a week gains, and until when
        more = np.where(possible[:, week], gain[:, week] + going[:, week + 1], 0.0)
        goes = more > 0.0
        going[:, week] = np.where(goes, more, 0.0)
        last[:, week] = np.where(goes, last[:, week + 1], week - 1)
    gained, closed = before(np.where(possible, gain, 0.0)), before(~possible)
    best, first, end = np.zeros(rows), np.zeros(rows, dtype=np.int64), np.full(rows, -1)
    for week in range(weeks):
        until = np.minimum(week + least_weeks, weeks)
        legal = (week + least_weeks <= weeks) & (closed[at, until] == closed[:, week])
        total = np.where(legal, gained[at, until] - gained[:, week] + going[at, until], -np.inf)
        better = total > best
        best = np.where(better, total, best)
        first = np.where(better, week, first)
        end = np.where(better, last[at, until], end)
    return best, first, end


@dataclass
class Descent:
    """The bound, lowered step by step."""

    pricing: Pricing
    bound: float = np.inf
    best: Prices = field(init=False)
    _prices: Prices = field(init=False)
    _direction: Prices | None = None
    scale: float = 1.0
    _waited: int = 0

    def __post_init__(self) -> None:
        self.best = self._prices = self.pricing.start()

    def step(self, reached: float) -> float:
        """One step down, given the value of a plan; the best bound so far."""
        found = self.pricing.value(self._prices)
        if found.bound < self.bound - 1e-6 * abs(self.bound):
            self._waited = 0
        else:
            self._waited += 1
        if found.bound < self.bound:
            self.bound, self.best = found.bound, self._prices
        if self._waited >= PATIENCE:
            self.scale, self._waited, self._direction, self._prices = self.scale * 0.6, 0, None, self.best
            return self.bound
        way = _possible(found.excess, self._prices)
        if self._direction is not None:
            way = way.mixed(self._direction, DEFLECTION)
        self._direction = way
        size = sum(float((rows**2).sum()) for rows in _possible(way, self._prices).all)
        step = self.scale * max(found.bound - reached, 1e-4 * abs(found.bound)) / max(size, 1.0)
        self._prices = self._prices.moved(step, way)
        return self.bound


def _possible(way: Prices, prices: Prices) -> Prices:
    """Without what would push a price below 0; what has no limit is never priced."""
    pairs = zip(way.all, prices.all, strict=True)
    return Prices(*(np.where((step < 0.0) & (price <= 0.0), 0.0, step) for step, price in pairs))
