"""Made-up instances of shift minimisation personnel task scheduling, in the style of the public ones.

Tasks with fixed times, workers with shifts and skills, one task at a time: cover all tasks with the fewest workers
(Krishnamoorthy, Ernst and Baatar 2012). Each instance is cut from shifts filled with tasks, so that all can be covered;
one priority, one share, a week for each quarter of an hour.
"""

from collections import Counter
from random import Random

from portfolio.planning.instance import Candidate, Goals, Instance, Level, Need, Person, Rules

QUARTERS = 96
SHIFT = 32
TASK = (2, 10)
"""The least and the most quarters a task takes."""
TIGHTNESS = 0.9
"""How much of a shift that is needed is filled."""


def shifts(tasks: int, skilled: float = 0.33, spare: float = 0.6, seed: int = 0) -> Instance:
    """So many tasks; a worker can do a part `skilled` of those in their shift, `spare` workers beyond those needed."""
    chance = Random(f"{tasks} {skilled} {seed}")
    own: list[tuple[int, list[tuple[int, int]]]] = []
    left = tasks
    while left:
        begin = chance.randint(0, QUARTERS - SHIFT)
        filled = _filled(chance, begin)[:left]
        own.append((begin, filled))
        left -= len(filled)
    begins = [begin for begin, _ in own] + [chance.randint(0, QUARTERS - SHIFT) for _ in range(round(spare * len(own)))]
    needs = []
    for worker, (_, filled) in enumerate(own):
        for first, last in filled:
            able = {
                other
                for other, begin in enumerate(begins)
                if begin <= first and last < begin + SHIFT and chance.random() < skilled
            }
            needs.append(_need(len(needs), first, last, sorted(able | {worker})))
    persons = [_person(place, begin) for place, begin in enumerate(begins)]
    goals = Goals(levels=(Level.COVERAGE, Level.PERSONS_USED), tolerance=0.0)
    name = f"shifts-{tasks}-{round(100 * skilled)}-{seed}"
    return Instance(name, QUARTERS, tuple(persons), tuple(needs), Rules(), goals)


def at_once(instance: Instance) -> int:
    """The most tasks that run at the same time: so many workers are needed at least."""
    running = Counter(week for need in instance.needs for week in range(need.first, need.last + 1))
    return max(running.values())


def _filled(chance: Random, begin: int) -> list[tuple[int, int]]:
    """First and last quarters of tasks one after the other, with a few breaks."""
    found, at, idle = [], begin, SHIFT * (1 - TIGHTNESS)
    while True:
        pause = chance.randint(0, 1) if idle >= 1 else 0
        idle -= pause
        at += pause
        length = min(chance.randint(*TASK), begin + SHIFT - at)
        if length < TASK[0]:
            return found
        found.append((at, at + length - 1))
        at += length


def _person(place: int, begin: int) -> Person:
    free = tuple(100 if begin <= quarter < begin + SHIFT else 0 for quarter in range(QUARTERS))
    return Person(f"P{place:04d}", free, (5,) * QUARTERS, max_parallel=1)


def _need(place: int, first: int, last: int, able: list[int]) -> Need:
    candidates = tuple(Candidate(f"P{worker:04d}", 100) for worker in able)
    return Need(f"T{place:04d}", "V001", 1, first, last, 100, candidates=candidates)
