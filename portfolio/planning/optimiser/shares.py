"""What organisations get of what they ask for, and how much of persons is used: the goals that are ratios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from portfolio.planning.instance import Instance, Level
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.room import Bools, Floats, Ints
from portfolio.planning.score import work_of

RATIO: Final = 1e6
"""FAIRNESS and BALANCE are ratios; they are aimed at in millionths, so that all levels are of whole numbers' size."""
RATIOS: Final = frozenset({Level.FAIRNESS, Level.BALANCE})


class Shares:
    """By organisation and by person, the amounts the ratios are made of; the locks apart."""

    def __init__(self, options: Options) -> None:
        instance = options.instance
        self._person = options.person
        names = sorted({need.organisation for need in instance.needs if need.organisation is not None})
        numbers = {name: number for number, name in enumerate(names)}
        of_need = [-1 if need.organisation is None else numbers[need.organisation] for need in instance.needs]
        demand = np.array([*(need.demand for need in instance.needs), 0], dtype=np.float64)
        named = np.array([*(need.candidates is not None for need in instance.needs), False])
        self.organisation: Ints = np.array([*of_need, -1], dtype=np.int64)[options.need]
        """Of each option; -1 where its need has none."""
        self.served: Floats = np.where(named[options.need], demand[options.need], options.work)
        """What each option does for its organisation, in share-days."""
        self.load: Floats = (options.share * options.weeks).astype(np.float64)
        """What each option takes of its person, in percent x weeks."""
        known = self._known(np.array(of_need, dtype=np.int64))
        self.demand = np.bincount(np.array(of_need)[known], weights=demand[:-1][known], minlength=len(names))
        self.room = np.maximum([float(sum(person.free)) for person in instance.persons], 1.0)
        self._add_locks(instance, of_need)

    def _add_locks(self, instance: Instance, of_need: Sequence[int]) -> None:
        needs = {need.id: number for number, need in enumerate(instance.needs)}
        persons = {person.id: number for number, person in enumerate(instance.persons)}
        self.locked_served = np.zeros(len(self.demand))
        self.locked_load = np.zeros(len(persons))
        for lock in instance.locked:
            person, organisation = instance.persons[persons[lock.person]], of_need[needs[lock.need]]
            need = instance.needs[needs[lock.need]]
            self.locked_load[persons[lock.person]] += lock.share * len(lock.weeks)
            if organisation >= 0:
                self.locked_served[organisation] += work_of(lock, person) if need.candidates is None else need.demand

    def served_by(self, places: Sequence[int] | Ints) -> Floats:
        """What each organisation gets of what it asks for, as a ratio."""
        chosen = np.array(places, dtype=np.int64)
        chosen = chosen[self._known(self.organisation[chosen])]
        done = self.locked_served + np.bincount(
            self.organisation[chosen], weights=self.served[chosen], minlength=len(self.demand)
        )
        return np.asarray(done / self.demand)

    def least_served(self, places: Sequence[int]) -> float:
        """What the organisation served least gets of what it asks for, as a ratio; 1 where nobody asks."""
        return float(self.served_by(places).min(initial=1.0))

    def most_used(self, places: Sequence[int]) -> float:
        """How much of the person used most is taken, as a ratio."""
        chosen = np.array(places, dtype=np.int64)
        taken = np.bincount(self._person[chosen], weights=self.load[chosen], minlength=len(self.room))
        return float(((self.locked_load + taken) / self.room).max(initial=0.0))

    @staticmethod
    def _known(organisations: Ints) -> Bools:
        return organisations >= 0
