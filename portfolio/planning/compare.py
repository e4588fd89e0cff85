"""What differs between two plans for the same people and needs: in assignments, need by need, and by every measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.planning.changes import Change, difference, untouched
from portfolio.planning.effects import Effect, Staffing, effects
from portfolio.planning.measures import LOWER_IS_BETTER, Ground, Measure, Measures, measures
from portfolio.planning.problem import Assignment


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both plans."""

    measure: Measure
    before: float
    after: float

    @property
    def is_better(self) -> bool | None:
        """Whether the later plan is the better one by this measure; None when neither is."""
        if self.before == self.after:
            return None
        return (self.after < self.before) == (self.measure in LOWER_IS_BETTER)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side."""

    changes: tuple[Change, ...]
    untouched: tuple[Assignment, ...]
    effects: tuple[Effect, ...]
    """The needs that feel the difference."""
    before: Measures
    after: Measures

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every measure of both plans."""
        return tuple(Row(each, self.before.numbers[each], self.after.numbers[each]) for each in Measure)


def compare(ground: Ground, before: Iterable[Assignment], after: Iterable[Assignment]) -> Comparison:
    """Two plans on the same ground; KeyError when somebody is assigned who is not among its persons."""
    earlier, later = tuple(before), tuple(after)
    changes = difference(earlier, later)
    return Comparison(
        changes=changes,
        untouched=untouched(earlier, later),
        effects=_felt(ground, changes, earlier, later),
        before=measures(ground, earlier),
        after=measures(ground, later),
    )


def _felt(
    ground: Ground, changes: Iterable[Change], before: Iterable[Assignment], after: Iterable[Assignment]
) -> tuple[Effect, ...]:
    """Only needs with a change can feel any: the persons are the same."""
    concerned = {change.work[1] for change in changes}
    needs = [need for need in ground.needs if need.id in concerned]
    earlier, later = (
        Staffing(tuple(row for row in plan if row.need_id in concerned), ground.by_id) for plan in (before, after)
    )
    found = effects(needs, earlier, later, ground.days_off, ground.full_time_hours)
    return tuple(effect for effect in found if effect.is_felt)
