"""A plan by every measure there is, so that two can stand side by side (see `compare`).

Nothing is counted here in a way of its own: `coverage`, `served`, `capacity`, `focus`, `skills` and `timeline` count
what they count for pages, warnings and charts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from portfolio.planning import coverage, served
from portfolio.planning.capacity import PersonCapacity, capacities
from portfolio.planning.coverage import Coverage
from portfolio.planning.focus import Fragmentation, fragmentation
from portfolio.planning.instance import PRIORITY_WEIGHT
from portfolio.planning.problem import FULL_TIME_HOURS, Assignment, Need, Person, hours
from portfolio.planning.served import Served
from portfolio.planning.skills import Fit, fit
from portfolio.planning.timeline import Timeline, timeline
from portfolio.planning.weeks import Week, WeekRange


@dataclass(frozen=True)
class Ground:
    """What plans stand on. `weeks` are those in which persons are looked at; needs count with all of theirs."""

    weeks: WeekRange
    persons: tuple[Person, ...]
    needs: tuple[Need, ...]
    organisations: Mapping[int, int]
    """By id of a project whom it belongs to; projects may be missing."""
    days_off: AbstractSet[date] = frozenset()
    full_time_hours: float = FULL_TIME_HOURS

    @cached_property
    def by_id(self) -> dict[int, Person]:
        return {person.id: person for person in self.persons}


class Measure(StrEnum):
    """A number of a plan. Of those in LOWER_IS_BETTER less is better, of the others more."""

    WEIGHTED_HOURS = "weighted_hours"
    """Hours delivered for needs, at most what they demand, weighed by priority as the optimiser weighs them."""
    COVERED = "covered"
    """What is delivered of what all needs demand, as a ratio."""
    NEEDS_COVERED = "needs_covered"
    """Needs that lack nothing."""
    NEEDS_WITHOUT = "needs_without"
    """Needs for which nobody is planned."""
    LEAST_SERVED = "least_served"
    """The lowest served share of an organisation, as a ratio; 1 where none asks for anything."""
    PERSONS = "persons"
    """Persons booked in the weeks looked at."""
    OVERBOOKED_WEEKS = "overbooked_weeks"
    """Person-weeks with more booked than the pool share."""
    PARALLEL_WEEKS = "parallel_weeks"
    """Person-weeks with more than one project."""
    MOST_PROJECTS = "most_projects"
    """The most projects somebody works on in the same week."""
    HANDOVERS = "handovers"
    """How often somebody joins a need on which others began."""
    MISFITS = "misfits"
    """Assignments for a need whose level the person does not hold in all of its weeks."""
    SURPLUS = "surplus"
    """Levels beyond those asked for x share x weeks, as the optimiser counts them."""
    HIGHEST_USE = "highest_use"
    """The largest ratio of a pool share, summed over the weeks looked at, that is booked."""
    OPEN_PEAK = "open_peak"
    """Full-time posts that what is still to be staffed takes in its fullest week."""


LOWER_IS_BETTER: Final = frozenset(Measure) - {
    Measure.WEIGHTED_HOURS,
    Measure.COVERED,
    Measure.NEEDS_COVERED,
    Measure.LEAST_SERVED,
}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the needs: how far they are covered by what is delivered, and how far served by what is booked."""

    coverage: Coverage
    served: Served


@dataclass(frozen=True, slots=True)
class Measures:
    """What a plan comes to, altogether and by organisation, project and skill (those that needs ask for, by id)."""

    total: Part
    by_organisation: Mapping[int, Part]
    by_project: Mapping[int, Part]
    by_skill: Mapping[int, Part]
    overbooked: Mapping[int, tuple[Week, ...]]
    """By id of whoever has any, the weeks looked at with more booked than the pool share."""
    fragmentation: Fragmentation
    open: Timeline | None
    """What is still to be staffed over the weeks, None when nothing is."""
    numbers: Mapping[Measure, float]
    """Every measure."""


def measures(ground: Ground, assignments: Iterable[Assignment]) -> Measures:
    """The plan by every measure; KeyError when somebody is assigned who is not among the persons."""
    plan = _Plan(ground, tuple(assignments))
    by_organisation = plan.grouped(lambda need: ground.organisations.get(need.project_id))
    return Measures(
        total=_together(plan.parts),
        by_organisation=by_organisation,
        by_project=plan.grouped(lambda need: need.project_id),
        by_skill=plan.grouped(lambda need: need.skill_id),
        overbooked={each.person_id: each.overbooked for each in plan.figures if each.overbooked},
        fragmentation=plan.fragmentation,
        open=plan.open,
        numbers={**plan.of_needs(), **plan.of_persons(), Measure.LEAST_SERVED: _least_served(by_organisation.values())},
    )


class _Plan:
    """A plan on its ground, each figure worked out once."""

    def __init__(self, ground: Ground, assignments: tuple[Assignment, ...]) -> None:
        self._ground, self._assignments = ground, assignments
        self._of_need: defaultdict[int | None, list[Assignment]] = defaultdict(list)
        for row in assignments:
            self._of_need[row.need_id].append(row)
        full_time, needs = ground.full_time_hours, ground.needs
        covered = coverage.coverages(needs, assignments, ground.by_id, ground.days_off, full_time)
        self.parts = tuple(Part(each, self._served(need)) for need, each in zip(needs, covered, strict=True))
        self.figures: Sequence[PersonCapacity] = capacities(ground.persons, assignments, ground.weeks, ground.days_off)
        self.fragmentation = fragmentation(self.figures, assignments)
        left = (
            coverage.remaining(need, self._of_need.get(need.id, ()), part.coverage)
            for need, part in zip(needs, self.parts, strict=True)
        )
        self.open = timeline([need for need in left if need is not None], full_time_hours=full_time)

    def _served(self, need: Need) -> Served:
        full_time = self._ground.full_time_hours
        booked = served.booked_work(need, self._of_need.get(need.id, ()), full_time)
        return Served(taken_on=coverage.demanded_work(need, full_time), booked=booked)

    def grouped(self, key: Callable[[Need], int | None]) -> dict[int, Part]:
        """The needs by a key; those without one are left out."""
        groups: defaultdict[int, list[Part]] = defaultdict(list)
        for need, part in zip(self._ground.needs, self.parts, strict=True):
            group = key(need)
            if group is not None:
                groups[group].append(part)
        return {group: _together(parts) for group, parts in sorted(groups.items())}

    def of_needs(self) -> dict[Measure, float]:
        covered = [part.coverage for part in self.parts]
        weighted = sum(
            PRIORITY_WEIGHT[need.priority] * each.counted
            for need, each in zip(self._ground.needs, covered, strict=True)
        )
        fits = self._fits()
        return {
            Measure.WEIGHTED_HOURS: hours(weighted),
            Measure.COVERED: coverage.together(covered).ratio,
            Measure.NEEDS_COVERED: sum(each.counted >= each.demanded for each in covered),
            Measure.NEEDS_WITHOUT: sum(not self._of_need.get(need.id) for need in self._ground.needs),
            Measure.MISFITS: sum(not found.suffices for _row, found in fits),
            Measure.SURPLUS: sum(found.surplus * row.share * len(row.weeks) for row, found in fits),
            Measure.OPEN_PEAK: 0.0 if self.open is None else self.open.peak.posts,
        }

    def of_persons(self) -> dict[Measure, float]:
        spread = self.fragmentation
        return {
            Measure.PERSONS: sum(any(each.booked) for each in self.figures),
            Measure.OVERBOOKED_WEEKS: sum(len(each.overbooked) for each in self.figures),
            Measure.PARALLEL_WEEKS: spread.parallel_weeks,
            Measure.MOST_PROJECTS: spread.most_projects,
            Measure.HANDOVERS: spread.handovers,
            Measure.HIGHEST_USE: max(
                (sum(each.booked) / max(sum(each.pool_share), 1) for each in self.figures), default=0.0
            ),
        }

    def _fits(self) -> list[tuple[Assignment, Fit]]:
        needs, persons = {need.id: need for need in self._ground.needs}, self._ground.by_id
        rows = ((row, needs[row.need_id]) for row in self._assignments if row.need_id in needs)
        return [(row, fit(persons[row.person_id], need)) for row, need in rows]


def _together(parts: Iterable[Part]) -> Part:
    listed = tuple(parts)
    return Part(coverage.together(part.coverage for part in listed), served.together(part.served for part in listed))


def _least_served(parts: Iterable[Part]) -> float:
    asked = [part.served for part in parts if part.served.asked]
    return min((each.booked / each.asked for each in asked), default=1.0)
