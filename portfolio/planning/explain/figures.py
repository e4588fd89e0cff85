"""What a plan comes to for organisations and for people, and what fairness costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.planning.instance import Assignment, Instance, Level
from portfolio.planning.score import score


@dataclass(frozen=True, slots=True)
class Served:
    """What an organisation asks for, in share-days, and how much of it is done, as a ratio."""

    organisation: str
    asked: int
    ratio: float


@dataclass(frozen=True, slots=True)
class FairnessPrice:
    """What a fair plan does less than one without regard to fairness, in weighted share-days, and what it wins."""

    lost: int
    """Below 0 when the fair plan does more: then the other was not worked out to the end."""
    lost_ratio: float
    """Of what the plan without fairness does."""
    least_served: float
    least_served_without: float


@dataclass(frozen=True, slots=True)
class Focus:
    """How far work is spread."""

    parallel_weeks: int
    """Person-weeks with more than one assignment."""
    persons_parallel: int
    """Persons with more than one in any week."""
    most_at_once: int
    shared_needs: int
    """Needs that more than one person works on."""
    smallest_share: int | None
    """None without assignments."""


def served(instance: Instance, assignments: Iterable[Assignment]) -> tuple[Served, ...]:
    """By organisation, those served least first."""
    asked: defaultdict[str, int] = defaultdict(int)
    for need in instance.needs:
        if need.organisation is not None:
            asked[need.organisation] += need.demand
    found = [Served(name, asked[name], ratio) for name, ratio in score(instance, assignments).served.items()]
    return tuple(sorted(found, key=lambda each: (each.ratio, each.organisation)))


def fairness_price(instance: Instance, fair: Iterable[Assignment], without: Iterable[Assignment]) -> FairnessPrice:
    """A plan that looks after whoever gets least, against one that does not."""
    one, other = score(instance, fair), score(instance, without)
    lost = other.coverage - one.coverage
    return FairnessPrice(
        lost=lost,
        lost_ratio=lost / other.coverage if other.coverage else 0.0,
        least_served=one.of(Level.FAIRNESS),
        least_served_without=other.of(Level.FAIRNESS),
    )


def focus(instance: Instance, assignments: Iterable[Assignment]) -> Focus:
    plan = tuple(assignments)
    running = Counter((part.person, week) for part in plan for week in part.weeks)
    return Focus(
        parallel_weeks=score(instance, plan).parallel_weeks,
        persons_parallel=len({person for (person, _week), number in running.items() if number > 1}),
        most_at_once=max(running.values(), default=0),
        shared_needs=sum(number > 1 for number in Counter(part.need for part in plan).values()),
        smallest_share=min((part.share for part in plan), default=None),
    )
