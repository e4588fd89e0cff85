"""The earliest realistic start: when needs that are new could all be staffed, with all that is planned as it is.

The needs keep their distances: all move by the same number of weeks. Each is taken whole by one person. Whether all can
be taken together is searched exhaustively, the need with the fewest ways first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from portfolio.planning.explain.open_needs import reason
from portfolio.planning.explain.residual import Residual
from portfolio.planning.explain.values import Reason
from portfolio.planning.instance import Assignment, Instance, Mode, Need

MOST_TRIES: Final = 3_000
"""Assignments tried for one week; beyond, the week counts as impossible and what is found as not proven."""


@dataclass(frozen=True, slots=True)
class EarliestStart:
    """The first of the needs begin in `week` at the earliest; `assignments` staff all of them then."""

    week: int
    assignments: tuple[Assignment, ...]
    proven: bool = True
    """Whether no earlier week is possible; False when one was given up."""

    @property
    def persons(self) -> tuple[str, ...]:
        """The people it rests on."""
        return tuple(sorted({part.person for part in self.assignments}))


@dataclass(frozen=True, slots=True)
class NoStart:
    """In no week until the horizon: `alone` names the needs that nobody could take in any, with the reason in the weeks
    asked for. Where there are none, each could be taken, but never all together."""

    alone: tuple[tuple[str, Reason], ...]
    proven: bool = True


def earliest_start(
    instance: Instance, assignments: tuple[Assignment, ...], needs: Sequence[Need]
) -> EarliestStart | NoStart:
    """When the `needs`, whose ids are new, can be staffed beside the assignments of a plan that breaks no rule.

    Their windows say when they are wanted at the earliest; ValueError when there are none, or one ends outside the
    horizon.
    """
    if not needs or any(need.last >= instance.weeks for need in needs):
        raise ValueError("needs within the horizon are wanted")
    plan = Residual(replace(instance, needs=(*instance.needs, *needs)), assignments)
    proven, possible = True, set[str]()
    for later in range(instance.weeks - max(need.last for need in needs)):
        choices = [_choices(plan, _moved(need, later)) for need in needs]
        possible |= {need.id for need, ways in zip(needs, choices, strict=True) if ways}
        search = _Search(plan)
        found = search.all_of(choices)
        if found is not None:
            order = {need.id: place for place, need in enumerate(needs)}
            staffed = tuple(sorted(found, key=lambda part: order[part.need]))
            return EarliestStart(min(need.first for need in needs) + later, staffed, proven)
        proven = proven and search.left > 0
    whole = replace(plan, instance=replace(plan.instance, goals=replace(instance.goals, mode=Mode.WHOLE)))
    return NoStart(tuple((need.id, reason(whole, need)) for need in needs if need.id not in possible), proven)


def _moved(need: Need, later: int) -> Need:
    latest = None if need.latest_first is None else need.latest_first + later
    return replace(need, first=need.first + later, last=need.last + later, latest_first=latest)


def _choices(plan: Residual, need: Need) -> list[Assignment]:
    """Who could take the need by itself, those with the fewest levels too many first."""
    return [part for person in plan.eligible(need) for part in plan.ways(need, person) if plan.left.fits(part)]


@dataclass
class _Search:
    """Depth first, with what is left of each person after what was taken."""

    plan: Residual
    left: int = MOST_TRIES
    taken: dict[str, list[Assignment]] = field(default_factory=dict)

    def all_of(self, choices: list[list[Assignment]]) -> tuple[Assignment, ...] | None:
        """One of each list, all beside each other; None where that cannot be, or was given up."""
        if not choices:
            return ()
        fewest = min(range(len(choices)), key=lambda place: len(choices[place]))
        rest = [*choices[:fewest], *choices[fewest + 1 :]]
        for part in choices[fewest]:
            if self.left <= 0:
                return None
            self.left -= 1
            own = self.taken.setdefault(part.person, [])
            own.append(part)
            found = self.all_of([[other for other in ways if self._fits(other, part)] for ways in rest])
            if found is not None:
                return (part, *found)
            own.pop()
        return None

    def _fits(self, other: Assignment, last: Assignment) -> bool:
        if other.person != last.person or other.first > last.last or last.first > other.last:
            return True
        free, places = self.plan.left.of(other.person)
        for week in other.weeks:
            running = [part.share for part in self.taken[other.person] if week in part.weeks]
            if free[week] - sum(running) < other.share or places[week] <= len(running):
                return False
        return True
