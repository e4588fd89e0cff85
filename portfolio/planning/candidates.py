"""Who could take a need, in which order, and why.

Everybody is ranked, the unsuited last, so that "why not her" has an answer too. The order decides
what is shown first and says nothing about how well anybody works. Why nobody can take a need is
answered by `shortage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import compress, groupby

from portfolio.planning.capacity import PersonCapacity, capacities
from portfolio.planning.coverage import demanded_work
from portfolio.planning.problem import MIN_SHARE, Assignment, Need, NeedKind, Person, tenths
from portfolio.planning.skills import Fit, FitState, fit
from portfolio.planning.weeks import Week, WeekRange, working_days


class Fact(StrEnum):
    """A reason for or against a candidate; beside each stands what its number counts."""

    LEVEL_MATCHES = "level_matches"  # the level held
    LEVEL_ABOVE = "level_above"  # levels held beyond what is asked for
    LEVEL_BELOW = "level_below"  # levels lacking in the best week
    LEVEL_LAPSES = "level_lapses"  # the level held in only a part of the window
    SKILL_MISSING = "skill_missing"  # the level asked for
    FULLY_FREE = "fully_free"  # the share that would be booked
    PARTLY_FREE = "partly_free"  # weeks in which the whole share is free
    OUTSIDE_POOL = "outside_pool"  # weeks of the window without a pool share
    BELOW_MINIMUM_SHARE = "below_minimum_share"  # the share free throughout the window
    TOO_MANY_PARALLEL = "too_many_parallel"  # projects at once, this one included
    ON_PROJECT_ALREADY = "on_project_already"  # weeks of the window with work on this project
    ABSENT = "absent"  # working days away in the window


@dataclass(frozen=True, slots=True)
class Reason:
    fact: Fact
    number: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person considered for a need, with what could be booked at once: `share` over `weeks`.

    For a steady need `weeks` is its window and `share` what is free throughout, at most the need's
    share. For a volume they are the full share over the first run of weeks that delivers all its
    person-days, or else over the run that delivers most of them. The share is 0 when none can be
    offered.
    """

    person_id: int
    fit: Fit
    weeks: WeekRange
    share: int
    fully_free: bool
    """The need could be taken whole: every week of the window, or all days of a volume."""
    free: tuple[int, ...]
    """Percent of full time free in each week of the need's window, never negative."""
    full_weeks: tuple[Week, ...]
    """The weeks of the window in which the whole share of the need is free."""
    deliverable: int
    """Work (see `problem`) the free shares deliver over the window, at most at the need's share."""
    projects: int
    """The most projects at once in `weeks`, the need's own included."""
    max_parallel: int | None
    outlook: _Outlook = field(repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(_reasons(self, self.outlook))

    @property
    def least_free(self) -> int:
        """The highest share that is free over the whole window."""
        return min(self.free)

    @property
    def too_many_parallel(self) -> bool:
        return self.max_parallel is not None and self.projects > self.max_parallel

    @property
    def suitable(self) -> bool:
        """Has the level and a share to offer, without too many projects at once."""
        return self.fit.suffices and self.share > 0 and not self.too_many_parallel


def rank(
    need: Need,
    persons: Iterable[Person],
    assignments: Iterable[Assignment],
    days_off: AbstractSet[date] = frozenset(),
    min_share: int = MIN_SHARE,
) -> tuple[Candidate, ...]:
    """All persons as candidates for the need, best first.

    Order: smaller gap in the level; fully free; higher share to offer; fewer projects at once;
    smaller surplus of level, so that experts stay free for what needs them; lower id. A share below
    `min_share` is not offered, unless the need itself asks for less.
    """
    return Roster(persons, assignments, need.weeks, days_off).rank(need, min_share)


class Roster:
    """Persons to be ranked for any number of needs within `weeks`; their figures are worked out once for all."""

    def __init__(
        self,
        persons: Iterable[Person],
        assignments: Iterable[Assignment],
        weeks: WeekRange,
        days_off: AbstractSet[date] = frozenset(),
    ) -> None:
        pool, self._booked, self._days_off = tuple(persons), tuple(assignments), days_off
        self._members = list(zip(pool, capacities(pool, self._booked, weeks, days_off), strict=True))
        self._versed: defaultdict[int, list[tuple[Person, PersonCapacity]]] = defaultdict(list)
        """By skill who has it, at whatever level."""
        for member in self._members:
            for skill_id in {row.skill_id for row in member[0].skills}:
                self._versed[skill_id].append(member)

    def rank_versed(self, need: Need) -> tuple[Candidate, ...]:
        """Those who have the skill of the need, at whatever level; everybody where it asks for none."""
        return self._ranked(need, self._versed[need.skill_id] if need.level else self._members)

    def rank(self, need: Need, min_share: int = MIN_SHARE) -> tuple[Candidate, ...]:
        """Everybody, as `rank` above does."""
        return self._ranked(need, self._members, min_share)

    def _ranked(
        self, need: Need, members: Iterable[tuple[Person, PersonCapacity]], min_share: int = MIN_SHARE
    ) -> tuple[Candidate, ...]:
        window, weeks, least_share = need.weeks, tuple(need.weeks), min(min_share, need.share)
        days = sum(working_days(week, self._days_off) for week in weeks)
        elsewhere = self._elsewhere(need)
        candidates = []
        for person, all_figures in members:
            figures = all_figures.within(window)
            others = elsewhere.get(person.id, figures.projects)
            candidates.append(_candidate(_Outlook(need, weeks, person, figures, others, days), least_share))
        return tuple(sorted(candidates, key=_place))

    def _elsewhere(self, need: Need) -> dict[int, tuple[int, ...]]:
        """Of those who work on the project of the need already: how many other projects they are on, week by week."""
        there = {booking.person_id for booking in self._booked if booking.project_id == need.project_id}
        if not there:
            return {}
        persons = (person for person, _figures in self._members if person.id in there)
        others = (booking for booking in self._booked if booking.project_id != need.project_id)
        return {each.person_id: each.projects for each in capacities(persons, others, need.weeks)}


def _place(candidate: Candidate) -> tuple[int, bool, int, int, int, int]:
    return (
        candidate.fit.gap,
        not candidate.fully_free,
        -candidate.share,
        candidate.projects,
        candidate.fit.surplus,
        candidate.person_id,
    )


@dataclass(frozen=True)
class _Outlook:
    """A person's weeks as seen from a need; all tuples have one value for each week of its window."""

    need: Need
    weeks: tuple[Week, ...]
    person: Person
    figures: PersonCapacity
    other_projects: tuple[int, ...]
    working_days: int

    @cached_property
    def free(self) -> tuple[int, ...]:
        return tuple(max(0, share) for share in self.figures.free)

    @cached_property
    def full(self) -> tuple[bool, ...]:
        share = self.need.share
        return tuple(free >= share for free in self.free)

    @cached_property
    def work(self) -> tuple[int, ...]:
        """What the free share delivers in each week, at most at the need's share."""
        full_time, most = tenths(self.person.full_time_hours), self.need.share
        return tuple(
            min(share, most) * full_time * days for share, days in zip(self.free, self.figures.presence, strict=True)
        )

    @property
    def weeks_on_project(self) -> int:
        counts = zip(self.figures.projects, self.other_projects, strict=True)
        return sum(together > others for together, others in counts)

    def projects(self, weeks: WeekRange) -> int:
        begin = weeks.first - self.need.first
        return 1 + max(self.other_projects[begin : begin + len(weeks)])


def _candidate(outlook: _Outlook, least_share: int) -> Candidate:
    need, person, free = outlook.need, outlook.person, outlook.free
    weeks, fully_free = _bookable(outlook)
    begin = weeks.first - need.first
    throughout = min(need.share, *free[begin : begin + len(weeks)])
    return Candidate(
        person_id=person.id,
        fit=fit(person, need),
        weeks=weeks,
        share=throughout if throughout >= least_share else 0,
        fully_free=fully_free,
        free=free,
        full_weeks=tuple(compress(outlook.weeks, outlook.full)),
        deliverable=sum(outlook.work),
        projects=outlook.projects(weeks),
        max_parallel=person.max_parallel,
        outlook=outlook,
    )


def _bookable(outlook: _Outlook) -> tuple[WeekRange, bool]:
    """The weeks to offer, and whether the whole need could be taken in them."""
    need = outlook.need
    if need.kind is NeedKind.STEADY:
        return need.weeks, all(outlook.full)
    work, demanded = outlook.work, demanded_work(need)
    best, most = need.weeks, 0
    for is_full, group in groupby(range(len(work)), key=outlook.full.__getitem__):
        places = list(group) if is_full else []
        delivered = 0
        for place in places:
            delivered += work[place]
            run = WeekRange(need.first + places[0], need.first + place)
            if delivered >= demanded:
                return run, True
            if delivered > most:
                best, most = run, delivered
    return best, False


def _level_reason(fit: Fit) -> Reason:
    return {
        FitState.MATCHES: Reason(Fact.LEVEL_MATCHES, fit.held),
        FitState.ABOVE: Reason(Fact.LEVEL_ABOVE, fit.surplus),
        FitState.BELOW: Reason(Fact.LEVEL_BELOW, fit.required - fit.best),
        FitState.LAPSES: Reason(Fact.LEVEL_LAPSES, fit.best),
        FitState.MISSING: Reason(Fact.SKILL_MISSING, fit.required),
    }[fit.state]


def _reasons(candidate: Candidate, outlook: _Outlook) -> Iterator[Reason]:
    yield _level_reason(candidate.fit)
    if candidate.fully_free:
        yield Reason(Fact.FULLY_FREE, candidate.share)
    else:
        yield Reason(Fact.PARTLY_FREE, len(candidate.full_weeks))
    if weeks_outside := outlook.figures.pool_share.count(0):
        yield Reason(Fact.OUTSIDE_POOL, weeks_outside)
    if candidate.share == 0 < candidate.least_free:
        yield Reason(Fact.BELOW_MINIMUM_SHARE, candidate.least_free)
    if candidate.too_many_parallel:
        yield Reason(Fact.TOO_MANY_PARALLEL, candidate.projects)
    if outlook.weeks_on_project:
        yield Reason(Fact.ON_PROJECT_ALREADY, outlook.weeks_on_project)
    if away := outlook.working_days - sum(outlook.figures.presence):
        yield Reason(Fact.ABSENT, away)
