"""Better and better plans in mode *handover*: some of a plan is given up and put together again in the best way.

Large neighbourhood search (Shaw 1998). What is given up is either all parts of some needs that the same people could
do at the same time, or all that some persons do. The programme that puts it together looks at the parts that are worth
most at the prices of the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from portfolio.planning.instance import Assignment, Level
from portfolio.planning.optimiser.budget import Limits
from portfolio.planning.optimiser.handover.aims import SUMS, aim_of
from portfolio.planning.optimiser.handover.parts import Field
from portfolio.planning.optimiser.handover.prices import Pricing
from portfolio.planning.optimiser.handover.programme import Programme
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Bools, Floats, Ints
from portfolio.planning.score import score

SHARES: Final = 3
"""Sizes of a part that a plan is put together from."""
FEW: Final = 600
MANY: Final = 3_000
"""Parts looked at together: at the beginning, and when little gets better any more."""


@dataclass(frozen=True)
class Freed:
    """What may change: needs, and persons (None for all) who may take or leave parts of them."""

    needs: Ints
    persons: Bools | None = None


@dataclass(frozen=True)
class Aim:
    """The level to raise, and those that must stay at their floor."""

    level: Level
    held: tuple[tuple[Level, float], ...] = ()


class Improvement:
    """A plan, as good as it was made so far; `assignments` hold the locked ones."""

    def __init__(self, work: Field, pricing: Pricing, seed: int) -> None:
        instance = work.instance
        self._instance, self._eligible = instance, work.eligible
        self._pricing, self.prices = pricing, pricing.start()
        self._random = Random(seed)  # noqa: S311 - a search, no secret
        self._needs = {need.id: place for place, need in enumerate(instance.needs)}
        self._persons = {person.id: place for place, person in enumerate(instance.persons)}
        self._may = np.zeros((len(instance.needs), len(instance.persons)), dtype=np.bool_)
        for place in range(len(instance.needs)):
            self._may[place, self._eligible(place)[0]] = True
        self._first = np.array([need.first for need in instance.needs])
        self._last = np.array([need.starts[-1] + need.length - 1 for need in instance.needs])
        self._most = float(FEW)
        self._turn = 0
        self.assignments: tuple[Assignment, ...] = work.fixed

    def step(self, aim: Aim, limits: Limits) -> bool:
        """Give up some of the plan and put it together again in the best way; whether that is better."""
        self._turn += 1
        freed = self._by_persons() if self._turn % 3 == 0 else self._by_needs()
        mine, kept = self._split(freed)
        work = Field(self._instance, kept, self._eligible)
        parts = _with(self._promising(work.parts(freed.needs.tolist(), SHARES, freed.persons)), self._rows(mine))
        if not len(parts):
            return False
        programme, worth = Programme(work, parts), aim_of(aim.level, work, parts)
        before = score(self._instance, kept)
        for level, floor in aim.held:
            if level in SUMS:
                programme.hold(aim_of(level, work, parts), floor - before.of(level))
        chosen = programme.solve(worth, limits, _places(parts, mine))
        return self._take(aim, (*kept, *(parts.assignment(place) for place in chosen)))

    def _take(self, aim: Aim, assignments: tuple[Assignment, ...]) -> bool:
        """Keep a plan that is as good; whether it is better."""
        was, now = score(self._instance, self.assignments), score(self._instance, assignments)
        if now.of(aim.level) < was.of(aim.level) or any(now.of(level) < floor for level, floor in aim.held):
            return False
        better = now.of(aim.level) > was.of(aim.level)
        self._most = self._most if better else min(self._most * 1.01, MANY)
        self.assignments = assignments
        return better

    def _split(self, freed: Freed) -> tuple[list[Assignment], tuple[Assignment, ...]]:
        """What is given up of the plan, and what is kept."""
        locked, needs = frozenset(self._instance.locked), frozenset(freed.needs.tolist())
        mine = [
            part
            for part in self.assignments
            if part not in locked
            and self._needs[part.need] in needs
            and (freed.persons is None or freed.persons[self._persons[part.person]])
        ]
        gone = frozenset(mine)
        return mine, tuple(part for part in self.assignments if part not in gone)

    def _promising(self, parts: Options) -> Options:
        """Those worth most at the prices there are."""
        if len(parts) <= self._most:
            return parts
        worth = self._pricing.worth(parts, self.prices)
        return parts.only(np.sort(np.argsort(-worth, kind="stable")[: int(self._most)]))

    def _rows(self, mine: Sequence[Assignment]) -> Ints:
        rows = []
        for part in mine:
            need, person = self._needs[part.need], self._persons[part.person]
            eligible = self._eligible(need)
            cost, surplus = eligible[2:, int(np.flatnonzero(eligible[0] == person)[0])].tolist()
            rows.append((person, part.first, part.last, need, part.share, cost, surplus))
        return np.array(rows, dtype=np.int64).reshape(len(rows), 7).T

    def _by_needs(self) -> Freed:
        """Needs that the same persons could do at the same time, around one that is not done in full."""
        around = self._random.choices(range(len(self._first)), weights=self._open().tolist())[0]
        common = (self._may & self._may[around]).sum(axis=1) / np.maximum(self._may.sum(axis=1), 1)
        overlap = np.minimum(self._last, self._last[around]) - np.maximum(self._first, self._first[around]) + 1
        related = common * np.maximum(overlap, 0) / (self._last - self._first + 1)
        related = related * (0.2 + np.array([self._random.random() for _ in related]))
        related[around] = np.inf
        number = self._random.randint(3, 7)
        return Freed(np.argsort(-related, kind="stable")[:number])

    def _by_persons(self) -> Freed:
        """Two or three persons who could do the same."""
        around = self._random.randrange(self._may.shape[1])
        common = (self._may & self._may[:, [around]]).sum(axis=0)
        related = common * (0.2 + np.array([self._random.random() for _ in common]))
        related[around] = np.inf
        persons = np.zeros(len(related), dtype=np.bool_)
        persons[np.argsort(-related, kind="stable")[: self._random.randint(1, 3)]] = True
        return Freed(np.flatnonzero(self._may[:, persons].any(axis=1)), persons)

    def _open(self) -> Floats:
        """What of each need is not done, weighted, and a little of all."""
        instance = self._instance
        wanted = np.array([need.demand * instance.weight(need) for need in instance.needs], dtype=np.float64)
        for part in self.assignments:
            need = self._needs[part.need]
            presence = instance.persons[self._persons[part.person]].presence
            wanted[need] -= (
                part.share * sum(presence[part.first : part.last + 1]) * instance.weight(instance.needs[need])
            )
        return np.asarray(np.maximum(wanted, 0.0) + 1.0)


def _with(parts: Options, rows: Ints) -> Options:
    """The parts and those of `rows` that are not among them, in the order of persons."""
    joined = np.unique(np.concatenate([parts.rows, rows], axis=1), axis=1)
    return Options(parts.instance, parts.room, *joined)


def _places(parts: Options, assignments: Sequence[Assignment]) -> list[int]:
    numbers = {parts.assignment(place): place for place in range(len(parts))}
    return [numbers[assignment] for assignment in assignments]
