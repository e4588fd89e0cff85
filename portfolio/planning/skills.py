"""How well a person's skills fit a need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.problem import Need, Person, SkillLevel
from portfolio.planning.weeks import WeekRange


class FitState(StrEnum):
    MATCHES = "matches"
    """Exactly the level asked for, throughout the window."""
    ABOVE = "above"
    BELOW = "below"
    """The skill is there, but in no week at the level asked for."""
    LAPSES = "lapses"
    """The level is held in some weeks of the window, but not in all."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fit:
    """A person against a need, in levels from 0 (none) to 4."""

    required: int
    held: int
    """The lowest level over the weeks of the window."""
    best: int
    """The highest level in any week of the window."""

    @property
    def suffices(self) -> bool:
        return self.held >= self.required

    @property
    def surplus(self) -> int:
        """Levels held beyond what is asked for, 0 when below."""
        return max(0, self.held - self.required)

    @property
    def gap(self) -> int:
        """Levels lacking in the worst week, 0 when none."""
        return max(0, self.required - self.held)

    @property
    def state(self) -> FitState:
        if self.suffices:
            return FitState.ABOVE if self.surplus else FitState.MATCHES
        if self.best >= self.required:
            return FitState.LAPSES
        return FitState.BELOW if self.best else FitState.MISSING


def fit(person: Person, need: Need) -> Fit:
    """The person's level in the needed skill over the whole window; the highest valid row counts."""
    rows = [row for row in person.skills if row.skill_id == need.skill_id]
    levels = _levels(rows, need.weeks)
    return Fit(required=need.level, held=min(levels), best=max(levels))


def _levels(rows: list[SkillLevel], window: WeekRange) -> tuple[int, ...]:
    """The levels held in the window; a level changes only where a row begins or has ended."""
    turns = {window.first}
    turns.update(row.first for row in rows if row.first is not None and row.first in window)
    turns.update(row.last + 1 for row in rows if row.last is not None and row.last + 1 in window)
    return tuple(max((row.level for row in rows if _valid(row, week.index)), default=0) for week in turns)


def _valid(row: SkillLevel, week: int) -> bool:
    return (row.first is None or row.first.index <= week) and (row.last is None or week <= row.last.index)
