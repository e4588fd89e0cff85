"""All open needs explained, the most valuable first, for as long as there is time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import inf
from time import monotonic
from typing import Final

from portfolio.planning.explain.gains import gains
from portfolio.planning.explain.open_needs import failing_weeks, reason, rival
from portfolio.planning.explain.relaxations import relaxations
from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.shortages import Shortages
from portfolio.planning.explain.values import Explanation, OpenNeed, Reason
from portfolio.planning.instance import Assignment, Instance, Need
from portfolio.planning.variants import skills_wanted

MOST_SECONDS: Final = 4.0
PART: Final = 0.1


def explaining(seconds: float) -> float:
    """How many of so many seconds are set aside for explanations; a plan that is proven early leaves them more."""
    return min(PART * seconds, MOST_SECONDS)


def explain(instance: Instance, assignments: tuple[Assignment, ...], until: float) -> Explanation:
    """All that a plan file says beside the plan, as far as it is worked out until a moment of the monotonic clock.

    Gains are worked out in a process of their own meanwhile; without any in time there are none in the file.
    """
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(gains, instance, None if until == inf else max(until - monotonic(), 0.0))
        needs = open_needs(instance, assignments, lambda: monotonic() < until)
    known = found.result()
    marginal = tuple(gain for gain in known if gain.person is None)
    late = not marginal and bool(skills_wanted(instance))
    return Explanation(
        open=needs,
        marginal=None if late else marginal,
        training=None if late else tuple(gain for gain in known if gain.person is not None),
    )


def open_needs(
    instance: Instance, assignments: tuple[Assignment, ...], goes_on: Callable[[], bool] = lambda: True
) -> tuple[OpenNeed, ...]:
    """Why each need that is not or not fully covered by a plan is open, and what would help.

    The plan must break no rule. The reasons come first; `goes_on` is asked before more is worked out for a need.
    """
    plan, shortages = Residual(instance, assignments), Shortages(instance)
    needs = sorted(plan.open_needs(), key=lambda need: (-instance.weight(need) * need.demand, need.id))
    found = [_briefly(plan, need) for need in needs]
    pairs = zip(needs, found, strict=True)
    return tuple(_in_full(plan, shortages, need, brief) if goes_on() else brief for need, brief in pairs)


def _in_full(plan: Residual, shortages: Shortages, need: Need, found: OpenNeed) -> OpenNeed:
    shortage = shortages.of(need)
    held = found.reason in (Reason.RIVALS, Reason.PARALLEL)
    return replace(
        found,
        first=found.first if shortage is None else shortage.first,
        last=found.last if shortage is None else shortage.last,
        relaxations=relaxations(plan, need),
        rival=rival(plan, need) if held else None,
        shortage=shortage,
    )


def _briefly(plan: Residual, need: Need) -> OpenNeed:
    first, last = failing_weeks(plan, need)
    return OpenNeed(need.id, reason(plan, need), need.skill if need.candidates is None else None, first, last)
