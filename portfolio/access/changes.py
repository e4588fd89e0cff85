"""Entries of the change log as somebody may read them: what concerns persons is hidden from whoever only audits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portfolio.access import queries
from portfolio.access.policy import Actor
from portfolio.audit import subjects
from portfolio.audit.changes import HIDDEN, Key, Values
from portfolio.audit.models import AuditEntry, Verb
from portfolio.audit.wording import Difference, Names, differences, load_names, object_words, referenced_table

_OF_ACCOUNTS = frozenset({"name", "login", "email"})
_PEOPLE = frozenset({"person", "user"})


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry in words. `erased` says that its values were deleted for data protection."""

    id: int
    at: datetime
    verb: Verb
    who: str | None
    what: str
    of_project: str | None
    differences: list[Difference]
    erased: bool


def readable_values(actor: Actor, entries: Sequence[AuditEntry]) -> dict[int, Values]:
    """The values of each entry by its id, without what `actor` may not read."""
    return _values(entries, queries.readable_entries(actor, [entry.id for entry in entries]))


def _values(entries: Sequence[AuditEntry], plainly: set[int]) -> dict[int, Values]:
    return {
        entry.id: entry.detail.values if entry.id in plainly else masked(entry)
        for entry in entries
        if entry.detail is not None
    }


def masked(entry: AuditEntry) -> Values:
    """The values of an entry, those about persons hidden."""
    values: Values = entry.detail.values if entry.detail else {}
    return {
        name: [None if value is None else HIDDEN for value in pair] if _about_people(entry, name) else pair
        for name, pair in values.items()
    }


def in_words(entries: Sequence[AuditEntry], plainly: set[int]) -> list[ShownEntry]:
    """Entries as a page shows them, those in `plainly` with the values about persons; two queries for any number."""
    readable = _values(entries, plainly)
    names = load_names(entries, readable)
    who = queries.user_names({entry.actor_id for entry in entries if entry.actor_id is not None})
    return [_shown(entry, readable, names if entry.id in plainly else _unnamed(names), who) for entry in entries]


def _about_people(entry: AuditEntry, name: str) -> bool:
    if entry.object_type in subjects.PERSONS or entry.person_id is not None:
        return True
    if entry.object_type in subjects.ACCOUNTS and name in _OF_ACCOUNTS:
        return True
    return referenced_table(entry.object_type, name) in _PEOPLE


def _unnamed(names: Names) -> Names:
    return {key: name for key, name in names.items() if key[0] not in _PEOPLE}


def _shown(entry: AuditEntry, readable: dict[int, Values], names: Names, who: dict[int, str]) -> ShownEntry:
    key: Key = (entry.object_type, entry.object_id)
    project = names.get(("project", entry.project_id)) if entry.project_id and key[0] != "project" else None
    return ShownEntry(
        id=entry.id,
        at=entry.at,
        verb=entry.verb,
        who=None if entry.actor_id is None else who.get(entry.actor_id, ""),
        what=object_words(key, names),
        of_project=project,
        differences=differences(entry.object_type, readable.get(entry.id, {}), names),
        erased=entry.detail is None,
    )
