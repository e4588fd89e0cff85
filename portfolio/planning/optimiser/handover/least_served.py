"""A bound for the organisation served least in mode *handover*.

Whatever organisations are weighed by: what all get, weighed, is at least the least share times what all ask for,
weighed. So the bound of the weighed work bounds that share; the weights of mode whole are good ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from portfolio.planning.instance import Instance
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.handover.descent import Descent
from portfolio.planning.optimiser.handover.parts import Field, eligible_of
from portfolio.planning.optimiser.handover.prices import Pricing
from portfolio.planning.optimiser.least_served import relaxed
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.optimiser.relaxation import week_rows
from portfolio.planning.optimiser.shares import Shares
from portfolio.planning.score import score

SCALE: Final = 1_000_000
"""Weights are whole numbers up to this."""
HOPED: Final = 0.95
"""The part of the bound that is thought to be possible."""
STEPS: Final = 10
"""Steps between two looks at the clock."""
SETTLED: Final = 1e-3
"""The scale of steps below which the bound falls little more."""


def least_served_bound(instance: Instance, limits: Limits, goes_on: Callable[[], bool]) -> float:
    """What no plan gives the least served organisation more than, as a ratio of what it asks for."""
    options = options_of(instance)
    shares = Shares(options)
    prices = relaxed(options, shares, week_rows(options), limits).organisation
    if not len(prices):
        return 1.0
    weights = np.rint(SCALE * prices / prices.max()).astype(np.int64).tolist()
    weighed = _weighed(instance, weights)
    descent = Descent(Pricing(Field(weighed, weighed.locked, eligible_of(weighed))))
    while descent.scale > SETTLED and goes_on():
        for _ in range(STEPS):
            descent.step(HOPED * descent.bound if descent.bound < np.inf else 0.0)
    asked = sum(weight * demand for weight, demand in zip(weights, shares.demand.tolist(), strict=True))
    return float(min((descent.bound + score(weighed, weighed.locked).coverage) / asked, 1.0))


def _weighed(instance: Instance, weights: list[int]) -> Instance:
    """The same with a priority for each organisation, which has its weight; whoever has none does not count."""
    names = sorted({need.organisation for need in instance.needs if need.organisation is not None})
    priority = {name: number for number, name in enumerate(names, 1)}
    needs = tuple(replace(need, priority=priority.get(need.organisation or "", 0)) for need in instance.needs)
    by_priority = {0: 0, **dict(enumerate(weights, 1))}
    return replace(instance, needs=needs, rules=replace(instance.rules, priority_weight=by_priority))
