"""Who can serve which demand, week by week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from portfolio.planning.problem import SkillLevel
from portfolio.planning.weeks import WeekRange
from portfolio.staffing.capacity.places import Integers


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """What a need asks of a person."""

    skill_id: int
    level: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns of weeks in which a person can do the same."""

    row: int
    columns: slice
    kinds: frozenset[int]
    """Positions of what is wanted."""
    best: int | None
    """The row of the skill held highest, the first in the catalogue if several."""


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who can do the same, with what each has free by week."""

    kinds: frozenset[int]
    members: tuple[Stretch, ...]
    free: Integers

    def spare(self, left: Sequence[int]) -> Integers:
        """What each keeps when `left` is left of all they have, by week: the first give all they have."""
        used = self.free.sum(axis=0) - np.asarray(left, np.int64)
        kept: Integers = np.clip(self.free.cumsum(axis=0) - used, 0, self.free)
        return kept


@dataclass(frozen=True, slots=True)
class Abilities:
    """Reads the levels people hold against what is wanted; `rows` names the row of each skill."""

    wanted: Sequence[Wanted]
    rows: Mapping[int, int]
    weeks: WeekRange

    def groups(self, held: Sequence[Iterable[SkillLevel]], free: Integers) -> list[Group]:
        """Those who can do the same together; `held` and `free` are in the order of the persons."""
        members: dict[frozenset[int], list[Stretch]] = {}
        for row, levels in enumerate(held):
            for stretch in self._stretches(row, tuple(levels)):
                members.setdefault(stretch.kinds, []).append(stretch)
        return [self._group(kinds, tuple(stretches), free) for kinds, stretches in members.items()]

    def _group(self, kinds: frozenset[int], members: tuple[Stretch, ...], free: Integers) -> Group:
        own = np.zeros((len(members), free.shape[1]), np.int64)
        for place, stretch in enumerate(members):
            own[place, stretch.columns] = free[stretch.row, stretch.columns]
        return Group(kinds, members, own)

    def _stretches(self, row: int, held: Sequence[SkillLevel]) -> Iterator[Stretch]:
        """A level changes only where a row begins or has ended."""
        spans = [(*self._columns(level), level) for level in held]
        count = len(self.weeks)
        turns = sorted({0, count, *(turn for begin, end, _ in spans if begin < end for turn in (begin, end))})
        for begin, end in pairwise(turns):
            levels: dict[int, int] = {}
            for first, stop, level in spans:
                if first <= begin < stop:
                    levels[level.skill_id] = max(level.level, levels.get(level.skill_id, 0))
            yield Stretch(row, slice(begin, end), self._kinds(levels), self._best(levels))

    def _columns(self, level: SkillLevel) -> tuple[int, int]:
        origin, count = self.weeks.first, len(self.weeks)
        begin = 0 if level.first is None else max(level.first - origin, 0)
        end = count if level.last is None else min(level.last - origin + 1, count)
        return begin, end

    def _kinds(self, levels: Mapping[int, int]) -> frozenset[int]:
        return frozenset(place for place, each in enumerate(self.wanted) if levels.get(each.skill_id, 0) >= each.level)

    def _best(self, levels: Mapping[int, int]) -> int | None:
        held = [(-level, self.rows[skill]) for skill, level in levels.items() if level]
        return min(held)[1] if held else None
