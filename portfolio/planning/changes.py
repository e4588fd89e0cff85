"""What turns one plan into another: assignments that begin, end, move, change their share or are handed over.

A plan is a number of assignments in no order. A change takes some of them out and puts others in, all for one piece of
work, and knows both sides: it can be applied, taken back, and told from a plan that has moved on since. The changes of
one difference touch different assignments, so any choice of them may be applied, in any order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from portfolio.planning.problem import Assignment
from portfolio.planning.weeks import Week

Work: TypeAlias = tuple[int, int | None]
"""A project, and the need the work is for, if there is one."""
Rows: TypeAlias = "Counter[Assignment]"


class ChangeKind(StrEnum):
    BEGINS = "begins"
    """Somebody works on it who did not."""
    ENDS = "ends"
    """Somebody no longer works on it at all."""
    MOVES = "moves"
    """The same person in other weeks: earlier, later, longer or shorter; perhaps with another share too."""
    RESHARES = "reshares"
    """The same person in the same weeks with another share."""
    HANDED_OVER = "handed_over"
    """In weeks in which somebody gives up a share of a need, somebody else takes one on."""
    RECUT = "recut"
    """The same shares in the same weeks, written as other assignments: nobody does anything else."""


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody's share of a piece of work in weeks in a row, both included, before and after: percent of full time."""

    person_id: int
    first: Week
    last: Week
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """Assignments for one piece of work that are taken out of a plan (`before`) and put into it (`after`)."""

    before: tuple[Assignment, ...]
    after: tuple[Assignment, ...]

    def __post_init__(self) -> None:
        if len({_work(row) for row in (*self.before, *self.after)}) != 1:
            raise ValueError("a change is of one piece of work")

    @property
    def work(self) -> Work:
        return _work((*self.before, *self.after)[0])

    @property
    def persons(self) -> tuple[int, ...]:
        """Ids of whoever is concerned."""
        return tuple(sorted({row.person_id for row in (*self.before, *self.after)}))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The runs of weeks in which a share differs, by person and week; none where rows are only cut otherwise."""
        return tuple(step for person in self.persons for step in _steps(person, self.before, self.after))

    @property
    def kind(self) -> ChangeKind:
        steps = self.steps
        if not steps:
            return ChangeKind.RECUT
        if len(self.persons) > 1:
            return ChangeKind.HANDED_OVER
        if not self.before:
            return ChangeKind.BEGINS
        if not self.after:
            return ChangeKind.ENDS
        return ChangeKind.RESHARES if all(step.before and step.after for step in steps) else ChangeKind.MOVES

    @property
    def reverse(self) -> Change:
        """What takes this change back."""
        return Change(self.after, self.before)


class Outdated(ValueError):
    """A change would take assignments out of a plan that are not in it (any more)."""

    def __init__(self, change: Change, missing: tuple[Assignment, ...]) -> None:
        super().__init__(f"{len(missing)} assignments to be replaced are not in the plan")
        self.change = change
        self.missing = missing


def difference(before: Iterable[Assignment], after: Iterable[Assignment]) -> tuple[Change, ...]:
    """The changes that turn one plan into the other, by project, need and person; none between equal plans.

    Each is as small as it can be: one person's work on one thing, or the people who hand it over to each other.
    """
    earlier, later = Counter(before), Counter(after)
    gone, come = _by_work(earlier - later), _by_work(later - earlier)
    return tuple(
        change for work in sorted({*gone, *come}, key=_place) for change in _of_work(work, gone[work], come[work])
    )


def untouched(before: Iterable[Assignment], after: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """The assignments that stand in both plans as they are."""
    return _listed(Counter(before) & Counter(after))


def apply(plan: Iterable[Assignment], changes: Iterable[Change]) -> tuple[Assignment, ...]:
    """The plan with the changes made, sorted; Outdated when a change does not find what it replaces."""
    rows = Counter(plan)
    for change in changes:
        missing = Counter(change.before) - rows
        if missing:
            raise Outdated(change, _listed(missing))
        rows = rows - Counter(change.before) + Counter(change.after)
    return _listed(rows)


def reverse(changes: Sequence[Change]) -> tuple[Change, ...]:
    """What takes the changes back, the last one first."""
    return tuple(change.reverse for change in reversed(changes))


def _work(row: Assignment) -> Work:
    return row.project_id, row.need_id


def _place(work: Work) -> tuple[int, int]:
    """For sorting: work without a need comes first in its project."""
    return work[0], -1 if work[1] is None else work[1]


def _order(row: Assignment) -> tuple[int, ...]:
    return *_place(_work(row)), row.person_id, row.first.index, row.last.index, row.share


def _listed(rows: Rows) -> tuple[Assignment, ...]:
    return tuple(sorted(rows.elements(), key=_order))


def _by_work(rows: Rows) -> defaultdict[Work, list[Assignment]]:
    found: defaultdict[Work, list[Assignment]] = defaultdict(list)
    for row in _listed(rows):
        found[_work(row)].append(row)
    return found


def _of_work(work: Work, gone: Sequence[Assignment], come: Sequence[Assignment]) -> Iterator[Change]:
    """One change for each person; one for all who hand a need over to each other."""
    for persons in _together(work, gone, come):
        before, after = (tuple(row for row in rows if row.person_id in persons) for rows in (gone, come))
        yield Change(before, after)


def _together(work: Work, gone: Sequence[Assignment], come: Sequence[Assignment]) -> list[set[int]]:
    """The persons in groups: whoever gives up a share of a need in a week with those who take one on then.

    Work without a need is nobody else's: two people on a project may do different things.
    """
    groups = [{person} for person in sorted({row.person_id for row in (*gone, *come)})]
    if work[1] is None:
        return groups
    gains: defaultdict[Week, set[int]] = defaultdict(set)
    losses: defaultdict[Week, set[int]] = defaultdict(set)
    for (person,) in tuple(groups):
        for week, before, after in _weeks(person, gone, come):
            (gains if after > before else losses)[week].add(person)
    for week in sorted(gains.keys() & losses.keys()):
        handing = gains[week] | losses[week]
        joined = [group for group in groups if group & handing]
        groups = [group for group in groups if not group & handing] + [set().union(*joined)]
    return sorted(groups, key=min)


def _weeks(person: int, before: Iterable[Assignment], after: Iterable[Assignment]) -> Iterator[tuple[Week, int, int]]:
    """The weeks in which the person's share differs, with the share before and after."""
    shares: defaultdict[Week, list[int]] = defaultdict(lambda: [0, 0])
    for side, rows in enumerate((before, after)):
        for row in rows:
            if row.person_id == person:
                for week in row.weeks:
                    shares[week][side] += row.share
    for week, (old, new) in sorted(shares.items()):
        if old != new:
            yield week, old, new


def _steps(person: int, before: Iterable[Assignment], after: Iterable[Assignment]) -> Iterator[Step]:
    rows = enumerate(_weeks(person, before, after))
    runs = groupby(rows, key=lambda row: (row[1][0].index - row[0], row[1][1], row[1][2]))
    for (_, old, new), run in runs:
        weeks = [row[0] for _, row in run]
        yield Step(person, weeks[0], weeks[-1], old, new)
