"""What one more person with a skill, or a training, would be worth: linear programmes, solved again with more columns.

The relaxation over single options is solved once; then the options of a newcomer are let in and it is solved again from
where it stood. It is weaker than a plan, so that a gain is an estimate; which skills gain most it tells well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from portfolio.planning.instance import Instance, Mode
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.relaxation import Relaxation, WeekPrices, spent
from portfolio.planning.optimiser.room import Bools, Floats, Ints
from portfolio.planning.variants import newcomer, skills_wanted, trained

SKILLS_TO_TRAIN = 5
PAIRS_TO_TRY = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """Weighted work, in share-days, that the linear relaxation gains; `person` is who learns the skill."""

    skill: str
    gain: float
    person: str | None = None


def estimates(instance: Instance) -> Iterator[Estimate]:
    """Each skill asked for, those first that promise most; then trainings in the skills that gain most.

    Needs are taken whole, in mode handover too.
    """
    instance = replace(instance, goals=replace(instance.goals, mode=Mode.WHOLE))
    skills, old = skills_wanted(instance), len(instance.persons)
    newcomers = (newcomer(instance, skill) for skill in skills)
    options = options_of(replace(instance, persons=(*instance.persons, *newcomers)))
    if not skills or not len(options):
        yield from (Estimate(skill, 0.0) for skill in skills)
        return
    programme = _Programme(options, options.person >= old)
    promise = programme.promises(options.person[options.person >= old] - old, options.person >= old, len(skills))
    found = []
    for place in np.argsort(-promise, kind="stable").tolist():
        gain = programme.gain(np.flatnonzero(options.person == old + place))
        found.append(Estimate(skills[place], gain))
        yield found[-1]
    best = sorted(found, key=lambda estimate: -estimate.gain)[:SKILLS_TO_TRAIN]
    yield from _trainings(instance, [estimate.skill for estimate in best if estimate.gain > 0], programme)


def _trainings(instance: Instance, skills: list[str], programme: _Programme) -> Iterator[Estimate]:
    """What the most promising trainings gain: a person and one of the skills."""
    if not skills:
        return
    able = replace(instance, persons=tuple(trained(person, *skills) for person in instance.persons))
    options = options_of(able)
    levels = [[person.skills.get(skill, -1) for skill in skills] for person in instance.persons]
    asked = [(need.skill if need.candidates is None else None, need.level) for need in instance.needs]
    learns = np.full(len(options), -1)
    for place, (who, number) in enumerate(zip(options.person.tolist(), options.need.tolist(), strict=True)):
        skill, wanted = asked[number]
        if skill in skills and levels[who][skills.index(skill)] < wanted:
            learns[place] = who * len(skills) + skills.index(skill)
    new = learns >= 0
    promise = programme.promises_of(options, learns[new], new, len(instance.persons) * len(skills))
    pairs = [pair for pair in np.argsort(-promise, kind="stable").tolist()[:PAIRS_TO_TRY] if promise[pair] > 0]
    kept = ~new | np.isin(learns, pairs)
    learns, smaller = learns[kept], options.only(kept)
    if not pairs:
        return
    again = _Programme(smaller, learns >= 0)
    for pair in pairs:
        who, place = divmod(pair, len(skills))
        yield Estimate(skills[place], again.gain(np.flatnonzero(learns == pair)), instance.persons[who].id)


class _Programme:
    """The relaxation without the `closed` options, which are let in for a moment each."""

    def __init__(self, options: Options, closed: Bools) -> None:
        self._options = options
        self._worth: Floats = options.coverage.astype(np.float64)
        self._relaxation = Relaxation(options)
        self._relaxation.allow(np.flatnonzero(closed), 0.0)
        self._value, self._need, self._weeks = self._relaxation.solve(self._worth)

    def gain(self, places: Ints) -> float:
        """How much more the relaxation is worth with these options."""
        self._relaxation.allow(places, 1.0)
        value, _need, _weeks = self._relaxation.solve(self._worth)
        self._relaxation.allow(places, 0.0)
        return max(value - self._value, 0.0)

    def promises(self, group: Ints, among: Bools, groups: int) -> Floats:
        return self.promises_of(self._options, group, among, groups)

    def promises_of(self, options: Options, group: Ints, among: Bools, groups: int) -> Floats:
        """By group of the options `among` them: what these are worth beyond the prices of needs and weeks.

        The best option of each need counts. It says where to look first, no more.
        """
        persons = len(self._weeks.capacity)
        prices = WeekPrices(self._weeks.capacity[:persons], self._weeks.parallel[:persons])
        beyond = options.coverage[among] - self._need[options.need[among]] - spent(options, prices)[among]
        needs = max(len(options.instance.needs), 1)
        pairs, inverse = np.unique(group * needs + options.need[among], return_inverse=True)
        best = np.zeros(len(pairs))
        np.maximum.at(best, inverse, beyond)
        return np.bincount(pairs // needs, weights=best, minlength=groups).astype(np.float64)
