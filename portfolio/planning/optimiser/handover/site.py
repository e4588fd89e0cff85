"""A need of mode *handover* while its parts are taken and dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from portfolio.planning.instance import DAYS_PER_WEEK
from portfolio.planning.optimiser.handover.parts import Field, Wanted
from portfolio.planning.optimiser.room import Bools, Ints


class Part(NamedTuple):
    """Places of need and person in the instance, weeks, percent."""

    need: int
    person: int
    first: int
    last: int
    share: int


@dataclass
class Site:
    """What is still wanted; arrays over weeks begin with week `begin` of the instance."""

    place: int
    wanted: Wanted
    weight: int
    begin: int
    left: Ints
    """Percent wanted in each week."""
    work: int
    """Share-days wanted of a volume."""
    persons: Ints
    least: Ints
    """The least share of each person; of a need with named candidates the only one."""
    fewest_weeks: int
    spans: Bools
    """First x last weeks that a part may have."""
    parts: list[Part] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The week after the last in which it may be worked at."""
        return self.begin + len(self.left)

    @property
    def is_open(self) -> bool:
        """Whether somebody more may join, and there is something to do."""
        if len(self.parts) >= self.wanted.persons:
            return False
        return self.wanted.whole or bool((self.left >= self.least[0]).any())

    @property
    def open_work(self) -> int:
        """Weighted share-days not done, holidays not taken off."""
        if self.wanted.whole:
            return 0 if self.parts else self.weight * self.wanted.need.demand
        if self.wanted.volume:
            return self.weight * self.work
        return self.weight * DAYS_PER_WEEK * int(self.left.sum())

    def allowed(self, begin: int, end: int) -> Bools:
        """The spans of weeks from `begin` until before `end` that lie in one window with the parts there are."""
        weeks = slice(begin - self.begin, end - self.begin)
        if not self.parts or len(self.wanted.starts) == 1:
            return self.spans[weeks, weeks]
        week = np.arange(begin, end)
        first = np.minimum(week, min(part.first for part in self.parts))[:, None]
        last = np.maximum(week, max(part.last for part in self.parts))
        start = np.minimum(first, self.wanted.starts[-1])
        return np.asarray(self.spans[weeks, weeks] & (last < start + self.wanted.need.length))

    def book(self, part: Part, work: int, sign: int) -> int:
        """Note that a part that does so much work is taken (1) or dropped (-1); the change of what it is worth."""
        if sign > 0:
            self.parts.append(part)
        else:
            self.parts.remove(part)
        if self.wanted.whole:
            return sign * self.weight * self.wanted.need.demand
        self.left[part.first - self.begin : part.last + 1 - self.begin] -= sign * part.share
        self.work -= sign * work
        return sign * self.weight * work


def sites_of(work: Field) -> dict[int, Site]:
    """A site for each need that somebody may take a part of, by its place."""
    found = (_site(work, place, wanted) for place, wanted in work.wanted(range(len(work.instance.needs))))
    return {site.place: site for site in found if site.persons.size}


def _site(work: Field, place: int, wanted: Wanted) -> Site:
    need, rules = wanted.need, work.instance.rules
    eligible = work.eligible(place)
    names = [work.instance.persons[person].id for person in eligible[0].tolist()]
    eligible = eligible[:, np.array([name not in wanted.taken for name in names], dtype=np.bool_)]
    begin = need.first if wanted.volume else wanted.starts[0]
    left = wanted.share[begin : wanted.last + 1].copy()
    first, last = np.ogrid[: len(left), : len(left)]
    weeks = last - first + 1
    least = eligible[1] if wanted.whole else np.full(eligible.shape[1], min(rules.min_share, need.share))
    fewest = need.length if wanted.whole else min(rules.min_segment_weeks, need.length)
    spans = (weeks >= fewest) & (weeks <= need.length)
    weight = work.instance.weight(need)
    return Site(place, wanted, weight, begin, left, wanted.work, eligible[0], least, fewest, spans)
