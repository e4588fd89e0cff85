"""How much of what was asked for got people: the served share.

Asked for is the work of needs that were taken on and of needs that were turned down. Booked is what assignments take of
the needs taken on, as shares were planned and not as hours are delivered: a public holiday or somebody's absence is
nobody's disadvantage. A steady need counts at most what it demands in each week, a volume at most its person-days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portfolio.planning.coverage import demanded_work, open_shares
from portfolio.planning.problem import FULL_TIME_HOURS, Assignment, Need, NeedKind, hours, tenths
from portfolio.planning.weeks import WORKING_DAYS_PER_WEEK


@dataclass(frozen=True, slots=True)
class Served:
    """What somebody asked for and was answered on, as work (see `problem`)."""

    taken_on: int = 0
    turned_down: int = 0
    booked: int = 0
    """Of what was taken on."""

    @property
    def asked(self) -> int:
        return self.taken_on + self.turned_down

    @property
    def taken_on_hours(self) -> float:
        return hours(self.taken_on)

    @property
    def turned_down_hours(self) -> float:
        return hours(self.turned_down)

    @property
    def asked_hours(self) -> float:
        return hours(self.asked)

    @property
    def booked_hours(self) -> float:
        return hours(self.booked)

    @property
    def percent(self) -> int | None:
        """The served share in whole percent, 100 only when nothing is lacking; None before anything was asked for."""
        return self.booked * 100 // self.asked if self.asked else None

    def if_taken_on(self, work: int, bookable: int) -> Served:
        """The same once `work` more is taken on and as much as can be is booked."""
        return replace(self, taken_on=self.taken_on + work, booked=self.booked + bookable)

    def if_turned_down(self, work: int) -> Served:
        return replace(self, turned_down=self.turned_down + work)


def together(parts: Iterable[Served]) -> Served:
    """Several as one: whoever asks for more weighs more."""
    whole = Served()
    for part in parts:
        whole = Served(whole.taken_on + part.taken_on, whole.turned_down + part.turned_down, whole.booked + part.booked)
    return whole


def booked_work(need: Need, assignments: Iterable[Assignment], full_time_hours: float = FULL_TIME_HOURS) -> int:
    """What the assignments made for the need take of it, as work."""
    own = [assignment for assignment in assignments if assignment.need_id == need.id]
    weekly = tenths(full_time_hours) * WORKING_DAYS_PER_WEEK
    if need.kind is NeedKind.STEADY:
        return sum(need.share - lacking for lacking in open_shares(need, own)) * weekly
    overlaps = ((need.weeks.overlap(assignment.weeks), assignment.share) for assignment in own)
    booked = sum(len(weeks) * share for weeks, share in overlaps if weeks is not None)
    return min(booked * weekly, demanded_work(need, full_time_hours))
