"""A staffing problem as the optimiser takes it, and the plan it gives back.

Weeks are indices from 0 and windows include both ends. Shares and free capacity are whole percentages of a
full-time post, presence is in working days a week (0 to 5), work is share x days present ("share-days"; 500 make
a full-time week, 100 a person-day). Persons and needs are named by text, so that nothing here knows a database.
`formats` reads and writes these values, `rules` says what makes a plan a good one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portfolio.planning.problem import NeedKind

SHARE_DAYS_PER_PERSON_DAY = 100
DAYS_PER_WEEK = 5
PRIORITY_WEIGHT: Mapping[int, int] = {1: 8, 2: 4, 3: 2, 4: 1}


class Mode(StrEnum):
    WHOLE = "whole"
    """One person takes a need for all its weeks with its full share; only the start may shift."""
    HANDOVER = "handover"
    """Several persons may share a need and hand it over."""


class Level(StrEnum):
    """What a plan is judged by; an instance names some of them, the most important first."""

    COVERAGE = "coverage"
    """The most weighted work done."""
    PERSONS = "persons"
    """The fewest persons for the needs covered."""
    FOCUS = "focus"
    """The fewest person-weeks with more than one assignment."""
    FIT = "fit"
    """The fewest levels beyond those asked for, weighed by share and weeks."""
    CHANGES = "changes"
    """The most assignments of the current plan kept as they are."""
    BALANCE = "balance"
    """The lowest of the highest utilisations."""
    FAIRNESS = "fairness"
    """The most for the organisation that is served least, as a part of what it asks for."""
    COST = "cost"
    """The least cost of the candidates chosen."""
    PERSONS_USED = "persons_used"
    """The fewest persons who work at all."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What every plan keeps to; a need with a smaller share than `min_share` is allowed as it is."""

    min_share: int = 1
    max_persons_per_need: int = 1
    min_segment_weeks: int = 1
    priority_weight: Mapping[int, int] = field(default_factory=lambda: dict(PRIORITY_WEIGHT))


@dataclass(frozen=True, slots=True)
class Goals:
    """`levels` in order of importance; each may fall by `tolerance` (a ratio) for the sake of the next."""

    mode: Mode = Mode.WHOLE
    levels: tuple[Level, ...] = (Level.COVERAGE,)
    tolerance: float = 0.01


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to plan: what is free and how many days they are there, one value for each week of the instance.

    `max_parallel` limits the assignments running in a week; None does not limit them.
    """

    id: str
    free: tuple[int, ...]
    presence: tuple[int, ...]
    max_parallel: int | None = None
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take a need, with a share and a cost of their own."""

    person: str
    share: int
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """Work to be staffed from week `first` to week `last`; it may begin as late as `latest_first`.

    A steady need takes `share` in each of its weeks. A volume asks for `person_days` anywhere between `first` and
    `last` with at most `share` a week. `candidates` stand in for `skill` and `level`: one of them covers the need.
    """

    id: str
    project: str
    priority: int
    first: int
    last: int
    share: int
    organisation: str | None = None
    latest_first: int | None = None
    skill: str | None = None
    level: int = 0
    kind: NeedKind = NeedKind.STEADY
    person_days: int = 0
    candidates: tuple[Candidate, ...] | None = None

    @property
    def length(self) -> int:
        """Its weeks: how many, for a volume, there are to choose from."""
        return self.last - self.first + 1

    @property
    def starts(self) -> range:
        """The weeks in which it may begin."""
        latest = self.first if self.latest_first is None else self.latest_first
        return range(self.first, latest + 1)

    @property
    def demand(self) -> int:
        """What it asks for, in share-days: holidays and absences are not taken off."""
        if self.kind is NeedKind.VOLUME:
            return SHARE_DAYS_PER_PERSON_DAY * self.person_days
        return self.share * DAYS_PER_WEEK * self.length


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """A person works on a need with a share, in each week from `first` to `last`."""

    need: str
    person: str
    first: int
    last: int
    share: int

    @property
    def weeks(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole problem. `locked` assignments stand in every plan; `current` is the plan as it is now."""

    name: str
    weeks: int
    persons: tuple[Person, ...]
    needs: tuple[Need, ...]
    rules: Rules = field(default_factory=Rules)
    goals: Goals = field(default_factory=Goals)
    locked: tuple[Assignment, ...] = ()
    current: tuple[Assignment, ...] = ()

    def weight(self, need: Need) -> int:
        """What a share-day of the need is worth."""
        return self.rules.priority_weight[need.priority]


class Status(StrEnum):
    OPTIMAL = "optimal"
    """Proven: no plan is better by the goals."""
    FEASIBLE = "feasible"
    """The best found; the bound says how far from the best possible it can be at most."""
    CANCELLED = "cancelled"
    """The best found until it was told to stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a run: seconds since its start, the best value found and the best bound proven."""

    seconds: float
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices, none below 0, from which a bound can be worked out with pencil and paper (see `certificate`).

    `need` by need; `capacity` and `parallel` by person and week. In mode handover, `need_weeks` by need and week.
    """

    need: Mapping[str, float]
    capacity: Mapping[tuple[str, int], float]
    parallel: Mapping[tuple[str, int], float]
    need_weeks: Mapping[tuple[str, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the optimiser proposes. `assignments` hold the locked ones too.

    `value` is the weighted work done, `bound` what it can be at most as the solver proved it, `dual_bound` the weaker
    one that follows from `duals` alone. `figures` has the other measures an instance asked for, `figure_bounds` their
    bounds. `whole_value`: what the plan came to with one person a need, from which one of mode handover began.
    """

    instance: str
    assignments: tuple[Assignment, ...]
    value: int
    status: Status = Status.FEASIBLE
    seconds: float = 0.0
    bound: int | None = None
    trace: tuple[Step, ...] = ()
    dual_bound: float | None = None
    duals: Duals | None = None
    figures: Mapping[Level, float] = field(default_factory=dict)
    figure_bounds: Mapping[Level, float] = field(default_factory=dict)
    whole_value: int | None = None

    @property
    def gap(self) -> float | None:
        """How far below the bound the value is, as a ratio; None without a bound."""
        if self.bound is None:
            return None
        return 0.0 if self.bound <= self.value else (self.bound - self.value) / self.bound
