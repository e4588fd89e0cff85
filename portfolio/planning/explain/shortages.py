"""Needs that want more, in some weeks, than all who may take them can give: a proof with sums alone.

In a week, needs that must run in it, wherever in their windows they begin, ask for their shares. Everybody who may take
any of them can give at most the largest sum of some of these shares that is free, in as many assignments as may run at
once; where needs may be shared, all that is free. Locked assignments are taken off before. If the sum of the one
exceeds the sum of the other, these needs cannot all be covered, whomever one takes. It is a Hall condition, with what
is usable in place of heads (P. Hall 1935); `flow` draws the same sums for charts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from portfolio.planning.explain.room import Room
from portfolio.planning.explain.values import Shortage
from portfolio.planning.explain.ways import eligible, latest_week, share_of, splits
from portfolio.planning.instance import Instance, Need, Person
from portfolio.planning.problem import NeedKind

Wish: TypeAlias = object
"""The skill, or who is named: needs of equal wishes compete."""


@dataclass(frozen=True, slots=True)
class _Family:
    """Some needs of one wish: how many, which must run in each week, and in which weeks they are known to be short."""

    size: int
    running: list[list[Need]]
    short: dict[int, bool] = field(default_factory=dict)


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
        for family in self._families(need):
            short = [week for week in weeks if self._is_short(family, week)]
            if short:
                first, end = _longest_run(short)
                running = {rival.id for week in range(first, end + 1) for rival in family.running[week]}
                return self.sums(running, first, end)
        return None

    def sums(self, needs: Iterable[str], first: int, last: int) -> Shortage:
        """What the needs ask for and what there is, in these weeks; a proof where `demand` exceeds `usable`."""
        wanted = [self._needs[name] for name in sorted(set(needs))]
        weeks = range(first, last + 1)
        running = {week: {need.id: self.demand(need, week) for need in wanted} for week in weeks}
        demand = sum(sum(shares.values()) for shares in running.values())
        free = usable = 0
        able: set[str] = set()
        for person in self.instance.persons:
            may = [need for need in wanted if eligible(need, person)]
            for week in weeks if may else ():
                own = [need for need in may if running[week][need.id]]
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

    def _is_short(self, family: _Family, week: int) -> bool:
        if week not in family.short:
            running = family.running[week]
            demand = sum(self.demand(need, week) for need in running)
            family.short[week] = demand > self._at_least(running, week) and demand > self._most(running, week)
        return family.short[week]

    def _at_least(self, running: Sequence[Need], week: int) -> int:
        """A quick look at what is usable: whoever has the share of one of the needs free can give that."""
        lowest = min(running, key=lambda need: need.level)
        if lowest.candidates is not None or splits(self.instance, lowest):
            return 0
        return max(share * self._having(lowest, share)[week] for share in {need.share for need in running})

    def _having(self, need: Need, share: int) -> list[int]:
        """By week, how many who may take the need have a share free."""
        key = (_wish(need), need.level, share)
        if key not in self._counts:
            masks = [self._room.weeks(person.id, share) for person in self._able(need)]
            self._counts[key] = [sum(mask >> week & 1 for mask in masks) for week in range(self.instance.weeks)]
        return self._counts[key]

    def _most(self, running: Sequence[Need], week: int) -> int:
        """What all can give who may take any of the needs."""
        lowest = min(running, key=lambda need: need.level)
        if lowest.candidates is not None or splits(self.instance, lowest):
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

    def _families(self, need: Need) -> list[_Family]:
        """The needs of the same wish from a level on and from a share on, of which this is one, the smallest first."""
        wish, own = _wish(need), self._least_share[need.id]
        rivals = self._of_wish[wish]
        levels = sorted({rival.level for rival in rivals if rival.level <= need.level}, reverse=True)
        shares = sorted({self._least_share[rival.id] for rival in rivals}, reverse=True)
        found = (self._family(wish, level, share) for level in levels for share in shares if share <= own)
        return sorted(found, key=lambda family: family.size)

    def _family(self, wish: Wish, level: int, share: int) -> _Family:
        key = (wish, level, share)
        if key not in self._known:
            of_wish = (need for need in self._of_wish[wish] if need.level >= level)
            members = [need for need in of_wish if self._least_share[need.id] >= share]
            weeks = range(self.instance.weeks)
            running = [[need for need in members if self.demand(need, week)] for week in weeks]
            self._known[key] = _Family(len(members), running)
        return self._known[key]

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
    def _known(self) -> dict[tuple[Wish, int, int], _Family]:
        return {}

    @cached_property
    def _counts(self) -> dict[tuple[Wish, int, int], list[int]]:
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
