"""A first bound for the organisation served least, and first prices: the linear relaxation over single options.

The programme of `relaxation` with one ratio more that no organisation may stay below. The bound is not taken from the
solver but worked out from its prices, however far it came with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import WeekRow, add_needs
from portfolio.planning.optimiser.room import Floats
from portfolio.planning.optimiser.shares import RATIO, Shares

LARGE: Final = 200_000
"""Entries from which interior points are quicker than the simplex method; what they end with are prices as well."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What the least served organisation gets at most, in millionths, and the prices of needs and organisations."""

    bound: float
    need: Floats
    organisation: Floats


def relaxed(options: Options, shares: Shares, week_rows: list[WeekRow], limits: Limits) -> Relaxed:
    """The most for whom gets least, with needs taken in part; any prices from 0 on give a bound (Lagrange's)."""
    rows = Rows()
    add_needs(rows, options)
    for row in week_rows:
        rows.add(row.options, row.amounts, row.limit)
    add_service(rows, shares, len(options))
    prices = _prices(rows, len(options), limits)
    needs, others = len(options.instance.needs), len(prices) - len(shares.demand)
    need, weeks, organisation = prices[:needs], prices[needs:others], prices[others:]
    if not organisation.any():  # without any prices all count the same
        organisation = RATIO / max(len(shares.demand), 1) / shares.demand
    worth = np.append(organisation, 0.0)[shares.organisation] * shares.served - need[options.need]
    for row, price in zip(week_rows, weeks.tolist(), strict=True):
        if price:
            worth[row.options] -= price * row.amounts
    room = sum(price * row.limit for row, price in zip(week_rows, weeks.tolist(), strict=True))
    given = float(need.sum() + room + organisation @ shares.locked_served + np.maximum(worth, 0.0).sum())
    bound = given + max(RATIO - float(organisation @ shares.demand), 0.0)
    return Relaxed(min(bound, RATIO), need, organisation)


def add_service(rows: Rows, shares: Shares, ratio: int) -> None:
    """No organisation gets less of what it asks for than the column `ratio` says."""
    for organisation, demand in enumerate(shares.demand.tolist()):
        own = np.flatnonzero(shares.organisation == organisation)
        amounts = np.append(-shares.served[own], demand)
        rows.add(np.append(own, ratio), amounts, float(shares.locked_served[organisation]))


def _prices(rows: Rows, options: int, limits: Limits) -> Floats:
    model = solver()
    rows.into(model, columns=options + 1, upper=1.0)
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    model.changeColsCost(1, np.array([options], dtype=np.int32), np.array([RATIO]))
    limits.set_on(model)
    if model.getNumNz() > LARGE:
        model.setOptionValue("solver", "ipm")
        model.setOptionValue("run_crossover", "off")
    model.run()
    solution = model.getSolution()
    if not solution.dual_valid:  # it took too long
        return np.zeros(model.getNumRow())
    prices: Floats = np.maximum(np.array(solution.row_dual), 0.0)
    return prices
