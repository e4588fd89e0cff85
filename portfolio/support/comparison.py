"""What a counter-offer changes, need by need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic, Protocol, TypeVar


class Wanted(Protocol):
    """A need, stored or on record."""

    @property
    def skill_id(self) -> int: ...


Row = TypeVar("Row", bound=Wanted)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """A need as asked for and what is offered in its place; one of them may be missing."""

    asked: Row | None
    offered: Row | None

    @property
    def need(self) -> Row | None:
        return self.asked or self.offered

    @property
    def changed(self) -> frozenset[str]:
        """Names of what differs, where both are there."""
        if self.asked is None or self.offered is None:
            return frozenset()
        names = ("level", "kind", "share", "person_days", "from_week", "to_week", "priority", "mandatory")
        return frozenset(name for name in names if getattr(self.asked, name) != getattr(self.offered, name))


def pairs(asked: Sequence[Row], offered: Sequence[Row]) -> Iterator[Pair[Row]]:
    """Needs of the same skill side by side, in the order asked; what has no partner stands alone."""
    skills = dict.fromkeys(need.skill_id for need in (*asked, *offered))
    for skill_id in skills:
        before = [need for need in asked if need.skill_id == skill_id]
        after = [need for need in offered if need.skill_id == skill_id]
        yield from (Pair(one, other) for one, other in zip_longest(before, after))
