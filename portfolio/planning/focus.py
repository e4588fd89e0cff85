"""Fragmentation: how far work is spread over projects and passed between people.

Focus beats spread. These are facts about a plan, not about how well anybody works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.planning.capacity import PersonCapacity
from portfolio.planning.problem import Assignment
from portfolio.planning.weeks import Week


@dataclass(frozen=True, slots=True)
class Fragmentation:
    most_projects: int
    """The most projects one person works on in the same week."""
    parallel_weeks: int
    """Person-weeks with more than one project."""
    smallest_share: int | None
    """The smallest share of an assignment, None without assignments."""
    handovers: int


def fragmentation(capacities: Iterable[PersonCapacity], assignments: Iterable[Assignment]) -> Fragmentation:
    """The figures of some persons and their assignments: of one person, a project or the whole pool."""
    projects = [count for figures in capacities for count in figures.projects]
    listed = tuple(assignments)
    return Fragmentation(
        most_projects=max(projects, default=0),
        parallel_weeks=sum(count > 1 for count in projects),
        smallest_share=min((assignment.share for assignment in listed), default=None),
        handovers=handovers(listed),
    )


def handovers(assignments: Iterable[Assignment]) -> int:
    """How often somebody joins a need on which others began in an earlier week.

    Two people who share a need from its start hand nothing over; assignments without a need neither.
    """
    begins: defaultdict[int, dict[int, Week]] = defaultdict(dict)
    for assignment in sorted(assignments, key=lambda assignment: assignment.first):
        if assignment.need_id is not None:
            begins[assignment.need_id].setdefault(assignment.person_id, assignment.first)
    joined = 0
    for of_person in begins.values():
        earliest = min(of_person.values())
        joined += sum(first > earliest for first in of_person.values())
    return joined
