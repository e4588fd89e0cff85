"""What an answer to several needs at once would lead to: take on all, a part, what is free, or nothing.

The people free for one need are often those free for the next. What can be booked for all of them together is
therefore a maximum flow, week by week, in which everybody's free share counts once (see `flow`). It is the most there
is, whomever one takes; a volume is spread evenly over its window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio.planning.candidates import Candidate
from portfolio.planning.coverage import demanded_work, spread
from portfolio.planning.flow import Demand, distribute
from portfolio.planning.problem import FULL_TIME_HOURS, Need, hours, tenths
from portfolio.planning.served import Served
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK, WeekRange


class Choice(StrEnum):
    ACCEPT_ALL = "accept_all"
    ACCEPT_PART = "accept_part"
    """Those needs that somebody could take whole."""
    COUNTER_OFFER = "counter_offer"
    """As much of every need as can be booked."""
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Ask:
    """A need with those who have its level throughout its window."""

    need: Need
    skilled: tuple[Candidate, ...]

    @classmethod
    def of(cls, need: Need, candidates: Iterable[Candidate]) -> Ask:
        """The need with whoever of the candidates ranked for it has the level."""
        return cls(need, tuple(candidate for candidate in candidates if candidate.fit.suffices))

    @property
    def wholly_free(self) -> int:
        """How many could take the need whole."""
        return sum(candidate.fully_free and candidate.suitable for candidate in self.skilled)


@dataclass(frozen=True, slots=True)
class Consequence:
    """Where a choice leads; work as in `problem`."""

    choice: Choice
    needs: int
    """How many are taken on."""
    work: int
    """What they demand."""
    bookable: int
    """What of that can be booked at most."""
    served: Served
    """What whoever asks has been served with afterwards, if all that can be booked is booked."""

    @property
    def work_hours(self) -> float:
        return hours(self.work)

    @property
    def bookable_hours(self) -> float:
        return hours(self.bookable)

    @property
    def missing_hours(self) -> float:
        return hours(self.work - self.bookable)


def consequences(
    asks: Sequence[Ask], before: Served, full_time_hours: float = FULL_TIME_HOURS
) -> tuple[Consequence, ...]:
    """The choices there are, the most generous first. A part or an offer is named only where it differs from all."""
    everything = [demanded_work(ask.need, full_time_hours) for ask in asks]
    work = sum(everything)
    free = bookable_together(asks, full_time_hours)
    found = [_taken_on(Choice.ACCEPT_ALL, len(asks), work, sum(free), before)]
    part = [ask for ask in asks if ask.wholly_free]
    if 0 < len(part) < len(asks):
        found.append(part_taken_on(part, work, before, full_time_hours))
    if 0 < sum(free) < work:
        found.append(_taken_on(Choice.COUNTER_OFFER, sum(map(bool, free)), sum(free), sum(free), before))
    return (*found, Consequence(Choice.REJECT, 0, 0, 0, before.if_turned_down(work)))


def part_taken_on(
    part: Sequence[Ask], asked: int, before: Served, full_time_hours: float = FULL_TIME_HOURS
) -> Consequence:
    """Where it leads to take on only these of needs that demand `asked` in all, and to turn down the rest."""
    work = sum(demanded_work(ask.need, full_time_hours) for ask in part)
    free = sum(bookable_together(part, full_time_hours))
    served = before.if_turned_down(asked - work).if_taken_on(work, free)
    return Consequence(Choice.ACCEPT_PART, len(part), work, free, served)


def offered(asks: Sequence[Ask], before: Served, full_time_hours: float = FULL_TIME_HOURS) -> Consequence:
    """Where it leads when these needs are offered instead of those asked for, and the offer is taken."""
    work = sum(demanded_work(ask.need, full_time_hours) for ask in asks)
    free = sum(bookable_together(asks, full_time_hours))
    return _taken_on(Choice.COUNTER_OFFER, len(asks), work, free, before)


def bookable_together(asks: Sequence[Ask], full_time_hours: float = FULL_TIME_HOURS) -> tuple[int, ...]:
    """What each need can get at most when all are served at once, in their order; the sum is the most there is."""
    given = [0] * len(asks)
    if asks:
        weeks = WeekRange(min(ask.need.first for ask in asks), max(ask.need.last for ask in asks))
        demands = list(_demands(asks, weeks, full_time_hours))
        found = distribute(demands, _supplies(asks, weeks, tenths(full_time_hours) * WORKING_DAYS_PER_WEEK))
        for demand, by_week in zip(demands, found.given, strict=True):
            given[demand.kind] += sum(by_week.values())
    return tuple(given)


def weekly_demand(need: Need, full_time_hours: float = FULL_TIME_HOURS) -> tuple[int, ...]:
    """The work demanded in each week of the window, that of a volume spread evenly."""
    return spread(demanded_work(need, full_time_hours), len(need.weeks))


def _demands(asks: Sequence[Ask], weeks: WeekRange, full_time_hours: float) -> Iterator[Demand]:
    """Each week of each need; what somebody must be able to do for it is this need, by its place."""
    for place, ask in enumerate(asks):
        for week, work in zip(ask.need.weeks, weekly_demand(ask.need, full_time_hours), strict=True):
            yield Demand(place, work, {week - weeks.first: work})


def _supplies(asks: Sequence[Ask], weeks: WeekRange, full_week: int) -> Iterator[tuple[set[int], list[int]]]:
    """Which of the needs each person fits, and the work they have free by week."""
    fits: defaultdict[int, set[int]] = defaultdict(set)
    free: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(weeks))
    for place, ask in enumerate(asks):
        for candidate in ask.skilled:
            fits[candidate.person_id].add(place)
            for week, share in zip(ask.need.weeks, candidate.free, strict=True):
                free[candidate.person_id][week - weeks.first] = share * full_week
    return ((places, free[person_id]) for person_id, places in fits.items())


def _taken_on(choice: Choice, needs: int, work: int, bookable: int, before: Served) -> Consequence:
    return Consequence(choice, needs, work, bookable, before.if_taken_on(work, bookable))
