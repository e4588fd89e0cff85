"""Made-up instances of shift minimisation personnel task scheduling, in the style of the public ones.

Tasks with fixed times, workers with skills, one task at a time: cover all tasks with the fewest workers
(Krishnamoorthy, Ernst and Baatar 2012; 23 workers for 40 tasks up to 422 for 1,358 at 33 or 66 % skilled, shifts
filled by 90 %, the best mostly as many as tasks run at once). Each instance is cut from shifts filled with tasks, which
are a plan for it; one priority, one share, a week for each quarter of an hour.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from portfolio.planning.instance import Assignment, Candidate, Goals, Instance, Level, Need, Person, Rules

SHIFT = 32
"""Quarters of an hour."""
TIGHTNESS = 0.9
"""How much of a shift that is needed is filled."""


@dataclass(frozen=True)
class Style:
    """When shifts begin, how long tasks are (in quarters, the least and the most), how many workers more there are."""

    name: str
    spread: int
    """Quarters within which shifts begin."""
    task: tuple[int, int]
    spare: float
    """Workers beyond those needed, as a ratio."""
    there: bool
    """Whether workers are there in their own shift only."""


DAY = Style("day", spread=16, task=(5, 16), spare=0.2, there=False)
"""As the public ones: about three tasks a shift, nearly all shifts at once, few workers to spare."""
CLOCK = Style("clock", spread=64, task=(2, 10), spare=0.6, there=True)
"""Around the clock: short tasks, and the most at once tell little of the workers needed."""


@dataclass(frozen=True)
class MadeUp:
    instance: Instance
    planted: tuple[Assignment, ...]
    """The plan it was cut from."""

    @property
    def workers(self) -> int:
        """How many work in that plan: the best has as many at most."""
        return len({assignment.person for assignment in self.planted})


def made_up(tasks: int, skilled: float = 0.33, style: Style = CLOCK, seed: int = 0) -> MadeUp:
    """So many tasks; a worker can do a part `skilled` of those that they are there for."""
    chance = Random(f"{style.name} {tasks} {skilled} {seed}")
    own: list[tuple[int, list[tuple[int, int]]]] = []
    left = tasks
    while left:
        begin = chance.randint(0, style.spread)
        filled = _filled(chance, begin, style)[:left]
        own.append((begin, filled))
        left -= len(filled)
    begins = [begin for begin, _ in own]
    begins += [chance.randint(0, style.spread) for _ in range(round(style.spare * len(own)))]
    quarters = style.spread + SHIFT
    there = [(begin, begin + SHIFT) if style.there else (0, quarters) for begin in begins]
    needs: list[Need] = []
    planted = []
    for worker, (_, filled) in enumerate(own):
        for first, last in filled:
            needs.append(_need(len(needs), first, last, _able(chance, first, last, there, skilled) | {worker}))
            planted.append(Assignment(needs[-1].id, _name(worker), first, last, 100))
    persons = tuple(_person(place, *window, quarters) for place, window in enumerate(there))
    goals = Goals(levels=(Level.COVERAGE, Level.PERSONS_USED), tolerance=0.0)
    name = f"shifts-{style.name}-{tasks}-{round(100 * skilled)}-{seed}"
    return MadeUp(Instance(name, quarters, persons, tuple(needs), Rules(), goals), tuple(planted))


def shifts(tasks: int, skilled: float = 0.33, style: Style = CLOCK, seed: int = 0) -> Instance:
    return made_up(tasks, skilled, style, seed).instance


def halved(problem: Instance) -> Instance:
    """The same with half the shares, so that a worker can do two tasks at a time."""
    persons = tuple(replace(person, max_parallel=2) for person in problem.persons)
    needs = [
        replace(need, candidates=tuple(replace(candidate, share=50) for candidate in need.candidates or ()))
        for need in problem.needs
    ]
    return replace(problem, persons=persons, needs=tuple(needs))


def at_once(instance: Instance) -> int:
    """The most tasks that run at the same time: so many workers are needed at least."""
    running = Counter(week for need in instance.needs for week in range(need.first, need.last + 1))
    return max(running.values())


def _filled(chance: Random, begin: int, style: Style) -> list[tuple[int, int]]:
    """First and last quarters of tasks one after the other, with a few breaks."""
    found, at, idle = [], begin, SHIFT * (1 - TIGHTNESS)
    while True:
        pause = chance.randint(0, 1) if idle >= 1 else 0
        idle -= pause
        at += pause
        length = min(chance.randint(*style.task), begin + SHIFT - at)
        if length < style.task[0]:
            return found
        found.append((at, at + length - 1))
        at += length


def _able(chance: Random, first: int, last: int, there: Sequence[tuple[int, int]], skilled: float) -> set[int]:
    return {
        worker
        for worker, (begin, end) in enumerate(there)
        if begin <= first and last < end and chance.random() < skilled
    }


def _name(worker: int) -> str:
    return f"P{worker:04d}"


def _person(worker: int, begin: int, end: int, quarters: int) -> Person:
    free = tuple(100 if begin <= quarter < end else 0 for quarter in range(quarters))
    return Person(_name(worker), free, (5,) * quarters, max_parallel=1)


def _need(place: int, first: int, last: int, able: set[int]) -> Need:
    candidates = tuple(Candidate(_name(worker), 100) for worker in sorted(able))
    return Need(f"T{place:04d}", "V001", 1, first, last, 100, candidates=candidates)
