"""Gains in a process of their own, which may be ended at any time: what it found by then has been said.

Run as `python -m portfolio.planning.optimiser.gains_process`; `estimated` starts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from queue import Empty, SimpleQueue
from time import monotonic

from portfolio.planning.instance import Instance
from portfolio.planning.optimiser.gains import Estimate, estimates
from portfolio.planning.optimiser.processes import serve, started


def estimated(instance: Instance, seconds: float | None) -> tuple[Estimate, ...]:
    """The estimates found within so many seconds, those that promise most first; all of them without a limit."""
    messages: SimpleQueue[Estimate | None] = SimpleQueue()
    until = inf if seconds is None else monotonic() + seconds
    with started("portfolio.planning.optimiser.gains_process", messages) as tell:
        tell(instance)
        return tuple(_said(messages, until))


def _said(messages: SimpleQueue[Estimate | None], until: float) -> Iterator[Estimate]:
    while True:
        try:
            found = messages.get(timeout=None if until == inf else max(until - monotonic(), 0.0))
        except Empty:
            return
        if found is None:
            return
        yield found


def work(instance: Instance, send: Callable[[Estimate], None]) -> None:
    """Say the estimates for an instance, one by one."""
    for estimate in estimates(instance):
        send(estimate)


if __name__ == "__main__":
    serve(work)
