"""What a change does to needs: what they get, how far they are covered and where they stand open, before and after.

The change may be one of assignments (somebody leaves, somebody takes over) or of persons (somebody is away): both are
given as two states of the same needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from portfolio.planning.coverage import Coverage, coverages, delivered_work, open_shares
from portfolio.planning.problem import FULL_TIME_HOURS, Assignment, Need, NeedKind, Person
from portfolio.planning.weeks import Week, WeekRange


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who works on what, and when they are there: all that delivery depends on."""

    assignments: tuple[Assignment, ...]
    persons: Mapping[int, Person]
    """By id, whoever is assigned."""


@dataclass(frozen=True, slots=True)
class Span:
    """Weeks in a row, with a figure before and after the change."""

    first: Week
    last: Week
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Work delivered in each week of some weeks (see `problem`), before and after."""

    weeks: WeekRange
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The runs of weeks that deliver something else, with what they deliver together."""
        numbered = groupby(enumerate(self.changes), key=lambda pair: pair[1][0].index - pair[0])
        runs = ([row for _number, row in run] for _key, run in numbered)
        return tuple(
            Span(run[0][0], run[-1][0], sum(row[1] for row in run), sum(row[2] for row in run)) for run in runs
        )

    @property
    def changes(self) -> tuple[tuple[Week, int, int], ...]:
        """The weeks that deliver something else, each with its work before and after."""
        return tuple(row for row in zip(self.weeks, self.before, self.after, strict=True) if row[1] != row[2])

    @property
    def lost(self) -> int:
        """How much less is delivered in all; negative where it is more."""
        return sum(self.before) - sum(self.after)


@dataclass(frozen=True, slots=True)
class Effect:
    """One need, before and after."""

    need: Need
    delivery: Delivery
    covered_before: Coverage
    covered_after: Coverage
    open_before: tuple[int, ...]
    """For each week of the window the share for which nobody is assigned."""
    open_after: tuple[int, ...]

    @property
    def is_felt(self) -> bool:
        return bool(self.delivery.spans or self.openings)

    @property
    def changes(self) -> tuple[tuple[Week, int, int, int, int], ...]:
        """The weeks in which anything differs: delivered before and after, open before and after."""
        delivered = zip(self.need.weeks, self.delivery.before, self.delivery.after, strict=True)
        rows = zip(delivered, self.open_before, self.open_after, strict=True)
        return tuple(
            (week, got, gets, was, stands) for (week, got, gets), was, stands in rows if got != gets or was != stands
        )

    @property
    def openings(self) -> tuple[Span, ...]:
        """The runs of weeks in which another share is open, each with the same shares in all its weeks.

        None for a volume: it asks for days anywhere in its window, not for a share in a week.
        """
        if self.need.kind is NeedKind.VOLUME:
            return ()
        rows = [row for row in zip(self.need.weeks, self.open_before, self.open_after, strict=True) if row[1] != row[2]]
        runs = groupby(enumerate(rows), key=lambda pair: (pair[1][0].index - pair[0], *pair[1][1:]))
        weeks = ([row for _number, row in run] for _key, run in runs)
        return tuple(Span(run[0][0], run[-1][0], *run[0][1:]) for run in weeks)


def effects(
    needs: Sequence[Need],
    before: Staffing,
    after: Staffing,
    days_off: AbstractSet[date] = frozenset(),
    full_time_hours: float = FULL_TIME_HOURS,
) -> tuple[Effect, ...]:
    """What becomes of the needs between the two states, in their order; those that feel nothing too."""
    covered = [
        coverages(needs, state.assignments, state.persons, days_off, full_time_hours) for state in (before, after)
    ]
    return tuple(
        Effect(
            need=need,
            delivery=delivery(need.weeks, _for(need, before), _for(need, after), days_off),
            covered_before=earlier,
            covered_after=later,
            open_before=open_shares(need, before.assignments),
            open_after=open_shares(need, after.assignments),
        )
        for need, earlier, later in zip(needs, *covered, strict=True)
    )


def delivery(
    weeks: WeekRange, before: Staffing, after: Staffing, days_off: AbstractSet[date] = frozenset()
) -> Delivery:
    """What all assignments of the two states deliver in these weeks, for whatever need."""
    earlier, later = (delivered_work(weeks, state.assignments, state.persons, days_off) for state in (before, after))
    return Delivery(weeks, earlier, later)


def thinned(assignment: Assignment, cuts: Mapping[Week, int]) -> tuple[Assignment, ...]:
    """The assignment with so much less share in some weeks: the runs of weeks with the same share that is left."""
    left = [(week, max(0, assignment.share - cuts.get(week, 0))) for week in assignment.weeks]
    runs = ((share, [week for week, _share in run]) for share, run in groupby(left, key=itemgetter(1)))
    return tuple(replace(assignment, first=weeks[0], last=weeks[-1], share=share) for share, weeks in runs if share)


def _for(need: Need, state: Staffing) -> Staffing:
    return Staffing(tuple(_of(need, state.assignments)), state.persons)


def _of(need: Need, assignments: Iterable[Assignment]) -> Iterable[Assignment]:
    return (assignment for assignment in assignments if assignment.need_id == need.id)
