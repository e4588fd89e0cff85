"""Free work given to demands so that it counts once: a maximum flow, and the proof of what is missing.

Whoever has two skills cannot work twice. Adding up who has each skill therefore says too much; the most that all
demands together can get is a maximum flow from the people to the demands they fit. What that leaves open is missing
whomever one puts on it: the demands of a bottleneck want more than all who fit any of them have (the minimum cut; Ford
and Fulkerson 1956).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeAlias

Fits: TypeAlias = AbstractSet[int]
"""Positions of the demands that somebody can serve."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Amounts in the unit of the demands, whole numbers."""

    given: tuple[int, ...]
    """What each demand gets."""
    missing: tuple[int, ...]
    """What each demand still lacks. Their sum is as small as it can be."""
    spare: dict[frozenset[int], int]
    """What is left over of those who fit the same demands."""
    bottlenecks: tuple[frozenset[int], ...]
    """Demands that want more, together, than everybody has who fits any of them. Nobody with anything to give stands in
    two of them, and what they lack is all that is missing."""


def distribute(demands: Sequence[int], supplies: Iterable[tuple[Fits, int]]) -> Distribution:
    """Give the supplies to the demands they fit, as much in all as possible.

    `supplies` are pairs of the demands somebody fits and the amount they have, `demands` the amounts wanted; ValueError
    when one is negative. The result depends on the sums of supplies with equal fits alone, not on their order.
    """
    amounts: defaultdict[frozenset[int], int] = defaultdict(int)
    for fits, amount in supplies:
        if amount < 0:
            raise ValueError(f"negative supply: {amount}")
        amounts[frozenset(fits)] += amount
    if any(demand < 0 for demand in demands):
        raise ValueError("negative demand")
    network = _Network(demands, amounts)
    network.fill()
    held_up = [network.satisfy(demand) for demand in range(len(demands))]
    missing = tuple(network.wanted)
    given = tuple(demand - lacking for demand, lacking in zip(demands, missing, strict=True))
    return Distribution(given, missing, dict(network.left), _merged(held_up))


def _merged(sets: Iterable[set[int]]) -> tuple[frozenset[int], ...]:
    """The sets without the empty ones, those that overlap as one, by their smallest member."""
    merged: list[set[int]] = []
    for each in filter(None, sets):
        apart = [other for other in merged if other.isdisjoint(each)]
        merged = [*apart, each.union(*(other for other in merged if not other.isdisjoint(each)))]
    return tuple(sorted(map(frozenset, merged), key=min))


class _Network:
    """Groups of people with equal fits on one side, demands on the other, and what flows between them."""

    def __init__(self, demands: Sequence[int], amounts: dict[frozenset[int], int]) -> None:
        groups = sorted(amounts, key=lambda fits: (len(fits), sorted(fits)))
        self.wanted = list(demands)
        self.left = {fits: amounts[fits] for fits in groups}
        self.flow: dict[frozenset[int], defaultdict[int, int]] = {fits: defaultdict(int) for fits in groups}
        # By demand the groups that fit it, the least flexible first.
        self.fitting = [[fits for fits in groups if demand in fits] for demand in range(len(demands))]

    def fill(self) -> None:
        """Give away whatever fits directly, the least flexible first: little is left to be moved then."""
        for fits, amount in self.left.items():
            for demand in sorted(fits):
                moved = min(amount, self.wanted[demand])
                self.flow[fits][demand] += moved
                self.wanted[demand] -= moved
                amount -= moved
            self.left[fits] = amount

    def satisfy(self, demand: int) -> set[int]:
        """Move work over until the demand has all it can get; the demands that then hold each other up."""
        while self.wanted[demand]:
            found = self._search(demand)
            if found.group is None:
                return found.reached
            self._move(demand, found)
        return set()

    def _search(self, demand: int) -> _Way:
        """The shortest way from the demand to a group that has something left."""
        way = _Way(demand)
        waiting, seen = deque([demand]), set[frozenset[int]]()
        while waiting:
            current = waiting.popleft()
            for fits in self.fitting[current]:
                if fits in seen:
                    continue
                seen.add(fits)
                if self.left[fits]:
                    way.group, way.end = fits, current
                    return way
                for other in sorted(fits):
                    if self.flow[fits][other] and other != demand and other not in way.instead_of:
                        way.instead_of[other] = (fits, current)
                        waiting.append(other)
        return way

    def _move(self, demand: int, way: _Way) -> None:
        """As much as the way takes: the last group serves its end, and each group on it the demand before."""
        assert way.group is not None  # noqa: S101  (for the type checker)
        steps = list(way.steps)
        amount = min(self.wanted[demand], self.left[way.group], *(self.flow[fits][other] for fits, other, _ in steps))
        self.left[way.group] -= amount
        self.flow[way.group][way.end] += amount
        for fits, other, current in steps:
            self.flow[fits][other] -= amount
            self.flow[fits][current] += amount
        self.wanted[demand] -= amount


@dataclass(slots=True)
class _Way:
    """From `demand` to a `group` with something left, by people who could serve one demand instead of another."""

    demand: int
    group: frozenset[int] | None = None
    end: int = 0
    instead_of: dict[int, tuple[frozenset[int], int]] = field(default_factory=dict)
    """By demand: who serves it and could serve which other instead."""

    @property
    def reached(self) -> set[int]:
        return {self.demand, *self.instead_of}

    @property
    def steps(self) -> Iterable[tuple[frozenset[int], int, int]]:
        """Who leaves which demand for which other, from the end of the way to its beginning."""
        current = self.end
        while current != self.demand:
            fits, before = self.instead_of[current]
            yield fits, current, before
            current = before
