"""Whether what the triggers of the database keep is what it should be: the ledger, and which needs are open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portfolio.extensions import db
from portfolio.planning import problem as planning
from portfolio.planning.capacity import capacities
from portfolio.planning.coverage import open_shares
from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import PersonWeek
from portfolio.staffing import snapshot
from portfolio.staffing.models import Assignment, AssignmentState, Need, Override
from portfolio.staffing.snapshot import as_assignment, as_need

SHARE_WEEKS_PER_PERSON_DAY = 20  # as the triggers count: a week of full time is five person-days


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What a ledger entry says of a person and a week, and what the assignments and pool shares say."""

    person_id: int
    week: Week
    column: str
    stored: int
    expected: int


@dataclass(frozen=True, slots=True)
class Discrepancies:
    """The outcome of `verify`: how many entries were looked at, those that are wrong, and needs wrongly open or not."""

    entries: int
    found: tuple[Discrepancy, ...]
    need_ids: tuple[int, ...]

    @property
    def ok(self) -> bool:
        return not self.found and not self.need_ids


def verify() -> Discrepancies:
    """Work the ledger out anew from assignments, pool shares and overrides, and compare."""
    as_stored = {"populate_existing": True}
    statement = select(PersonWeek).order_by(PersonWeek.person_id, PersonWeek.week)
    entries = db.session.scalars(statement, execution_options=as_stored).all()
    needs = db.session.scalars(_needs_with_assignments(), execution_options=as_stored)
    wrong_needs = tuple(need.id for need in needs if need.open != _is_open(need))
    return Discrepancies(len(entries), tuple(_wrong(entries)), wrong_needs)


def _wrong(entries: Sequence[PersonWeek]) -> Iterator[Discrepancy]:
    span = db.session.execute(select(func.min(Assignment.from_week), func.max(Assignment.to_week))).one()
    weeks = [entry.week for entry in entries] + [week for week in span if week is not None]
    if not weeks:
        return
    values = snapshot.load(min(weeks), max(weeks))
    figures = {person.person_id: person for person in capacities(values.persons, values.assignments, values.weeks)}
    stored = {(entry.person_id, entry.week): entry for entry in entries}
    overrides = _logged_overrides()
    for person_id, person in figures.items():
        for week, pool_share, booked in zip(values.weeks, person.pool_share, person.booked, strict=True):
            entry = stored.get((person_id, week))
            if entry is None:
                if booked:
                    yield Discrepancy(person_id, week, "booked", 0, booked)
                continue
            allowed = overrides[person_id, week]
            yield from _differences(entry, pool_share, booked, allowed)


def _differences(entry: PersonWeek, pool_share: int, booked: int, allowed: int) -> Iterator[Discrepancy]:
    beyond = max(0, booked - pool_share)
    expected = {
        "pool_share": pool_share,
        "booked": booked,
        "override_share": min(entry.override_share, allowed, beyond),
        "conflict_share": max(0, beyond - entry.override_share),
    }
    for column, right in expected.items():
        if getattr(entry, column) != right:
            yield Discrepancy(entry.person_id, entry.week, column, getattr(entry, column), right)


def _logged_overrides() -> Mapping[tuple[int, Week], int]:
    """All that was ever allowed beyond the pool share, by person and week."""
    allowed: defaultdict[tuple[int, Week], int] = defaultdict(int)
    for override in db.session.scalars(select(Override)):
        for week in WeekRange(override.from_week, override.to_week):
            allowed[override.person_id, week] += override.share
    return allowed


def _needs_with_assignments() -> Select[Need]:
    return select(Need).options(joinedload(Need.project), selectinload(Need.assignments))


def _is_open(need: Need) -> bool:
    planned = [as_assignment(row) for row in need.assignments if row.state is not AssignmentState.DECLINED]
    if need.project.is_closed:
        return False
    wanted = as_need(need)
    if need.kind is NeedKind.VOLUME:
        return _share_weeks(wanted, planned) < wanted.person_days * SHARE_WEEKS_PER_PERSON_DAY
    return any(open_shares(wanted, planned))


def _share_weeks(need: planning.Need, assignments: Iterable[planning.Assignment]) -> int:
    overlaps = ((each.share, need.weeks.overlap(each.weeks)) for each in assignments)
    return sum(share * len(weeks) for share, weeks in overlaps if weeks)
