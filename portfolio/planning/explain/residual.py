"""A plan and what it leaves: the ground all explanations stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from portfolio.planning.explain.room import Room
from portfolio.planning.explain.ways import covered, eligible, fragment_starts, fragments, splits, ways, worth
from portfolio.planning.instance import Assignment, Instance, Need, Person
from portfolio.planning.rules import Violation, violations
from portfolio.planning.score import work_of


@dataclass(frozen=True)
class Residual:
    """An instance with the assignments of a plan that breaks no rule."""

    instance: Instance
    assignments: tuple[Assignment, ...]

    @cached_property
    def persons(self) -> dict[str, Person]:
        return {person.id: person for person in self.instance.persons}

    @cached_property
    def needs(self) -> dict[str, Need]:
        return {need.id: need for need in self.instance.needs}

    @cached_property
    def left(self) -> Room:
        """What the plan leaves."""
        return Room(self.instance, self.assignments)

    @cached_property
    def unlimited(self) -> Room:
        """What the plan leaves, if any number of assignments might run at once."""
        return Room(self.instance, self.assignments, limits=False)

    @cached_property
    def alone(self) -> Room:
        """What the locked assignments leave, the fewest there can be."""
        return Room(self.instance, self.instance.locked)

    @cached_property
    def alone_unlimited(self) -> Room:
        return Room(self.instance, self.instance.locked, limits=False)

    @cached_property
    def _parts(self) -> dict[str, list[Assignment]]:
        found = defaultdict(list)
        for part in self.assignments:
            found[part.need].append(part)
        return found

    @cached_property
    def _loads(self) -> dict[str, list[Assignment]]:
        found = defaultdict(list)
        for part in self.assignments:
            found[part.person].append(part)
        return found

    @cached_property
    def _skilled(self) -> dict[str, list[Person]]:
        found = defaultdict(list)
        for person in self.instance.persons:
            for skill in person.skills:
                found[skill].append(person)
        return found

    def parts(self, need: Need) -> Sequence[Assignment]:
        """What the plan gives the need."""
        return self._parts.get(need.id, ())

    def load(self, person: str) -> Sequence[Assignment]:
        """What the plan gives the person to do."""
        return self._loads.get(person, ())

    def skilled(self, need: Need) -> list[Person]:
        """Who has the skill at any level, or is named."""
        if need.candidates is not None:
            return [self.persons[candidate.person] for candidate in need.candidates]
        return self._skilled.get(need.skill or "", [])

    def eligible(self, need: Need) -> list[Person]:
        """Who may take the need, or more of it: hours apart, and not on it already; the closest fit first."""
        there = {part.person for part in self.parts(need)}
        able = self._able(need)
        return [person for person in able if person.id not in there] if there else able

    def _able(self, need: Need) -> list[Person]:
        if need.candidates is not None:
            return self.skilled(need)
        key = (need.skill, need.level)
        if key not in self._of_level:
            able = [person for person in self.skilled(need) if eligible(need, person)]
            self._of_level[key] = sorted(able, key=lambda person: person.skills[need.skill or ""])
        return self._of_level[key]

    @cached_property
    def _of_level(self) -> dict[tuple[str | None, int], list[Person]]:
        """What was asked already: who has a skill at a level, the fewest levels too many first."""
        return {}

    def open_needs(self) -> Iterator[Need]:
        """In the order of the instance."""
        return (need for need in self.instance.needs if not covered(need, self.parts(need), self.persons))

    def most_persons(self, need: Need) -> int:
        return self.instance.rules.max_persons_per_need if splits(self.instance, need) else 1

    def ways(self, need: Need, person: Person) -> Iterator[Assignment]:
        """How the person could cover all that is open of the need, or of a changed one of its name."""
        return ways(self.instance, need, person, self.parts(need), self.done(need))

    def steps(self, need: Need, person: Person) -> Iterator[Assignment]:
        """What the person could do for the need at all: as much as the mode asks for at least."""
        if not splits(self.instance, need):
            return self.ways(need, person)
        if need not in self._starts:
            self._starts[need] = fragment_starts(self.instance, need, self.parts(need))
        return fragments(self.instance, need, person, self._starts[need], self.done(need))

    @cached_property
    def _starts(self) -> dict[Need, tuple[int, ...]]:
        """Where parts may be added, of needs that were asked for already."""
        return {}

    def worth(self, part: Assignment) -> int:
        return worth(self.instance, self.needs[part.need], part, self.persons[part.person])

    def breaks(self, need: Need, part: Assignment, *, without: Sequence[Assignment] = ()) -> tuple[Violation, ...]:
        """The rules broken when `part` joins the plan, `without` leave it, and `need` stands for the one of its name.

        Rules speak of one person or of one need; what neither concerns is as sound as the plan, and is left out.
        """
        kept = [other for other in dict.fromkeys((*self.load(part.person), *self.parts(need))) if other not in without]
        plan = (*kept, part)
        named, working = {other.need for other in plan}, {other.person for other in plan}
        near = replace(
            self.instance,
            persons=tuple(self.persons[name] for name in sorted(working)),
            needs=tuple(need if name == need.id else self.needs[name] for name in sorted(named)),
            locked=tuple(lock for lock in self.instance.locked if lock in without),
        )
        return violations(near, plan)

    def done(self, need: Need) -> int:
        """The work the plan does for the need, in share-days."""
        parts = self._parts.get(need.id)
        return sum(work_of(part, self.persons[part.person]) for part in parts) if parts else 0
