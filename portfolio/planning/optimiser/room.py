"""What the locked assignments leave of every person: the room in which options must fit, persons x weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from portfolio.planning.instance import Assignment, Instance

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NO_LIMIT = 10_000  # assignments at once, where a person has no limit


@dataclass(frozen=True)
class Room:
    """Every array has a row for each person and a column for each week."""

    free: Ints
    """Percent of full time."""
    parallel: Ints
    """Assignments that may still run."""
    presence: Ints
    """Working days."""

    @cached_property
    def least_free(self) -> npt.NDArray[np.int32]:
        """The least that is free of a person in any week from a first to a last: persons x weeks x weeks."""
        return _least(self.free)

    @cached_property
    def least_parallel(self) -> npt.NDArray[np.int32]:
        return _least(self.parallel)

    @cached_property
    def days_before(self) -> Ints:
        """Working days before each week, and before the end: persons x (weeks + 1)."""
        return before(self.presence)


def before(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """By row the sums of all columns before each one, and before the end: what lies between two is a difference."""
    return np.pad(rows.cumsum(axis=1), ((0, 0), (1, 0)))


def best_of_each(group: Ints, worth: Floats, most: int) -> Ints:
    """Places, ascending, of the `most` of each group that are worth most."""
    order = np.lexsort((-worth, group))
    sorted_group = group[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_group, sorted_group)
    return np.sort(order[rank < most])


def _least(rows: Ints) -> npt.NDArray[np.int32]:
    persons, weeks = rows.shape
    table = np.zeros((persons, weeks, weeks), dtype=np.int32)
    for first in range(weeks):
        table[:, first, first:] = np.minimum.accumulate(rows[:, first:], axis=1)
    return table


def room_of(instance: Instance) -> Room:
    """All that persons have free, less the locked assignments."""
    return room_beside(instance, instance.locked)


def room_beside(instance: Instance, fixed: Iterable[Assignment]) -> Room:
    """All that persons have free, less the `fixed` assignments."""
    places = {person.id: place for place, person in enumerate(instance.persons)}
    shape = (len(instance.persons), instance.weeks)
    free = np.array([person.free for person in instance.persons], dtype=np.int64).reshape(shape)
    presence = np.array([person.presence for person in instance.persons], dtype=np.int64).reshape(shape)
    limits = [NO_LIMIT if person.max_parallel is None else person.max_parallel for person in instance.persons]
    parallel = np.repeat(np.array(limits, dtype=np.int64)[:, None], instance.weeks, axis=1)
    for part in fixed:
        weeks = slice(part.first, part.last + 1)
        free[places[part.person], weeks] -= part.share
        parallel[places[part.person], weeks] -= 1
    return Room(free, parallel, presence)
