"""Free work given to demands so that it counts once: a maximum flow, and the proof of what is missing.

Whoever has two skills cannot work twice. Adding up who has each skill therefore says too much; the most that all
demands together can get is a maximum flow from the people to the demands they fit. What that leaves open is missing
whomever one puts on it: the demands of a bottleneck want more than all who fit any of them have (the minimum cut; Ford
and Fulkerson 1956).

A demand is for one kind of work and, unless it is tied to one week, may be served in any of several, so a week without
anybody free proves nothing against it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import add
from typing import TypeAlias

Kinds: TypeAlias = AbstractSet[int]
"""The kinds of work that somebody can do."""
Place: TypeAlias = tuple[int, int]
"""A kind of work and a week."""


@dataclass(frozen=True, slots=True)
class Demand:
    """`amount` of work of a kind; `most` says how much of it at most in which week."""

    kind: int
    amount: int
    most: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Demands, as positions, that want more together than everybody has who fits any of them, in the weeks of `places`;
    in their other weeks they get the most that they take there."""

    demands: frozenset[int]
    places: frozenset[Place]
    wanted: int
    had: int
    """What all who fit have in `places`, and the most that the demands take elsewhere."""

    @property
    def missing(self) -> int:
        return self.wanted - self.had


@dataclass(frozen=True, slots=True)
class Distribution:
    """Amounts in the unit of the demands, whole numbers."""

    given: tuple[Mapping[int, int], ...]
    """What each demand gets, by week."""
    missing: tuple[int, ...]
    """What each demand still lacks. Their sum is as small as it can be."""
    spare: Mapping[frozenset[int], tuple[int, ...]]
    """What is left over of those who can do the same kinds, by week."""
    bottlenecks: tuple[Bottleneck, ...]
    """Every demand that lacks something stands in one of them, and what they lack is all that is missing."""


def distribute(demands: Sequence[Demand], supplies: Iterable[tuple[Kinds, Sequence[int]]]) -> Distribution:
    """Give the supplies to the demands they fit, as much in all as possible.

    `supplies` are pairs of the kinds somebody can do and the amount they have in each week; ValueError when an amount
    is negative. The result depends on the sums of supplies with equal kinds alone, not on their order.
    """
    amounts = _summed(supplies)
    if any(demand.amount < 0 or min(demand.most.values(), default=0) < 0 for demand in demands):
        raise ValueError("negative demand")
    network = _Network(demands, amounts)
    network.fill()
    for position in range(len(demands)):
        network.satisfy(position)
    return Distribution(
        given=tuple({week: drawn for week, drawn in sorted(by_week.items()) if drawn} for by_week in network.drawn),
        missing=tuple(network.wanted),
        spare={kinds: tuple(left) for kinds, left in zip(network.kinds, network.left, strict=True)},
        bottlenecks=tuple(network.bottlenecks(amounts)),
    )


def _summed(supplies: Iterable[tuple[Kinds, Sequence[int]]]) -> dict[frozenset[int], list[int]]:
    """The amounts of equal kinds together, the least flexible first: little is left to be moved then."""
    sums: dict[frozenset[int], list[int]] = {}
    for kinds, amounts in supplies:
        if min(amounts, default=0) < 0:
            raise ValueError(f"negative supply: {min(amounts)}")
        known = sums.get(frozenset(kinds))
        sums[frozenset(kinds)] = list(amounts) if known is None else list(map(add, known, amounts))
    return {kinds: sums[kinds] for kinds in sorted(sums, key=lambda kinds: (len(kinds), sorted(kinds)))}


@dataclass(slots=True)
class _Way:
    """From a demand to a group that has something left; `before` names for each place how it was reached.

    It is another place and who could make room there: a group that serves this place and could serve the other, a
    demand that draws from the other place and could draw from this one; nothing where the way begins.
    """

    before: dict[Place, tuple[Place, int, bool] | None] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    """Bottlenecks it led into."""
    end: Place | None = None
    group: int = 0


class _Network:
    """Groups of people who can do the same on one side, demands on the other, and what flows between them by places."""

    def __init__(self, demands: Sequence[Demand], amounts: Mapping[frozenset[int], Sequence[int]]) -> None:
        self.demands = demands
        self.wanted = [demand.amount for demand in demands]
        self.drawn: list[defaultdict[int, int]] = [defaultdict(int) for _ in demands]
        self.kinds = list(amounts)
        self.left = [list(by_week) for by_week in amounts.values()]
        self.flow: defaultdict[tuple[int, int], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        """By group and week, what it gives to each kind."""
        self.able: defaultdict[int, list[int]] = defaultdict(list)
        """By kind the groups that can do it."""
        for group, kinds in enumerate(self.kinds):
            for kind in kinds:
                self.able[kind].append(group)
        self.at: defaultdict[Place, list[int]] = defaultdict(list)
        """By place the demands that may draw there, those tied to it first."""
        for position in sorted(range(len(demands)), key=lambda position: len(demands[position].most)):
            for week in demands[position].most:
                self.at[demands[position].kind, week].append(position)
        self.closed: dict[Place, int] = {}
        """Places that nothing more leads to, with the number of their bottleneck."""
        self.joined: list[int] = []
        """Of each bottleneck the one it became part of."""
        self.held_up: dict[int, int] = {}
        """Demands that lack something, with the number of their bottleneck."""

    def fill(self) -> None:
        """Give away whatever fits directly."""
        waiting: defaultdict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for (kind, week), positions in sorted(self.at.items()):
            waiting[kind].append((week, positions[::-1]))
        for group, kinds in enumerate(self.kinds):
            left = self.left[group]
            for kind in sorted(kinds & waiting.keys()):
                for week, positions in waiting[kind]:
                    if positions and left[week]:
                        self._give(group, (kind, week), positions)

    def _give(self, group: int, place: Place, waiting: list[int]) -> None:
        """To the demands of the place that wait, the last first; who has enough waits no longer."""
        kind, week = place
        while waiting and self.left[group][week]:
            position = waiting[-1]
            amount = min(self.left[group][week], self.wanted[position], self._room(position, week))
            if amount:
                self.left[group][week] -= amount
                self.flow[group, week][kind] += amount
                self.drawn[position][week] += amount
                self.wanted[position] -= amount
            if not (self.wanted[position] and self._room(position, week)):
                waiting.pop()

    def _room(self, position: int, week: int) -> int:
        return self.demands[position].most[week] - self.drawn[position][week]

    def satisfy(self, position: int) -> None:
        """Move work over until the demand has all it can get; what holds it up then is a bottleneck."""
        while self.wanted[position]:
            way = self._search(position)
            if way.end is None:
                self._close(position, way)
                return
            self._move(position, way)

    def _search(self, position: int) -> _Way:
        """The shortest way from the demand to a group that has something left."""
        way = _Way()
        waiting: deque[Place] = deque()
        for week in self.demands[position].most:
            if self._room(position, week):
                self._reach(way, waiting, (self.demands[position].kind, week), None)
        seen: set[tuple[int, int]] = set()
        while waiting:
            place = waiting.popleft()
            for group in self.able[place[0]]:
                if (group, place[1]) in seen:
                    continue
                seen.add((group, place[1]))
                if self.left[group][place[1]]:
                    way.end, way.group = place, group
                    return way
                self._through_group(way, waiting, place, group)
            self._through_demands(way, waiting, place)
        return way

    def _reach(self, way: _Way, waiting: deque[Place], place: Place, before: tuple[Place, int, bool] | None) -> None:
        if place in self.closed:
            way.touched.add(self._bottleneck(self.closed[place]))
        elif place not in way.before:
            way.before[place] = before
            waiting.append(place)

    def _through_group(self, way: _Way, waiting: deque[Place], place: Place, group: int) -> None:
        """What the group gives elsewhere it could give here."""
        for kind, amount in self.flow[group, place[1]].items():
            if amount:
                self._reach(way, waiting, (kind, place[1]), (place, group, True))

    def _through_demands(self, way: _Way, waiting: deque[Place], place: Place) -> None:
        """What a demand draws here it could draw in another week."""
        for position in self.at[place]:
            if len(self.demands[position].most) > 1 and self.drawn[position][place[1]]:
                for week in self.demands[position].most:
                    if self._room(position, week):
                        self._reach(way, waiting, (self.demands[position].kind, week), (place, position, False))

    def _move(self, position: int, way: _Way) -> None:
        """As much as the way takes."""
        assert way.end is not None  # noqa: S101  (for the type checker)
        steps = list(_steps(way, way.end))
        start = steps[-1][1] if steps else way.end
        takes = (
            self.flow[who, here[1]][here[0]] if by_group else min(self.drawn[who][before[1]], self._room(who, here[1]))
            for here, before, who, by_group in steps
        )
        amount = min(self.wanted[position], self._room(position, start[1]), self.left[way.group][way.end[1]], *takes)
        self.left[way.group][way.end[1]] -= amount
        self.flow[way.group, way.end[1]][way.end[0]] += amount
        for here, before, who, by_group in steps:
            if by_group:
                self.flow[who, here[1]][here[0]] -= amount
                self.flow[who, here[1]][before[0]] += amount
            else:
                self.drawn[who][here[1]] += amount
                self.drawn[who][before[1]] -= amount
        self.drawn[position][start[1]] += amount
        self.wanted[position] -= amount

    def _close(self, position: int, way: _Way) -> None:
        """Nothing leads out of the places reached, now or later: they make a bottleneck with those they lead into."""
        number = len(self.joined)
        self.joined.append(number)
        for other in way.touched:
            self.joined[other] = number
        self.closed.update(dict.fromkeys(way.before, number))
        self.held_up[position] = number

    def _bottleneck(self, number: int) -> int:
        while self.joined[number] != number:
            number = self.joined[number]
        return number

    def bottlenecks(self, amounts: Mapping[frozenset[int], Sequence[int]]) -> Iterator[Bottleneck]:
        """By their first demand that lacks something."""
        self._join_what_demands_share()
        places: defaultdict[int, set[Place]] = defaultdict(set)
        for place, number in self.closed.items():
            places[self._bottleneck(number)].add(place)
        for number in dict.fromkeys(self._bottleneck(number) for _, number in sorted(self.held_up.items())):
            yield self._proof(number, places[number], list(amounts.values()))

    def _join_what_demands_share(self) -> None:
        """A demand that lacks something and draws from two bottlenecks makes them one: it must not count twice."""
        for position, number in self.held_up.items():
            kind = self.demands[position].kind
            for week, drawn in self.drawn[position].items():
                if drawn and (kind, week) in self.closed:
                    self.joined[self._bottleneck(self.closed[kind, week])] = self._bottleneck(number)

    def _proof(self, number: int, places: set[Place], amounts: Sequence[Sequence[int]]) -> Bottleneck:
        concerned = {position for position, own in self.held_up.items() if self._bottleneck(own) == number}
        for kind, week in places:
            concerned.update(position for position in self.at[kind, week] if self.drawn[position][week])
        groups = {(group, week) for kind, week in places for group in self.able[kind]}
        elsewhere = (
            most
            for position in concerned
            for week, most in self.demands[position].most.items()
            if (self.demands[position].kind, week) not in places
        )
        return Bottleneck(
            demands=frozenset(concerned),
            places=frozenset(places),
            wanted=sum(self.demands[position].amount for position in concerned),
            had=sum(amounts[group][week] for group, week in groups) + sum(elsewhere),
        )


def _steps(way: _Way, end: Place) -> Iterator[tuple[Place, Place, int, bool]]:
    """From the end of the way to its beginning: a place, the one before, and who makes room (a group, or a demand)."""
    here, step = end, way.before[end]
    while step is not None:
        before, who, by_group = step
        yield here, before, who, by_group
        here, step = before, way.before[before]
