"""How long a search may take: by the clock, or by a number of rounds that is the same on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Final

import highspy

NODES_PER_ROUND: Final = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Where branch and cut stops."""

    seconds: float | None = None
    nodes: int | None = None

    def set_on(self, model: highspy.Highs) -> None:
        """HiGHS counts the seconds of all runs of a model together."""
        if self.seconds is not None:
            model.setOptionValue("time_limit", model.getRunTime() + self.seconds)
        if self.nodes is not None:
            model.setOptionValue("mip_max_nodes", self.nodes)


@dataclass
class Budget:
    """Seconds until a deadline of `clock`, or rounds; a part of it may be set aside for a level."""

    clock: Callable[[], float]
    deadline: float
    rounds: int | None = None
    _begun: float = field(init=False)
    _until: float = field(init=False)
    _used: int = 0

    def __post_init__(self) -> None:
        self._begun, self._until = self.clock(), self.deadline

    @property
    def left(self) -> float:
        """Seconds left; without end where rounds are counted."""
        return inf if self.rounds is not None else max(self._until - self.clock(), 0.0)

    def limits(self, part: float = 1.0) -> Limits:
        """What a solver may take: the part of the seconds left, or nodes where rounds are counted."""
        if self.rounds is not None:
            return Limits(nodes=NODES_PER_ROUND * self.rounds)
        return Limits(seconds=max(part * self.left, 0.1))

    def goes_on(self, part: float = 1.0) -> bool:
        """Whether one round more may begin within the first `part` of the budget; counts it."""
        self._used += 1
        return self.within(part) if self.rounds is None else self._used <= self.rounds

    def within(self, part: float) -> bool:
        """Whether the first `part` of the seconds is not over; always where rounds are counted."""
        return self.rounds is not None or self.clock() < self._begun + part * (self._until - self._begun)

    def used(self, part: float = 1.0) -> float:
        """How much of the first `part` of the budget is used, from 0 to 1."""
        if self.rounds is not None:
            return min(self._used / max(self.rounds, 1), 1.0)
        whole = max(part * (self._until - self._begun), 1e-9)
        return min((self.clock() - self._begun) / whole, 1.0)

    @contextmanager
    def part(self, number: float) -> Iterator[None]:
        """One of `number` equal parts of what is left."""
        self._begun = self.clock()
        self._until = self._begun + (self.deadline - self._begun) / number
        self._used = 0
        yield
        self._until = self.deadline
