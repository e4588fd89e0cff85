"""Pool shares: how much of a person may be planned. Shrinking below what is booked is refused, or leaves a conflict."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import or_, select, update

from portfolio.extensions import db
from portfolio.planning.weeks import MAX_WEEK, Week
from portfolio.pool import notices, queries
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.pool.problems import (
    EndsBeforeStart,
    Excess,
    Overbooked,
    PeriodsOverlap,
    PoolShareOutOfRange,
    ShareAboveContract,
)
from portfolio.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShareData:
    """`share` percent of full time from a week on, to a week or without end."""

    from_week: Week
    to_week: Week | None
    share: int

    def covers(self, week: Week) -> bool:
        return self.from_week <= week and (self.to_week is None or week <= self.to_week)


def replace_pool_shares(person: Person, rows: Sequence[PoolShareData], accept_conflict: bool = False) -> None:
    """Replace all pool shares of `person` by `rows`; what stays the same stays the same row.

    Raises Overbooked with the weeks that are booked beyond the new share, unless `accept_conflict`: then the ledger
    keeps these weeks as an open conflict until less is booked or the share grows again.
    """
    rows = sorted(rows, key=lambda row: row.from_week)
    _check(rows, person.contract_share, clock.this_week())
    queries.lock(person.id)
    excess = _excess(person, rows)
    if excess and not accept_conflict:
        raise Overbooked(person.id, excess)
    wanted = {(row.from_week, row.to_week, row.share) for row in rows}
    kept = [row for row in person.pool_shares if _facts(row) in wanted]
    added = wanted - {_facts(row) for row in kept}
    _tolerate_without([row for row in person.pool_shares if row not in kept])
    person.pool_shares = kept
    db.session.flush()
    new = [PoolShare(from_week=first, to_week=last, share=share) for first, last, share in added]
    person.pool_shares = sorted([*kept, *new], key=lambda row: row.from_week)
    person.touch()
    db.session.flush()
    notices.conflict_left(person, [each.week for each in excess])


def _check(rows: Sequence[PoolShareData], contract_share: int, this_week: Week) -> None:
    """A contract binds from now on: what was planned under an earlier one stays as it was."""
    for row in rows:
        if row.to_week is not None and row.to_week < row.from_week:
            raise EndsBeforeStart("pool_shares")
        if not 0 <= row.share <= 100:
            raise PoolShareOutOfRange
        past = row.to_week is not None and row.to_week < this_week
        if row.share > contract_share and not past:
            raise ShareAboveContract(contract_share)
    for earlier, later in pairwise(rows):
        if earlier.to_week is None or later.from_week <= earlier.to_week:
            raise PeriodsOverlap(later.from_week)


def _excess(person: Person, rows: Sequence[PoolShareData]) -> tuple[Excess, ...]:
    """Weeks booked beyond the new share, apart from what an override or an older conflict already allows."""
    found = []
    booked = (
        select(PersonWeek).where(PersonWeek.person_id == person.id, PersonWeek.booked > 0).order_by(PersonWeek.week)
    )
    for entry in db.session.scalars(booked):
        share = next((row.share for row in rows if row.covers(entry.week)), 0)
        if entry.booked > share + entry.override_share + entry.conflict_share:
            found.append(Excess(entry.week, share, entry.booked, 0))
    return tuple(found)


def _facts(row: PoolShare) -> tuple[Week, Week | None, int]:
    return row.from_week, row.to_week, row.share


def _tolerate_without(rows: Sequence[PoolShare]) -> None:
    """Until the new rows are in, the weeks of these have no share; the triggers trim this to what remains open."""
    if not rows:
        return
    weeks = (PersonWeek.week.between(row.from_week, row.to_week or MAX_WEEK) for row in rows)
    widened = update(PersonWeek).where(PersonWeek.person_id == rows[0].person_id, or_(*weeks))
    db.session.execute(
        widened.values(conflict_share=PersonWeek.booked),
        execution_options={"unaudited": True, "synchronize_session": False},
    )
