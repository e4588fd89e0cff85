"""Why nobody can take a need whole: a statement that can be checked against the figures it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.candidates import Candidate
from portfolio.planning.coverage import demanded_work
from portfolio.planning.problem import FULL_TIME_HOURS, Need, NeedKind, tenths
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, Week


class ShortageKind(StrEnum):
    NO_SKILL = "no_skill"
    """Nobody has the skill in any week of the window."""
    NO_LEVEL = "no_level"
    """Nobody has the level throughout the window."""
    NO_CAPACITY = "no_capacity"
    """All who have the level together have too little free, whomever one takes."""
    NOBODY_ALONE = "nobody_alone"
    """Together they have enough free, but none of them alone."""
    TOO_MANY_PARALLEL = "too_many_parallel"
    """Somebody is free, but would work on too many projects at once."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A week in which less than the need's share is free: `free` percent of all together."""

    week: Week
    free: int


@dataclass(frozen=True, slots=True)
class Shortage:
    kind: ShortageKind
    qualified: int
    """How many have the level throughout the window."""
    best_level: int
    """The highest level anybody holds throughout the window."""
    one_below: int
    """How many hold one level too few."""
    bottlenecks: tuple[Bottleneck, ...]
    missing: int
    """What is lacking even with all qualified together, in hundredths of a full-time person-week."""


def shortage(need: Need, candidates: Sequence[Candidate], full_time_hours: float = FULL_TIME_HOURS) -> Shortage | None:
    """Why none of the `candidates`, as ranked for the need, can take it whole; None when one can."""
    qualified = [candidate for candidate in candidates if candidate.fit.suffices]
    if any(candidate.fully_free and candidate.suitable for candidate in qualified):
        return None
    bottlenecks = _bottlenecks(need, qualified)
    missing = _missing(need, qualified, bottlenecks, tenths(full_time_hours))
    return Shortage(
        kind=_kind(candidates, qualified, missing),
        qualified=len(qualified),
        best_level=max((candidate.fit.held for candidate in candidates), default=0),
        one_below=sum(candidate.fit.gap == 1 for candidate in candidates),
        bottlenecks=bottlenecks,
        missing=missing,
    )


def _kind(candidates: Sequence[Candidate], qualified: Sequence[Candidate], missing: int) -> ShortageKind:
    if not any(candidate.fit.best for candidate in candidates):
        return ShortageKind.NO_SKILL
    if not qualified:
        return ShortageKind.NO_LEVEL
    if missing:
        return ShortageKind.NO_CAPACITY
    if any(candidate.fully_free for candidate in qualified):
        return ShortageKind.TOO_MANY_PARALLEL
    return ShortageKind.NOBODY_ALONE


def _bottlenecks(need: Need, qualified: Sequence[Candidate]) -> tuple[Bottleneck, ...]:
    totals = [0] * len(need.weeks)
    for candidate in qualified:
        for place, share in enumerate(candidate.free):
            totals[place] += share
    weeks = zip(need.weeks, totals, strict=True)
    return tuple(Bottleneck(week, free) for week, free in weeks if free < need.share)


def _missing(need: Need, qualified: Sequence[Candidate], bottlenecks: Sequence[Bottleneck], full_time: int) -> int:
    if need.kind is NeedKind.STEADY:
        return sum(need.share - bottleneck.free for bottleneck in bottlenecks)
    lacking = demanded_work(need) - sum(candidate.deliverable for candidate in qualified)
    return max(0, -(-lacking // (full_time * WORKING_DAYS_PER_WEEK)))
