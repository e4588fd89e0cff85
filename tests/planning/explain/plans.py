"""Sound plans of small instances, and everything that might be added to them, by trying."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from portfolio.planning.instance import Assignment, Goals, Instance, Mode, Need, Person, Rules
from portfolio.planning.problem import NeedKind
from portfolio.planning.rules import violations
from portfolio.planning.score import work_of
from tests.planning.instances import random_candidates, random_instance

MODES = [Mode.WHOLE, Mode.HANDOVER]
STEP = 10  # all shares of random instances are tens


def random_problem(seed: int, mode: Mode) -> Instance:
    """A small instance; now and then one with named candidates."""
    if seed % 5 == 0:
        return replace(random_candidates(seed), goals=Goals(mode=mode))
    rules = Rules(min_share=10 + 10 * (seed % 2), max_persons_per_need=2, min_segment_weeks=1 + seed % 2)
    problem = random_instance(seed, needs=4, weeks=5)
    return replace(problem, rules=rules, goals=Goals(mode=mode))


def planned(seed: int, mode: Mode) -> tuple[Instance, tuple[Assignment, ...]]:
    """A problem and a sound plan; now and then an assignment of it is locked."""
    problem = random_problem(seed, mode)
    plan = random_plan(problem, seed)
    return replace(problem, locked=plan[: seed % 3 % 2]), plan


def random_plan(problem: Instance, seed: int) -> tuple[Assignment, ...]:
    """Assignments taken as they come, as long as no rule is broken; at times far from all that would fit."""
    random = Random(seed)
    plan: tuple[Assignment, ...] = ()
    choices = [part for need in problem.needs for part in addable(problem, (), need)]
    for part in random.sample(choices, min(len(choices), random.choice((0, 3, 20, 100)))):
        if not violations(problem, (*plan, part)):
            plan = (*plan, part)
    return plan


def parts_of(problem: Instance, need: Need) -> Iterator[Assignment]:
    """Every assignment of anybody to the need that does some work; not all keep the rules."""
    for person in problem.persons:
        for first in range(problem.weeks):
            for last in range(first, problem.weeks):
                for share in shares_of(problem, need, person, sum(person.presence[first : last + 1])):
                    yield Assignment(need.id, person.id, first, last, share)


def shares_of(problem: Instance, need: Need, person: Person, days: int) -> list[int]:
    if not days:
        return []
    if need.candidates is not None:
        return [candidate.share for candidate in need.candidates if candidate.person == person.id]
    if need.kind is NeedKind.VOLUME:
        return [share for share in range(problem.rules.min_share, need.share + 1) if share * days <= need.demand]
    if problem.goals.mode is Mode.WHOLE:
        return [need.share]
    return sorted({*range(STEP, need.share, STEP), need.share})


def addable(problem: Instance, plan: tuple[Assignment, ...], need: Need) -> Iterator[Assignment]:
    """What may be added for the need, or a changed one of its name."""
    changed = replace(problem, needs=tuple(need if each.id == need.id else each for each in problem.needs))
    return (part for part in parts_of(changed, need) if not violations(changed, (*plan, part)))


def is_covered(problem: Instance, plan: tuple[Assignment, ...], need: Need) -> bool:
    """Whether the plan leaves nothing of the need, or of a volume less than a percent a day."""
    parts = [part for part in plan if part.need == need.id]
    persons = {person.id: person for person in problem.persons}
    if need.candidates is not None or not parts:
        return bool(parts)
    if need.kind is NeedKind.VOLUME:
        days = sum(sum(persons[part.person].presence[part.first : part.last + 1]) for part in parts)
        return need.demand - sum(work_of(part, persons[part.person]) for part in parts) < days
    windows = (range(start, start + need.length) for start in need.starts)
    given = {week: sum(part.share for part in parts if week in part.weeks) for week in range(problem.weeks)}
    return any(all(given[week] == need.share for week in weeks) for weeks in windows)
