"""The prices of the linear relaxation as anybody can add them up, and the bound they give."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portfolio.planning.instance import Duals
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import WeekPrices, spent
from portfolio.planning.optimiser.room import Floats


def duals_of(options: Options, need: Floats, weeks: WeekPrices, digits: int = 6) -> Duals:
    """Prices by the names of needs and persons, rounded: any prices from 0 on give a bound."""
    instance = options.instance
    persons = [person.id for person in instance.persons]
    capacity, parallel = (
        by_week(np.where(prices > 10.0**-digits, prices.round(digits), 0.0), persons)
        for prices in (weeks.capacity, weeks.parallel)
    )
    named = {instance.needs[place].id: round(float(price), digits) for place, price in enumerate(need) if price > 0}
    return Duals(named, capacity, parallel)


def by_week(prices: Floats, names: Sequence[str]) -> dict[tuple[str, int], float]:
    """The prices above 0 by the name of their row and by week."""
    rows, weeks = np.nonzero(prices > 0.0)
    above = prices[rows, weeks]
    found = zip(rows.tolist(), weeks.tolist(), above.tolist(), strict=True)
    return {(names[row], week): price for row, week, price in found}


def bound_of(options: Options, duals: Duals) -> float:
    """The bound that the rounded prices give; `certificate.dual_bound` works it out again without this code."""
    instance, room = options.instance, options.room
    persons = {person.id: place for place, person in enumerate(instance.persons)}
    capacity, parallel = np.zeros(room.free.shape), np.zeros(room.free.shape)
    for prices, table in ((duals.capacity, capacity), (duals.parallel, parallel)):
        for (person, week), price in prices.items():
            table[persons[person], week] = price
    need = np.array([duals.need.get(need.id, 0.0) for need in instance.needs])
    total = need.sum() + (capacity * room.free).sum() + np.where(parallel > 0, parallel * room.parallel, 0.0).sum()
    gain = options.coverage - need[options.need] - spent(options, WeekPrices(capacity, parallel))
    return float(total + np.maximum(gain, 0.0).sum())
