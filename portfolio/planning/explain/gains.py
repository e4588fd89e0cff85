"""What one more person with a skill is worth, and what somebody's learning one: estimated at once, exact on request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portfolio.planning.explain.values import Gain
from portfolio.planning.instance import Goals, Instance, Level
from portfolio.planning.optimiser.gains_process import estimated
from portfolio.planning.optimiser.solve import Effort, solve
from portfolio.planning.variants import with_newcomer, with_training


def gains(instance: Instance, seconds: float | None = None) -> tuple[Gain, ...]:
    """Estimates within so many seconds: of a person for every skill asked for, and of the best trainings; most first.

    Whoever comes has the skill at the highest level and nothing else, and is there every day of full time; whoever
    learns gets to the highest level. Trainings are tried in the skills that gain most. Out of time, some are missing.
    """
    found = estimated(instance, seconds)
    listed = (Gain(each.skill, round(each.gain), each.person) for each in found)
    return tuple(sorted(listed, key=lambda gain: (-gain.gain, gain.skill, gain.person or "")))


def exactly(instance: Instance, wanted: Iterable[Gain], effort: Effort) -> tuple[Gain, ...]:
    """The same gains as differences between plans for the most work; `effort` is spent on each plan.

    They are exact as far as the plans are proven within it.
    """
    instance = replace(instance, goals=Goals(instance.goals.mode, (Level.COVERAGE,), 0.0))
    before = solve(instance, effort).value
    return tuple(_exact(instance, gain, before, effort) for gain in wanted)


def _exact(instance: Instance, gain: Gain, before: int, effort: Effort) -> Gain:
    if gain.person is None:
        variant = with_newcomer(instance, gain.skill)
    else:
        variant = with_training(instance, gain.person, gain.skill)
    return replace(gain, gain=max(solve(variant, effort).value - before, 0), exact=True)
