"""Instances for tests: small ones by hand, random ones for properties."""

from dataclasses import replace
from random import Random
from typing import Any

from portfolio.planning.instance import Assignment, Candidate, Goals, Instance, Level, Mode, Need, Person, Rules
from portfolio.planning.problem import NeedKind

FULL, THERE = 100, 5


def person(name: str = "P", weeks: int = 4, free: int | tuple[int, ...] = FULL, **values: Any) -> Person:
    """Somebody free all the time, with skill K at level 2."""
    in_weeks = free if isinstance(free, tuple) else (free,) * weeks
    shape = {"free": in_weeks, "presence": (THERE,) * weeks, "skills": {"K": 2}}
    return Person(id=name, **shape | values)


def need(name: str = "N", first: int = 0, last: int = 3, share: int = 50, **values: Any) -> Need:
    """Somebody with skill K at level 1 is wanted for all four weeks."""
    return Need(
        id=name,
        first=first,
        last=last,
        share=share,
        **{"project": "V", "priority": 3, "skill": "K", "level": 1} | values,
    )


def volume(name: str = "N", person_days: int = 4, share: int = 40, **values: Any) -> Need:
    return need(name, share=share, kind=NeedKind.VOLUME, person_days=person_days, **values)


def instance(persons: list[Person], needs: list[Need], weeks: int = 4, **values: Any) -> Instance:
    return Instance("test", weeks, tuple(persons), tuple(needs), **values)


def part(need: str = "N", person: str = "P", first: int = 0, last: int = 3, share: int = 50) -> Assignment:
    return Assignment(need, person, first, last, share)


HANDOVER = Goals(mode=Mode.HANDOVER)


def goals(*levels: Level, tolerance: float = 0.0, mode: Mode = Mode.WHOLE) -> Goals:
    return Goals(levels=levels, tolerance=tolerance, mode=mode)


def random_instance(seed: int, persons: int = 3, needs: int = 5, weeks: int = 6) -> Instance:
    """A few people and needs that compete; some begin late, some are volumes, a few have no limit."""
    random = Random(seed)
    return Instance(
        f"random-{seed}",
        weeks,
        tuple(_person(random, place, weeks) for place in range(persons)),
        tuple(_need(random, place, weeks) for place in range(needs)),
        Rules(min_share=10),
    )


def handed_over(problem: Instance, *levels: Level, least_weeks: int = 1) -> Instance:
    """The same with two persons a need who share it or take over from one another."""
    aims = replace(problem.goals, mode=Mode.HANDOVER, **({"levels": levels} if levels else {}))
    return replace(problem, goals=aims, rules=Rules(20, 2, least_weeks))


def random_candidates(seed: int, persons: int = 3, needs: int = 6) -> Instance:
    """One week in which each need names whom it may go to, with shares and costs of their own."""
    random = Random(seed)
    people = tuple(Person(f"P{place}", (random.randint(10, 40),), (1,)) for place in range(persons))
    named = tuple(
        need(
            f"N{place}",
            0,
            0,
            1,
            skill=None,
            level=0,
            candidates=tuple(Candidate(someone.id, random.randint(3, 15), random.randint(1, 20)) for someone in people),
        )
        for place in range(needs)
    )
    return Instance(f"candidates-{seed}", 1, people, named, goals=goals(Level.COVERAGE, Level.COST))


def _person(random: Random, place: int, weeks: int) -> Person:
    free = random.choice((50, 80, 100))
    later = random.choice((0, 30, 100))
    change = random.randint(1, weeks)
    return Person(
        id=f"P{place}",
        free=tuple(free if week < change else later for week in range(weeks)),
        presence=tuple(random.choice((0, 4, 5, 5, 5)) for _ in range(weeks)),
        max_parallel=random.choice((1, 2, 3, None)),
        skills={skill: random.randint(1, 4) for skill in random.sample("KLM", random.randint(1, 2))},
    )


def _need(random: Random, place: int, weeks: int) -> Need:
    first = random.randint(0, weeks - 2)
    last = random.randint(first, min(first + 3, weeks - 1))
    latest = random.choice((None, None, min(first + random.randint(0, 2), weeks - 1 - last + first)))
    values: dict[str, Any] = {
        "priority": random.randint(1, 4), "skill": random.choice("KLM"), "level": random.randint(1, 3),
        "organisation": random.choice(("R1", "R2", None)),
    }  # fmt: skip
    share = random.choice((20, 30, 50, 60, 100))
    if random.random() < 0.2:
        return volume(f"N{place}", random.randint(1, 4), share, first=first, last=last, **values)
    return need(f"N{place}", first, last, share, latest_first=latest, **values)
