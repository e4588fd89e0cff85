"""The fewest persons for needs that name their candidates: a plan person by person, then better ones group by group.

Shift minimisation is hard for branch and cut as a whole, since many persons are nearly alike, and easy for a dozen of
them. So groups of persons who could take work from each other are freed one after the other, and settled exactly (a
large neighbourhood search, as Smet, Wauters, Mihaylov and Vanden Berghe 2014 do).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from math import inf
from random import Random
from typing import Final, TypeAlias

import highspy
import numpy as np

from portfolio.planning.instance import Level
from portfolio.planning.optimiser.linear import Rows, Seed, solver
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import add_needs, week_rows
from portfolio.planning.optimiser.room import Bools, Ints

GROUP: Final = 14
"""Persons freed at a time."""
NODES: Final = 60
SECONDS: Final = 1.0
"""What branch and cut may take for a group."""
PATIENCE: Final = 3
"""Groups freed in vain for each person who works, until the search ends."""

Places: TypeAlias = tuple[int, ...]


def suits(options: Options) -> bool:
    """Whether any way to cover all needs is as good as any other but for the persons it takes."""
    named = all(need.candidates is not None for need in options.instance.needs)
    return named and options.instance.goals.levels[:2] == (Level.COVERAGE, Level.PERSONS_USED)


def use_rows(options: Options) -> Iterator[tuple[int, Ints, int]]:
    """For each person and each week that tells most: the options running then, and how many fit together at most."""
    for person in range(len(options.instance.persons)):
        own = np.arange(options.begins[person], options.begins[person + 1])
        weeks = np.unique(options.first[own])
        if not len(weeks):
            continue
        running = (options.first[own] <= weeks[:, None]) & (weeks[:, None] <= options.last[own])
        implied = ~(running[:-1] & ~running[1:]).any(axis=1)  # all of them still run at the next beginning
        for place in np.flatnonzero(~np.append(implied, False)).tolist():
            together = own[running[place]]
            yield person, together, _at_once(options, person, int(weeks[place]), together)


def _at_once(options: Options, person: int, week: int, running: Ints) -> int:
    """How many of the running options the person can take together at most."""
    by_share = np.sort(options.share[running]).cumsum()
    fitting = int((by_share <= options.room.free[person, week]).sum())
    return max(1, min(fitting, int(options.room.parallel[person, week])))


def packed(options: Options) -> Places:
    """A plan that fills person after person, each time whoever takes the most of what only few others can."""
    rarity = 1.0 / np.maximum(np.bincount(options.need, minlength=len(options.instance.needs)), 1)
    covered = np.zeros(len(options.instance.needs), dtype=np.bool_)
    found: list[int] = []
    waiting = [(-inf, person) for person in range(len(options.instance.persons))]
    heapify(waiting)
    while waiting:
        _, person = heappop(waiting)
        load = _load(options, person, covered)
        worth = -float(rarity[options.need[load]].sum())
        if not load:
            continue
        if waiting and worth > waiting[0][0]:  # what is left for somebody only ever becomes less
            heappush(waiting, (worth, person))
            continue
        covered[options.need[load]] = True
        found.extend(load)
    return tuple(found)


def _load(options: Options, person: int, covered: Bools) -> list[int]:
    """What one person can take of the needs not covered, those first that end first."""
    own = np.arange(options.begins[person], options.begins[person + 1])
    own = own[~covered[options.need[own]]]
    free, parallel = options.room.free[person].copy(), options.room.parallel[person].copy()
    needs: set[int] = set()
    found = []
    for place in own[np.lexsort((-options.first[own], options.last[own]))].tolist():
        weeks, share = slice(options.first[place], options.last[place] + 1), options.share[place]
        need = int(options.need[place])
        if need not in needs and free[weeks].min() >= share and parallel[weeks].min() >= 1:
            free[weeks] -= share
            parallel[weeks] -= 1
            needs.add(need)
            found.append(place)
    return found


class Fewer:
    """A plan that is improved group by group; the needs it covers stay covered.

    Unless `timed`, no clock is asked, and the same seed gives the same plan on every machine.
    """

    def __init__(self, options: Options, places: Places, *, timed: bool) -> None:
        self._options, self._timed = options, timed
        self._random = Random(Seed.value)  # noqa: S311 - no secret
        self._able: list[set[int]] = [set() for _ in options.instance.needs]
        for need, person in zip(options.need.tolist(), options.person.tolist(), strict=True):
            self._able[need].add(person)
        self._loads: dict[int, list[int]] = {}
        self._take(places)

    @property
    def places(self) -> Places:
        return tuple(place for load in self._loads.values() for place in load)

    def run(self, goes_on: Callable[[], bool]) -> Places:
        """Free group after group while it goes on, and until that has helped nothing for a while."""
        idle = 0
        while idle < PATIENCE * len(self._loads) and goes_on():
            before = len(self._loads)
            self._settle(self._group())
            idle = idle + 1 if len(self._loads) == before else 0
        return self.places

    def _take(self, places: Places) -> None:
        for place in places:
            self._loads.setdefault(int(self._options.person[place]), []).append(place)

    def _group(self) -> set[int]:
        """Somebody with little to do, and others who could take work from those already in the group."""
        random, working = self._random, sorted(self._loads)
        group = {min(random.sample(working, min(3, len(working))), key=lambda person: len(self._loads[person]))}
        for _ in range(4 * GROUP):
            of = random.choice(sorted(group))
            if self._loads.get(of):
                need = int(self._options.need[random.choice(self._loads[of])])
                group.add(random.choice(sorted(self._able[need])))
            if len(group) == GROUP:
                break
        return group

    def _settle(self, group: set[int]) -> None:
        """The needs of the group with the fewest of its persons; of equally good ways any may come out."""
        options = self._options
        needs = options.need[[place for person in group for place in self._loads.get(person, ())]]
        chosen = np.flatnonzero(np.isin(options.person, list(group)) & np.isin(options.need, needs))
        part = Options(options.instance, options.room, *(row[chosen] for row in _rows(options)))
        taken = _fewest(part, self._random.randrange(2**31), SECONDS if self._timed else inf)
        if taken is None or len(taken) < len(needs):
            return
        places = tuple(chosen[list(taken)].tolist())
        if len(set(options.person[list(places)].tolist())) <= len(group & self._loads.keys()):
            for person in group:
                self._loads.pop(person, None)
            self._take(places)


def _rows(options: Options) -> tuple[Ints, ...]:
    return options.person, options.first, options.last, options.need, options.share, options.cost, options.surplus


def _fewest(options: Options, seed: int, seconds: float) -> Places | None:
    """All needs of the options with the fewest persons; None where nothing is found in time."""
    persons = np.unique(options.person)
    columns = len(options) + len(persons)
    rows = Rows()
    add_needs(rows, options)
    for row in week_rows(options):
        rows.add(row.options, row.amounts, row.limit)
    for person, running, limit in use_rows(options):
        use = np.append(np.ones(len(running)), -float(limit))
        rows.add(np.append(running, len(options) + int(np.searchsorted(persons, person))), use, 0.0)
    model = solver()
    rows.into(model, columns=columns, upper=1.0)
    places = np.arange(columns, dtype=np.int32)
    model.changeColsIntegrality(columns, places, np.full(columns, highspy.HighsVarType.kInteger))
    model.changeColsCost(columns, places, np.append(np.zeros(len(options)), np.ones(len(persons))))
    cover_all(model, options)
    for name, value in (("random_seed", seed), ("mip_max_nodes", NODES), ("time_limit", seconds)):
        model.setOptionValue(name, value)
    model.run()
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return tuple(np.flatnonzero(np.array(model.getSolution().col_value)[: len(options)] > 0.5).tolist())


def cover_all(model: highspy.Highs, options: Options) -> None:
    """Every need of the options is taken exactly once; the rows of needs come first in the model."""
    number = len(options.instance.needs)
    lower = np.full(number, -highspy.kHighsInf)
    lower[np.unique(options.need)] = 1.0
    model.changeRowsBounds(number, np.arange(number, dtype=np.int32), lower, np.ones(number))  # type: ignore[attr-defined]
