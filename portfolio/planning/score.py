"""What a plan is worth, by every goal there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.planning.instance import Assignment, Instance, Level, Need, Person


@dataclass(frozen=True, slots=True)
class Score:
    """What a plan comes to.

    `value` is the weighted work done in share-days, `coverage` the same but with a covered need of named candidates
    counted alike whoever takes it. `served` is by organisation the work done as a ratio of what it asks for, and
    `highest_use` the largest ratio of a person's free share that is planned.
    """

    value: int
    coverage: int
    persons: int
    parallel_weeks: int
    surplus: int
    kept: int
    highest_use: float
    served: Mapping[str, float]
    cost: int
    persons_used: int

    def of(self, level: Level) -> float:
        """The measure of a level in the sense "more is better"."""
        match level:
            case Level.COVERAGE:
                return self.coverage
            case Level.PERSONS:
                return -self.persons
            case Level.FOCUS:
                return -self.parallel_weeks
            case Level.FIT:
                return -self.surplus
            case Level.CHANGES:
                return self.kept
            case Level.BALANCE:
                return -self.highest_use
            case Level.FAIRNESS:
                return min(self.served.values(), default=1.0)
            case Level.COST:
                return -self.cost
            case Level.PERSONS_USED:
                return -self.persons_used


def score(instance: Instance, assignments: Iterable[Assignment]) -> Score:
    """What the plan is worth by every goal."""
    plan = tuple(assignments)
    needs = {need.id: need for need in instance.needs}
    persons = {person.id: person for person in instance.persons}
    work = {part: work_of(part, persons[part.person]) for part in plan}
    covered = {part.need for part in plan if needs[part.need].candidates is not None}
    plain = sum(instance.weight(needs[part.need]) * work[part] for part in plan if part.need not in covered)
    by_name = sum(instance.weight(needs[name]) * needs[name].demand for name in covered)
    return Score(
        value=sum(instance.weight(needs[part.need]) * work[part] for part in plan),
        coverage=plain + by_name,
        persons=len(plan),
        parallel_weeks=_parallel_weeks(plan),
        surplus=sum(_surplus(part, needs[part.need], persons[part.person]) for part in plan),
        kept=len(set(plan) & set(instance.current)),
        highest_use=_highest_use(plan, persons),
        served=_served(instance, plan, work),
        cost=sum(_cost(part, needs[part.need]) for part in plan),
        persons_used=len({part.person for part in plan}),
    )


def work_of(part: Assignment, person: Person) -> int:
    """The work an assignment does: share x days present, in share-days."""
    return part.share * sum(person.presence[part.first : part.last + 1])


def _parallel_weeks(plan: tuple[Assignment, ...]) -> int:
    running: defaultdict[tuple[str, int], int] = defaultdict(int)
    for part in plan:
        for week in part.weeks:
            running[part.person, week] += 1
    return sum(count > 1 for count in running.values())


def _surplus(part: Assignment, need: Need, person: Person) -> int:
    if need.candidates is not None:
        return 0
    return (person.skills[need.skill or ""] - need.level) * part.share * len(part.weeks)


def _cost(part: Assignment, need: Need) -> int:
    costs = (candidate.cost for candidate in need.candidates or () if candidate.person == part.person)
    return next(costs, 0)


def _highest_use(plan: tuple[Assignment, ...], persons: Mapping[str, Person]) -> float:
    load: defaultdict[str, int] = defaultdict(int)
    for part in plan:
        load[part.person] += part.share * len(part.weeks)
    return max((taken / max(sum(persons[name].free), 1) for name, taken in load.items()), default=0.0)


def _served(instance: Instance, plan: tuple[Assignment, ...], work: Mapping[Assignment, int]) -> dict[str, float]:
    needs = {need.id: need for need in instance.needs}
    asked: defaultdict[str, int] = defaultdict(int)
    done: defaultdict[str, int] = defaultdict(int)
    for need in instance.needs:
        if need.organisation is not None:
            asked[need.organisation] += need.demand
    for part in plan:
        organisation = needs[part.need].organisation
        if organisation is not None:
            done[organisation] += needs[part.need].demand if needs[part.need].candidates else work[part]
    return {name: done[name] / demand for name, demand in sorted(asked.items())}
