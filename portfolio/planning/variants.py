"""Instances as they would be with one more person, or with somebody who learned something."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from portfolio.planning.instance import DAYS_PER_WEEK, Instance, Person

HIGHEST_LEVEL: Final = 4
FULL_TIME: Final = 100


def skills_wanted(instance: Instance) -> tuple[str, ...]:
    """The skills that needs ask for; those with named candidates ask for none."""
    return tuple(sorted({need.skill for need in instance.needs if need.candidates is None and need.skill is not None}))


def newcomer(instance: Instance, skill: str) -> Person:
    """Somebody with one skill at the highest level, there every day of full time, limited as most persons are."""
    limits = Counter(person.max_parallel for person in instance.persons)
    usual = min(limits, key=lambda limit: (-limits[limit], limit is None, limit), default=None)
    taken = {person.id for person in instance.persons}
    name = f"+{skill}"
    while name in taken:
        name = f"+{name}"
    weeks = instance.weeks
    return Person(name, (FULL_TIME,) * weeks, (DAYS_PER_WEEK,) * weeks, usual, {skill: HIGHEST_LEVEL})


def with_newcomer(instance: Instance, skill: str) -> Instance:
    return replace(instance, persons=(*instance.persons, newcomer(instance, skill)))


def trained(person: Person, *skills: str) -> Person:
    """The person with these skills at the highest level, and the others as they are."""
    return replace(person, skills={**person.skills, **dict.fromkeys(skills, HIGHEST_LEVEL)})


def with_training(instance: Instance, name: str, skill: str) -> Instance:
    persons = (trained(person, skill) if person.id == name else person for person in instance.persons)
    return replace(instance, persons=tuple(persons))
