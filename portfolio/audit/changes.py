"""What a transaction does to each object, net over all its flushes. Values in, values out; no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portfolio.audit.models import Verb

HIDDEN = "•••"
"""Stands for a secret: that it was set is logged, never to what."""

Key = tuple[str, int]
Values = dict[str, list[Any]]
"""{column: [before, after]}"""


@dataclass
class Change:
    """An object before and after. `existed` and `exists` tell creation, change and deletion apart."""

    object_type: str
    object_id: int
    existed: bool = True
    exists: bool = True
    exported: bool = False
    project_id: int | None = None
    person_id: int | None = None
    owner: Key | None = None
    """What the object is a part of: says which project or person it concerns, where its own row does not."""
    made_by: int | None = None
    made_at: datetime | None = None
    """Who made it and when, where that was neither now nor on behalf of whoever commits it to the log."""
    values: Values = field(default_factory=dict)

    @property
    def verb(self) -> Verb | None:
        """What is left to log; None when the object is as it was, or came and went."""
        if self.exported:
            return Verb.EXPORTED
        if self.existed and self.exists:
            return Verb.CHANGED if self.differing() else None
        if self.existed:
            return Verb.DELETED
        return Verb.CREATED if self.exists else None

    def differing(self) -> Values:
        return {name: pair for name, pair in self.values.items() if pair[0] != pair[1] or pair[0] == HIDDEN}

    def absorb(self, later: "Change") -> None:
        """Take in what happened next to the same object."""
        self.exists = later.exists
        for name, (before, after) in later.values.items():
            first = self.values[name][0] if name in self.values else before
            self.values[name] = [first, after]
        self.project_id = later.project_id
        self.person_id = later.person_id


class Changes:
    """The changes of one transaction or savepoint, in the order in which objects were first touched."""

    def __init__(self) -> None:
        self._all: list[Change] = []
        self._latest: dict[Key, Change] = {}

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all)

    def note(self, change: Change) -> None:
        """Add a change, or merge it with what is known of the object already."""
        key = (change.object_type, change.object_id)
        known = self._latest.get(key)
        # A row created after one was deleted is another object, though SQLite may give it the same id.
        if known is None or change.exported or not (change.existed or known.exists):
            self._all.append(change)
            self._latest[key] = change
        else:
            known.absorb(change)

    def take(self) -> list[Change]:
        """All of them, as if nothing had happened yet."""
        taken, self._all, self._latest = self._all, [], {}
        return taken

    def put_first(self, changes: Iterable[Change]) -> None:
        """Changes of an earlier transaction, to be logged before these; what happens now is not merged with them."""
        self._all[:0] = changes

    def find(self, key: Key) -> Change | None:
        return self._latest.get(key)
