"""What a planner would do by hand: the urgent and large needs first, each to whoever fits best."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Floats, Ints


def greedy(options: Options) -> tuple[int, ...]:
    """Needs by priority, then by volume; for each the option with the fewest surplus levels, then the most work."""
    needs = options.instance.needs
    turn = sorted(range(len(needs)), key=lambda place: (needs[place].priority, -needs[place].demand, place))
    order = np.lexsort((options.first, options.person, -options.work, options.surplus))
    return _taken(options, order, turn, ())


def completed(options: Options, places: Iterable[int]) -> tuple[int, ...]:
    """The options at `places` and whatever else still fits beside them, the most valuable first."""
    order = np.argsort(-options.coverage, kind="stable")
    best: dict[int, int] = {}
    for need, value in zip(options.need[order].tolist(), options.coverage[order].tolist(), strict=True):
        best.setdefault(need, value)
    turn = sorted(best, key=lambda need: -best[need])
    return _taken(options, order, turn, tuple(places))


def rounded(options: Options, parts: Floats) -> tuple[int, ...]:
    """A plan from a linear one that takes a part of each option: the most valuable parts first, and what still fits."""
    order = np.lexsort((-options.coverage, -parts * options.coverage))
    return _taken(options, order, dict.fromkeys(options.need[order].tolist()), ())


def _taken(options: Options, order: Ints, turn: Iterable[int], places: tuple[int, ...]) -> tuple[int, ...]:
    free, parallel = options.room.free.copy(), options.room.parallel.copy()
    for place in places:
        _book(options, place, free, parallel)
    covered = set(options.need[list(places)].tolist())
    of_need: dict[int, list[int]] = {}
    for place in order.tolist():
        of_need.setdefault(int(options.need[place]), []).append(place)
    found = list(places)
    for need in turn:
        if need in covered:
            continue
        for place in of_need.get(need, ()):
            person, weeks = options.person[place], slice(options.first[place], options.last[place] + 1)
            if free[person, weeks].min() >= options.share[place] and parallel[person, weeks].min() >= 1:
                _book(options, place, free, parallel)
                found.append(place)
                break
    return tuple(found)


def _book(options: Options, place: int, free: Ints, parallel: Ints) -> None:
    person, weeks = options.person[place], slice(options.first[place], options.last[place] + 1)
    free[person, weeks] -= options.share[place]
    parallel[person, weeks] -= 1
