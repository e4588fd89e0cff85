"""The person-week ledger as staffing asks it: what would be too much, what was left open, and whether it is right.

The triggers of the database write it and refuse; here the same rule is asked beforehand, so that the refusal can name
the weeks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.capacity import capacity
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.pool.problems import Excess, Overbooked
from portfolio.staffing.models import Need
from portfolio.staffing.verification import Discrepancies, Discrepancy, verify

__all__ = [
    "Booking",
    "Conflict",
    "Discrepancies",
    "Discrepancy",
    "Overflow",
    "keeping_allowances",
    "lock",
    "open_conflicts",
    "overflow",
    "refusing_overbooking",
    "verify",
]

CONSTRAINT = "ck_person_week_not_overbooked"


@dataclass(frozen=True, slots=True)
class Booking:
    """A share of a person over weeks, both included."""

    person_id: int
    share: int
    weeks: WeekRange


@dataclass(frozen=True, slots=True)
class Overflow:
    """A week that cannot take a booking, and by what share it cannot."""

    excess: Excess
    share: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person whose pool share shrank below what is booked, with the weeks concerned."""

    person: Person
    weeks: tuple[Week, ...]


def lock(person_ids: Iterable[int], need_ids: Iterable[int | None] = ()) -> None:
    """Let other bookings of these persons wait until this transaction ends (SQLite's writers are alone anyway).

    The needs, which the triggers will look at, come before the persons, as whoever removes a need takes them: two that
    wait for each other would never end.
    """
    if needs := {need_id for need_id in need_ids if need_id is not None}:
        kept = select(Need.id).where(Need.id.in_(needs)).order_by(Need.id)
        db.session.execute(kept.with_for_update(read=True, key_share=True)).all()
    statement = select(Person.id).where(Person.id.in_(set(person_ids))).order_by(Person.id)
    db.session.execute(statement.with_for_update(key_share=True)).all()


def overflow(wanted: Booking, released: Booking | None = None) -> tuple[Overflow, ...]:
    """The weeks in which `wanted` would pass what the person may be booked for, once `released` is given back."""
    return tuple(_overflow(wanted, released))


def _overflow(wanted: Booking, released: Booking | None) -> Iterator[Overflow]:
    shares = _pool_shares(wanted.person_id, wanted.weeks)
    entries = _entries(wanted.person_id, wanted.weeks)
    for week, pool_share in zip(wanted.weeks, shares, strict=True):
        in_ledger, beyond = entries.get(week, (0, 0))
        booked = in_ledger - _given_back(released, wanted.person_id, week)
        surplus = booked + wanted.share - pool_share - beyond
        if surplus > 0:
            yield Overflow(Excess(week, pool_share, booked, wanted.share), surplus)


def _given_back(released: Booking | None, person_id: int, week: Week) -> int:
    if released is None or released.person_id != person_id or week not in released.weeks:
        return 0
    return released.share


def _pool_shares(person_id: int, weeks: WeekRange) -> tuple[int, ...]:
    statement = select(PoolShare.from_week, PoolShare.to_week, PoolShare.share).where(PoolShare.person_id == person_id)
    rows = tuple(planning.PoolShare(*row) for row in db.session.execute(statement))
    return capacity(planning.Person(person_id, rows), (), weeks).pool_share


def _entries(person_id: int, weeks: WeekRange) -> dict[Week, tuple[int, int]]:
    """Of each week in the ledger what is booked, and what may be beyond the pool share."""
    beyond = PersonWeek.override_share + PersonWeek.conflict_share
    statement = select(PersonWeek.week, PersonWeek.booked, beyond).where(
        PersonWeek.person_id == person_id, PersonWeek.week.between(weeks.first, weeks.last)
    )
    return {week: (booked, allowed) for week, booked, allowed in db.session.execute(statement)}


@contextmanager
def keeping_allowances(person_id: int, weeks: WeekRange) -> Iterator[None]:
    """Let what these weeks may be booked beyond the pool share outlast the block.

    A booking that is taken apart is smaller for a moment, and the triggers trim to that what was allowed for it. They
    trim again once the second part is in.
    """
    row = PersonWeek
    beyond = select(row.week, row.override_share, row.conflict_share).where(
        row.person_id == person_id,
        row.week.between(weeks.first, weeks.last),
        row.override_share + row.conflict_share > 0,
    )
    allowed = db.session.execute(beyond).all()
    yield
    for week, override_share, conflict_share in allowed:
        widened = update(row).where(row.person_id == person_id, row.week == week)
        db.session.execute(
            widened.values(override_share=override_share, conflict_share=conflict_share),
            execution_options={"unaudited": True, "synchronize_session": False},
        )


@contextmanager
def refusing_overbooking(wanted: Booking | None, released: Booking | None = None) -> Iterator[None]:
    """Turn the refusal of the database into Overbooked; the transaction is lost then."""
    try:
        yield
    except IntegrityError as error:
        if wanted is None or CONSTRAINT not in str(error.orig):
            raise
        db.session.rollback()
        weeks = tuple(week.excess for week in overflow(wanted, released))
        raise Overbooked(wanted.person_id, weeks) from error


def open_conflicts() -> tuple[Conflict, ...]:
    """Everybody with an open conflict, by the first week concerned."""
    statement = (
        select(PersonWeek.week, Person)
        .join(Person, Person.id == PersonWeek.person_id)
        .where(PersonWeek.conflict_share > 0)
        .order_by(PersonWeek.week, Person.sort_key, Person.id)
    )
    weeks: defaultdict[Person, list[Week]] = defaultdict(list)
    for week, person in db.session.execute(statement):
        weeks[person].append(week)
    return tuple(Conflict(person, tuple(of_person)) for person, of_person in weeks.items())
