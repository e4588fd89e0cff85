"""Proves that the change log is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portfolio.audit.chain import FACTS, GENESIS, digest_of, digest_of_values
from portfolio.audit.models import AuditEntry
from portfolio.extensions import db

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Verification:
    """`first_broken` is the number of the first entry that is not as it was written, or that is missing."""

    entries: int
    erased: int
    first_broken: int | None

    @property
    def intact(self) -> bool:
        return self.first_broken is None


def verify() -> Verification:
    """Recompute the whole chain. Erased values are counted; they do not break it.

    Entries cut off at the end leave a whole chain behind: their number is to be compared with that of an earlier run.
    """
    count = erased = 0
    first_broken = None
    previous = GENESIS
    for entry in _entries():
        count += 1
        erased += entry.detail is None
        if first_broken is None and not _is_sound(entry, count, previous):
            first_broken = count
        previous = entry.digest
    return Verification(count, erased, first_broken)


def _entries() -> Iterator[AuditEntry]:
    """In order, a batch at a time: the log only ever grows."""
    after = 0
    while True:
        statement = select(AuditEntry).outerjoin(AuditEntry.detail).options(contains_eager(AuditEntry.detail))
        batch = db.session.scalars(statement.where(AuditEntry.id > after).order_by(AuditEntry.id).limit(_BATCH)).all()
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def _is_sound(entry: AuditEntry, number: int, previous: str) -> bool:
    """Whether the entry stands in its place, links to the one before, and says what it said when it was written."""
    facts = {name: getattr(entry, name) for name in FACTS}
    chained = entry.id == number and entry.previous == previous and entry.digest == digest_of(previous, facts)
    detail = entry.detail
    return chained and (detail is None or digest_of_values(detail.salt, detail.values) == entry.details_digest)
