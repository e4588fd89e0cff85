"""The needs of a request: what makes sense, and how a list of them is stored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from portfolio.planning.problem import NeedKind
from portfolio.planning.weeks import Week
from portfolio.support import queries
from portfolio.support.models import RequestNeed
from portfolio.support.problems import NeedFault, NeedRefused

LEVELS = range(5)
SHARES = range(1, 101)
PERSON_DAYS = range(1, 10_001)
PRIORITIES = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestNeedData:
    """A need as asked for; `share` is that of every week, or for a volume of `person_days` the most a week.

    `id` names the stored need that this one replaces, where it is known.
    """

    id: int | None = None
    skill_id: int
    level: int
    kind: NeedKind = NeedKind.STEADY
    share: int
    person_days: int | None = None
    from_week: Week
    to_week: Week
    priority: int = 3
    mandatory: bool = False


class Amount(Protocol):
    """Who is wanted and how much of them, whenever that is."""

    @property
    def skill_id(self) -> int: ...
    @property
    def level(self) -> int: ...
    @property
    def kind(self) -> NeedKind: ...
    @property
    def share(self) -> int: ...
    @property
    def person_days(self) -> int | None: ...


def check_needs(needs: Sequence[RequestNeedData]) -> None:
    """Refuse the first need that makes no sense."""
    known = known_skills(needs)
    for position, need in enumerate(needs, start=1):
        for fault in faults(need, known):
            raise NeedRefused(position, fault)


def check_amounts(rows: Sequence[Amount]) -> None:
    """The same for needs that have no weeks yet."""
    known = known_skills(rows)
    for position, row in enumerate(rows, start=1):
        for fault in _faults_of_amount(row, known):
            raise NeedRefused(position, fault)


def known_skills(rows: Iterable[Amount]) -> frozenset[int]:
    return queries.known_skill_ids([row.skill_id for row in rows])


def faults(need: RequestNeedData, known: Collection[int]) -> Iterator[NeedFault]:
    """What is wrong with the need, where the skills `known` are all there are."""
    yield from _faults_of_amount(need, known)
    if need.to_week < need.from_week:
        yield NeedFault.WEEKS_REVERSED
    if need.priority not in PRIORITIES:
        yield NeedFault.PRIORITY_OUT_OF_RANGE


def _faults_of_amount(row: Amount, known: Collection[int]) -> Iterator[NeedFault]:
    if row.skill_id not in known:
        yield NeedFault.UNKNOWN_SKILL
    if row.level not in LEVELS:
        yield NeedFault.LEVEL_OUT_OF_RANGE
    if row.share not in SHARES:
        yield NeedFault.SHARE_OUT_OF_RANGE
    if row.kind is NeedKind.VOLUME and row.person_days not in PERSON_DAYS:
        yield NeedFault.PERSON_DAYS_OUT_OF_RANGE


def filled(
    rows: Sequence[RequestNeed], needs: Sequence[RequestNeedData], *, offered: bool = False
) -> list[RequestNeed]:
    """One row for each need: that of `rows` it names; where none names any, that in its place; else a new one."""
    known: dict[int | None, RequestNeed] = {row.id: row for row in rows}
    if any(need.id in known for need in needs):
        kept = [known.pop(need.id, None) for need in needs]
    else:
        kept = [*rows[: len(needs)]]
    pairs = zip_longest(kept, needs)
    return [_fill(row or RequestNeed(offered=offered), need) for row, need in pairs]


def _fill(row: RequestNeed, need: RequestNeedData) -> RequestNeed:
    row.skill_id = need.skill_id
    row.level = need.level
    row.kind = need.kind
    row.share = need.share
    row.person_days = need.person_days if need.kind is NeedKind.VOLUME else None
    row.from_week = need.from_week
    row.to_week = need.to_week
    row.priority = need.priority
    row.mandatory = need.mandatory
    return row
