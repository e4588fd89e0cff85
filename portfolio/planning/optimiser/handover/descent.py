"""Prices of mode *handover* made better step by step, so that the bound falls.

A deflected subgradient (Camerini, Fratta and Maffioli 1975) with Polyak's step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from portfolio.planning.optimiser.handover.prices import Prices, Pricing

DEFLECTION: Final = 0.8
"""How much of the direction before is kept in the next."""
PATIENCE: Final = 20
"""Steps without a better bound after which the steps are made smaller."""


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
