"""Pool shares: how much of a person may be planned. Shrinking below what is booked is refused, or leaves a conflict."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select, update

from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.pool.problems import EndsBeforeStart, Excess, Overbooked, PeriodsOverlap, ShareAboveContract


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShareData:
    """`share` percent of full time from a week on, to a week or without end."""

    from_week: Week
    to_week: Week | None
    share: int

    def covers(self, week: Week) -> bool:
        return self.from_week <= week and (self.to_week is None or week <= self.to_week)


def replace_pool_shares(person: Person, rows: Sequence[PoolShareData], accept_conflict: bool = False) -> None:
    """Replace all pool shares of `person` by `rows`.

    Raises Overbooked with the weeks that are booked beyond the new share, unless `accept_conflict`: then the ledger
    keeps these weeks as an open conflict until less is booked or the share grows again.
    """
    rows = sorted(rows, key=lambda row: row.from_week)
    _check(rows, person.contract_share)
    _lock(person)
    if not accept_conflict and (excess := _excess(person, rows)):
        raise Overbooked(person.id, excess)
    _tolerate_while_replacing(person)
    person.pool_shares = []
    db.session.flush()
    person.pool_shares = [PoolShare(from_week=row.from_week, to_week=row.to_week, share=row.share) for row in rows]
    person.touch()
    db.session.flush()


def _check(rows: Sequence[PoolShareData], contract_share: int) -> None:
    for row in rows:
        if row.to_week is not None and row.to_week < row.from_week:
            raise EndsBeforeStart("pool_shares")
        if row.share > contract_share:
            raise ShareAboveContract(contract_share)
    for earlier, later in pairwise(rows):
        if earlier.to_week is None or later.from_week <= earlier.to_week:
            raise PeriodsOverlap(later.from_week)


def _lock(person: Person) -> None:
    """Bookings of this person wait until the new shares are committed (SQLite's writers are alone anyway)."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))


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


def _tolerate_while_replacing(person: Person) -> None:
    """Between the old rows and the new ones there is no share at all; the triggers trim this to what remains open."""
    widened = update(PersonWeek).where(PersonWeek.person_id == person.id).values(conflict_share=PersonWeek.booked)
    db.session.execute(widened, execution_options={"unaudited": True, "synchronize_session": False})
