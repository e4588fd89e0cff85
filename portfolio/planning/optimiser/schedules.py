"""The best schedule of every person at given prices: which needs to take, and when.

A schedule is a set of options of one person that fit together. It is put together option by option in the order of
their first weeks. Where two beginnings leave the same assignments running, only the better one is followed; where the
rest of a beginning cannot reach what is known already (see `relaxation.Potential`), it is dropped. All persons advance
together, one option each, so that a step is a handful of array operations however many persons there are.

This is a dynamic programme over labels, as used for resource-constrained shortest paths (Irnich and Desaulniers 2005),
with completion bounds from linear relaxation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from portfolio.planning.optimiser.labels import (
    COUNT,
    COUNT_MASK,
    LAST,
    MARK,
    MARK_MASK,
    SHARE_MASK,
    UNTIL,
    UNTIL_MASK,
    Labels,
    Log,
    Schedule,
    hashed,
)
from portfolio.planning.optimiser.options import Options
from portfolio.planning.optimiser.relaxation import Potential
from portfolio.planning.optimiser.room import Bools, Floats, Ints, before, best_of_each

EPSILON: Final = 1e-6
MOST_RUNNING: Final = 5
"""Assignments that end in different weeks and run at once; schedules with more are not looked for."""
MOST_LABELS: Final = 20_000
"""Beginnings followed side by side, all persons together; more take memory and time without end."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a schedule is worth: the sum of its options less `parallel` for each week with more than one assignment."""

    option: Floats
    parallel: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """`best` has for each person the worth of the best schedule, or what was known before where none is better."""

    best: Floats
    schedules: tuple[Schedule, ...]
    complete: Bools
    """Whose best is proven to be the best."""


class Scheduler:
    """Finds schedules made of `options`."""

    def __init__(self, options: Options, most_labels: int = MOST_LABELS) -> None:
        self._options, self._most_labels = options, most_labels
        self._persons, self._weeks = options.room.free.shape
        self._mark, self._until = _memory(options)
        self._slots = self._most_slots()
        taken = np.array([[0] * self._weeks] * self._persons, dtype=np.int64).reshape(self._persons, self._weeks)
        places = {person.id: place for place, person in enumerate(options.instance.persons)}
        for lock in options.instance.locked:
            taken[places[lock.person], lock.first : lock.last + 1] += 1
        self._alone = before(taken == 1)
        self._idle = before(taken == 0)

    def quick(self, prices: Prices, most: int) -> Found:
        """Good schedules: of each person, only the `most` options of most worth are looked at."""
        good = np.flatnonzero(prices.option > EPSILON)
        places = good[best_of_each(self._options.person[good], prices.option[good], most)]
        return _Sweep(self, places, prices, np.zeros(self._persons)).best()

    def best(self, prices: Prices, potential: Potential, known: Floats) -> Found:
        """The best schedule of every person who has a better one than is `known`."""
        places = np.flatnonzero((prices.option > EPSILON) & potential.promising(known))
        return _Sweep(self, places, prices, known, potential).best()

    def all_above(
        self, prices: Prices, potential: Potential, floor: Floats, most: int, among: Bools | None = None
    ) -> tuple[Schedule, ...] | None:
        """Every schedule (of options `among` these) worth more than the `floor` of its person.

        None when that takes over `most` beginnings, or a tenth of these would be followed side by side.
        """
        may = potential.promising(floor)
        places = np.flatnonzero(may if among is None else may & among)
        return _Sweep(self, places, prices, floor, potential).everything(most)

    def parallel_weeks(self, schedule: Schedule) -> int:
        """Weeks with more than one assignment that a schedule makes, over those the locks have already."""
        count = np.zeros(self._weeks, dtype=np.int64)
        for place in schedule:
            count[self._options.first[place] : self._options.last[place] + 1] += 1
        person = self._options.person[schedule[0]]
        alone, idle = np.diff(self._alone[person]), np.diff(self._idle[person])
        return int(((count >= 1) & (alone == 1)).sum() + ((count >= 2) & (idle == 1)).sum())

    def _most_slots(self) -> int:
        if not len(self._options):
            return 1
        by_share = int(self._options.room.free.max()) // int(self._options.share.min())
        running = max(1, min(by_share, int(self._options.room.parallel.max()), MOST_RUNNING))
        remembered = MOST_RUNNING if (self._until > self._options.last).any() else 0
        return running + remembered


def _memory(options: Options) -> tuple[Ints, Ints]:
    """What a schedule must remember of an option so as not to take its need twice, and until which week.

    The need plus 1, or 0 where the person has no other option for it; until the option ends, or the last one for the
    need begins.
    """
    pair = options.person * (len(options.instance.needs) + 1) + options.need
    pairs, inverse, count = np.unique(pair, return_inverse=True, return_counts=True)
    latest = np.zeros(len(pairs), dtype=np.int64)
    np.maximum.at(latest, inverse, options.first)
    mark = np.where(count[inverse] > 1, options.need + 1, 0)
    return mark, np.maximum(options.last, latest[inverse])


class _Sweep:
    """One pass over the options at `places`, all persons side by side."""

    def __init__(
        self, scheduler: Scheduler, places: Ints, prices: Prices, known: Floats, potential: Potential | None = None
    ) -> None:
        self._of = scheduler
        self._options, self._room = scheduler._options, scheduler._options.room
        self._places, self._prices, self._potential = places, prices, potential
        self._best = known.copy()
        self._end = np.full(len(known), -1)
        self._complete = np.full(len(known), potential is not None)
        self._log = Log()
        self._count = np.bincount(self._options.person[places], minlength=len(known))
        self._begin = np.concatenate([[0], self._count.cumsum()])
        self._rest = potential.rest(places) if potential else None

    def best(self) -> Found:
        labels = self._start()
        for step in range(int(self._count.max(initial=0))):
            labels = self._merged(labels.keep(self._count[labels.person] > step), step)
            labels = self._promising(labels, step)
            grown = self._extended(labels, step)
            self._note_best(grown)
            labels = self._thinned(labels.join(grown))
        return Found(self._best, self._log.schedules(self._end[self._end >= 0].tolist()), self._complete)

    def everything(self, most: int) -> tuple[Schedule, ...] | None:
        labels, ends = self._start(), []
        for step in range(int(self._count.max(initial=0))):
            labels = self._expired(labels.keep(self._count[labels.person] > step), step)[0]
            labels = self._promising(labels, step, strict=False)
            grown = self._extended(labels, step)
            ends.append(grown.last[grown.worth > self._best[grown.person] + EPSILON])
            labels = labels.join(grown)
            if self._log.size > most or 10 * len(labels.person) > most:
                return None
        if not self._complete.all():
            return None
        return self._log.schedules(np.concatenate(ends).tolist()) if ends else ()

    def _start(self) -> Labels:
        persons = np.flatnonzero(self._count)
        slots = np.zeros((len(persons), self._of._slots), dtype=np.int64)
        return Labels(persons, np.zeros(len(persons)), slots, np.full(len(persons), -1))

    def _option(self, labels: Labels, step: int) -> Ints:
        """The option each label is asked to take in this step."""
        option: Ints = self._places[self._begin[labels.person] + step]
        return option

    def _expired(self, labels: Labels, step: int) -> tuple[Labels, bool]:
        """Without what has ended, and need not be remembered, when the next option begins."""
        first = self._options.first[self._option(labels, step)]
        over = (labels.running > 0) & (((labels.running >> UNTIL) & UNTIL_MASK) < first[:, None])
        if not over.any():
            return labels, False
        running = np.where(over, 0, labels.running)
        running.sort(axis=1)
        return Labels(labels.person, labels.worth, running, labels.last), True

    def _merged(self, labels: Labels, step: int) -> Labels:
        """Of beginnings after which the same still runs, the best alone."""
        labels, changed = self._expired(labels, step)
        joined = ((labels.running >> COUNT) & COUNT_MASK) > 1
        if not changed and not joined.any():
            return labels  # they all differ: each new one holds an option that none held before
        order = np.argsort(-labels.worth, kind="stable")
        _, first = np.unique(hashed(labels)[order], return_index=True)
        return labels.keep(np.sort(order[first]))

    def _promising(self, labels: Labels, step: int, *, strict: bool = True) -> Labels:
        """Those that may still lead to something better than is known."""
        keep = np.ones(len(labels.person), dtype=np.bool_)
        if strict:
            idle = labels.running[:, -1] == 0
            by_idle = np.full(len(self._best), -np.inf)
            by_idle[labels.person[idle]] = labels.worth[idle]
            keep = idle | (labels.worth > by_idle[labels.person] + EPSILON)
        if self._potential is not None and self._rest is not None:
            place = self._begin[labels.person] + step
            first = self._options.first[self._places[place]]
            ahead = self._potential.ahead(labels.person, first) + self._rest[place]
            running = labels.running
            ahead -= self._potential.taken(
                labels.person, first, running >> LAST, running & SHARE_MASK, (running >> COUNT) & COUNT_MASK
            )
            keep &= labels.worth + ahead > self._best[labels.person] + EPSILON
        return labels.keep(keep)

    def _thinned(self, labels: Labels) -> Labels:
        """Where they become too many, of each person the ones worth most so far: the best is then not proven."""
        if len(labels.person) <= self._of._most_labels:
            return labels
        number = np.bincount(labels.person, minlength=len(self._best))
        most = max(self._of._most_labels // int((number > 0).sum()), 1)
        self._complete[number > most] = False
        return labels.keep(best_of_each(labels.person, labels.worth, most))

    def _extended(self, labels: Labels, step: int) -> Labels:
        """The beginnings that can take the next option, with it."""
        option = self._option(labels, step)
        running = labels.running
        mark = self._of._mark[option]
        fits = ~((mark[:, None] > 0) & (((running >> MARK) & MARK_MASK) == mark[:, None])).any(axis=1)
        fits &= self._fits(labels.person, option, running)
        chosen = np.flatnonzero(fits)
        labels, option, mark = labels.keep(chosen), option[chosen], mark[chosen]
        running, roomy = self._with(labels.running, option, mark)
        if not roomy.all():
            self._complete[labels.person[~roomy]] = False
            labels, option, running = labels.keep(roomy), option[roomy], running[roomy]
        worth = labels.worth + self._prices.option[option]
        if self._prices.parallel:
            worth = worth - self._prices.parallel * self._new_parallel(labels, option)
        return Labels(labels.person, worth, running, self._log.add(option, labels.last))

    def _fits(self, person: Ints, option: Ints, running: Ints) -> Bools:
        """Whether share and number fit beside what runs, in every week until the last of it ends."""
        first, last = self._options.first[option], self._options.last[option]
        share = self._options.share[option] + (running & SHARE_MASK).sum(axis=1)
        number = 1 + ((running >> COUNT) & COUNT_MASK).sum(axis=1)
        fits = np.ones(len(option), dtype=np.bool_)
        for slot in range(running.shape[1]):  # by last week, unused slots first
            part = running[:, slot]
            used = part > 0
            until = np.where(used, np.minimum(part >> LAST, last), first)
            from_week = np.minimum(first, until)
            enough = (self._room.least_free[person, from_week, until] >= share) & (
                self._room.least_parallel[person, from_week, until] >= number
            )
            fits &= enough | ~used | (until < first)
            share = share - (part & SHARE_MASK)
            number = number - ((part >> COUNT) & COUNT_MASK)
            first = np.where(used, np.maximum(first, np.minimum((part >> LAST) + 1, last + 1)), first)
        return fits

    def _with(self, running: Ints, option: Ints, mark: Ints) -> tuple[Ints, Bools]:
        """What runs with the option too, and for which labels there was a slot for it."""
        share = self._options.share[option]
        slot = (self._options.last[option] << LAST) + (self._of._until[option] << UNTIL) + (mark << MARK)
        same = (mark[:, None] == 0) & (running > 0) & ((running >> MARK) == (slot >> MARK)[:, None])
        joins = same.any(axis=1)
        roomy = joins | (running[:, 0] == 0)
        grown = running.copy()
        grown[same] += np.repeat(share + (1 << COUNT), same.sum(axis=1))
        fresh = ~joins & roomy
        grown[fresh, 0] = slot[fresh] + (1 << COUNT) + share[fresh]
        grown.sort(axis=1)
        return grown, roomy

    def _new_parallel(self, labels: Labels, option: Ints) -> Ints:
        """Weeks in which the option makes a second assignment: of the schedule, or beside one that is locked."""
        first, last, person = self._options.first[option], self._options.last[option], labels.person
        ends = np.maximum(np.where(labels.running > 0, labels.running >> LAST, -1), first[:, None] - 1)
        longest = np.minimum(ends[:, -1], last)
        several = ((labels.running[:, -1] >> COUNT) & COUNT_MASK) > 1
        second = ends[:, -2] if ends.shape[1] > 1 else first - 1
        second = np.minimum(np.where(several, ends[:, -1], second), longest)
        beside = self._of._idle[person, longest + 1] - self._of._idle[person, second + 1]
        locked = self._of._alone[person, last + 1] - self._of._alone[person, longest + 1]
        weeks: Ints = beside + locked
        return weeks

    def _note_best(self, labels: Labels) -> None:
        better = np.flatnonzero(labels.worth > self._best[labels.person] + EPSILON)
        better = better[np.argsort(labels.worth[better], kind="stable")]
        person = labels.person[better]
        self._best[person] = labels.worth[better]
        self._end[person] = labels.last[better]
