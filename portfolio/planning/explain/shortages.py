"""Needs that want more, in some weeks, than all who may take them can give: a proof with sums alone.

In a week, needs that must run in it, wherever in their windows they begin, ask for their shares. Everybody who may take
any of them can give at most the largest sum of some of these shares that is free, in as many assignments as may run at
once; where needs may be shared, all that is free. Locked assignments are taken off before. If the sum of the one
exceeds the sum of the other, these needs cannot all be covered, whomever one takes. It is a Hall condition, with what
is usable in place of heads (P. Hall 1935); `flow` draws the same sums for charts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from portfolio.planning.explain.room import Room
from portfolio.planning.explain.values import Shortage
from portfolio.planning.explain.ways import eligible, latest_week, share_of, splits
from portfolio.planning.instance import Instance, Need, Person
from portfolio.planning.problem import NeedKind

Wish: TypeAlias = object
"""The skill, or who is named: needs of equal wishes compete."""


@dataclass(frozen=True)
class Shortages:
    """Proofs of shortage in an instance, whatever the plan."""

    instance: Instance

    def of(self, need: Need) -> Shortage | None:
        """A proof that the need and others of its wish cannot all be covered: few needs, many weeks; or None.

        Tried are all needs of the same skill from a level on and from a share on.
        """
        last = min(latest_week(need), self.instance.weeks - 1)
        weeks = [week for week in range(need.first, last + 1) if self.demand(need, week)]
        for level, share in self._floors(need):
            short = [week for week in weeks if self._is_short(_wish(need), level, share, week)]
            if short:
                first, end = _longest_run(short)
                rivals = self._running(_wish(need), level, share, range(first, end + 1))
                return self.sums((rival.id for rival in rivals), first, end)
        return None

    def sums(self, needs: Iterable[str], first: int, last: int) -> Shortage:
        """What the needs ask for and what there is, in these weeks; a proof where `demand` exceeds `usable`."""
        wanted = [self._needs[name] for name in sorted(set(needs))]
        demand = free = usable = 0
        able: set[str] = set()
        for week in range(first, last + 1):
            running = [need for need in wanted if self.demand(need, week)]
            demand += sum(self.demand(need, week) for need in running)
            for person in self.instance.persons:
                own = [need for need in running if eligible(need, person)]
                if own:
                    able.add(person.id)
                    free += self._free(person, week)
                    usable += self._usable(own, person, week)
        return Shortage(tuple(need.id for need in wanted), first, last, demand, free, usable, len(able))

    def demand(self, need: Need, week: int) -> int:
        """The share that the need takes in a week at least, wherever it begins, beside its locks. A volume has none."""
        if need.kind is NeedKind.VOLUME or not need.starts[-1] <= week <= need.last:
            return 0
        if need.id not in self._locked:
            return self._least_share[need.id]
        if not splits(self.instance, need):
            return 0
        done = sum(lock.share for lock in self.instance.locked if lock.need == need.id and week in lock.weeks)
        return max(0, need.share - done)

    def _usable(self, needs: Sequence[Need], person: Person, week: int) -> int:
        """The most that the person can give to some of the needs."""
        free, places = (row[week] for row in self._room.of(person.id))
        if any(splits(self.instance, need) for need in needs):
            least = min(min(self.instance.rules.min_share, share_of(need, person)) for need in needs)
            return free if free >= least and places > 0 else 0
        shares = tuple(share_of(need, person) for need in needs)
        return _largest_sum(_reached(shares, places), free, places)

    def _is_short(self, wish: Wish, level: int, share: int, week: int) -> bool:
        key = (wish, level, share, week)
        if key not in self._known:
            running = self._running(wish, level, share, range(week, week + 1))
            demand = sum(self.demand(need, week) for need in running)
            self._known[key] = demand > self._most(running, level, week)
        return self._known[key]

    def _most(self, running: Sequence[Need], level: int, week: int) -> int:
        """What all can give who may take any of the needs, whose lowest level this is."""
        if not running:
            return 0
        lowest = min(running, key=lambda need: need.level)
        if running[0].candidates is not None or splits(self.instance, running[0]):
            return sum(self._usable(running, person, week) for person in self._able(lowest))
        total = 0
        shares = tuple(need.share for need in running)
        sums: dict[int, list[int]] = {}
        for person in self._able(lowest):
            free, places = (row[week] for row in self._room.of(person.id))
            places = min(places, len(shares))
            if places not in sums:
                sums[places] = _reached(shares, places)
            # Whoever lacks the level of some of the needs is counted as if not: that only weakens the proof.
            total += _largest_sum(sums[places], free, places)
        return total

    def _able(self, need: Need) -> list[Person]:
        key = (_wish(need), need.level)
        if key not in self._persons:
            self._persons[key] = [person for person in self.instance.persons if eligible(need, person)]
        return self._persons[key]

    def _floors(self, need: Need) -> Iterator[tuple[int, int]]:
        """Levels and shares from which on needs are taken together, those of the fewest needs first."""
        rivals = self._of_wish[_wish(need)]
        levels = {rival.level for rival in rivals if rival.level <= need.level}
        own = self._least_share[need.id]
        shares = {self._least_share[rival.id] for rival in rivals if self._least_share[rival.id] <= own}
        pairs = ((level, share) for level in levels for share in shares)
        return iter(sorted(pairs, key=lambda pair: (sum(self._belongs(rival, *pair) for rival in rivals), pair)))

    def _running(self, wish: Wish, level: int, share: int, weeks: range) -> list[Need]:
        rivals = (rival for rival in self._of_wish[wish] if self._belongs(rival, level, share))
        return [rival for rival in rivals if any(self.demand(rival, week) for week in weeks)]

    def _belongs(self, need: Need, level: int, share: int) -> bool:
        return need.level >= level and self._least_share[need.id] >= share

    def _free(self, person: Person, week: int) -> int:
        return self._room.of(person.id)[0][week]

    @cached_property
    def _room(self) -> Room:
        return Room(self.instance, self.instance.locked)

    @cached_property
    def _needs(self) -> dict[str, Need]:
        return {need.id: need for need in self.instance.needs}

    @cached_property
    def _locked(self) -> frozenset[str]:
        return frozenset(lock.need for lock in self.instance.locked)

    @cached_property
    def _known(self) -> dict[tuple[Wish, int, int, int], bool]:
        return {}

    @cached_property
    def _persons(self) -> dict[tuple[Wish, int], list[Person]]:
        return {}

    @cached_property
    def _of_wish(self) -> dict[Wish, list[Need]]:
        found = defaultdict(list)
        for need in self.instance.needs:
            found[_wish(need)].append(need)
        return found

    @cached_property
    def _least_share(self) -> dict[str, int]:
        found = {}
        for need in self.instance.needs:
            found[need.id] = min((candidate.share for candidate in need.candidates or ()), default=need.share)
        return found


def _wish(need: Need) -> Wish:
    if need.candidates is None:
        return need.skill
    return frozenset(candidate.person for candidate in need.candidates)


def _reached(shares: Sequence[int], most: int) -> list[int]:
    """By how many shares are added, 0 to `most`: the sums there are, as bits."""
    sums = [1] + [0] * min(most, len(shares))
    for share in shares:
        for number in range(len(sums) - 1, 0, -1):
            sums[number] |= sums[number - 1] << share
    return sums


def _largest_sum(sums: Sequence[int], free: int, places: int) -> int:
    """The largest sum of at most `places` shares that is no more than what is free."""
    if places < 1:
        return 0
    allowed = (1 << free + 1) - 1
    return max((reached & allowed).bit_length() - 1 for reached in sums[: places + 1] if reached & allowed)


def _longest_run(weeks: list[int]) -> tuple[int, int]:
    """The longest run of weeks without a gap, the earliest of several."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    longest = max(runs, key=lambda run: (len(run), -run[0]))
    return longest[0], longest[-1]
