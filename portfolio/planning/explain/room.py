"""What assignments leave of persons, week by week, asked many thousand times: weeks are bits of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.planning.instance import Assignment, Instance

NO_LIMIT = 10**6


class Room:
    """Free share and free places of every person, beside `taken`. Without `limits`, as many as fit may run at once."""

    def __init__(self, instance: Instance, taken: Iterable[Assignment], *, limits: bool = True) -> None:
        self._free = {person.id: list(person.free) for person in instance.persons}
        most = {person.id: person.max_parallel if limits else None for person in instance.persons}
        self._places = {name: [NO_LIMIT if limit is None else limit] * instance.weeks for name, limit in most.items()}
        self._masks: dict[tuple[str, int], int] = {}
        self._begins: dict[tuple[str, int, int], int] = {}
        for part in taken:
            for week in part.weeks:
                self._free[part.person][week] -= part.share
                self._places[part.person][week] -= 1

    def of(self, person: str) -> tuple[list[int], list[int]]:
        """By week the share that is free, and how many assignments may still begin."""
        return self._free[person], self._places[person]

    def weeks(self, person: str, share: int) -> int:
        """The weeks in which the person could do that much more, as bits."""
        key = (person, share)
        found = self._masks.get(key)
        if found is None:
            weeks = enumerate(zip(*self.of(person), strict=True))
            found = self._masks[key] = sum(1 << week for week, (free, places) in weeks if free >= share and places > 0)
        return found

    def begins(self, person: str, share: int, length: int) -> int:
        """The weeks, as bits, in which an assignment of so many weeks could begin."""
        key = (person, share, length)
        found = self._begins.get(key)
        if found is None:
            found, done = self.weeks(person, share), 1
            while done < length:  # runs of `done` weeks, put together to longer ones
                step = min(done, length - done)
                found, done = found & found >> step, done + step
            self._begins[key] = found
        return found

    def fits(self, part: Assignment) -> bool:
        window = bits(part.first, part.last)
        return self.weeks(part.person, part.share) & window == window

    def lacking(self, part: Assignment) -> int:
        """The weeks of the assignment in which it does not fit, as bits."""
        return bits(part.first, part.last) & ~self.weeks(part.person, part.share)


def bits(first: int, last: int) -> int:
    """Weeks from first to last."""
    return (1 << last + 1) - (1 << first)


def weeks_of(bits: int) -> tuple[int, ...]:
    """The weeks that bits stand for."""
    return tuple(week for week in range(bits.bit_length()) if bits >> week & 1)
