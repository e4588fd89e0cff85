"""What was known when a request was decided, kept with the decision.

Numbers, and the words needed to read them once catalogue and organisations have moved on. Of the people in the pool
only how many there were: no name and no number of a person, so that nothing here has to be forgotten one day.
"""

from dataclasses import dataclass
from datetime import date

from portfolio.planning.choices import Consequence
from portfolio.planning.problem import Need, NeedKind, hours
from portfolio.planning.served import Served
from portfolio.planning.shortage import Shortage
from portfolio.planning.weeks import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFacts:
    """What the pool had for a need."""

    skilled: int
    wholly_free: int
    mean_free: int
    least_free: int
    work: int
    bookable: int
    """Of the work, when the other needs are served too."""
    promised: int
    """Needs of running projects for the same skill that nobody was assigned to yet."""
    shortage: Shortage | None

    @property
    def work_hours(self) -> float:
        return hours(self.work)

    @property
    def bookable_hours(self) -> float:
        return hours(self.bookable)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSaid:
    """A need asked for or offered, to be shown like any other; `accepted` is None where that was not the question."""

    need: Need
    skill: str
    mandatory: bool
    accepted: bool | None = None

    @property
    def skill_id(self) -> int:
        return self.need.skill_id

    @property
    def kind(self) -> NeedKind:
        return self.need.kind

    @property
    def level(self) -> int:
        return self.need.level

    @property
    def share(self) -> int:
        return self.need.share

    @property
    def person_days(self) -> int:
        return self.need.person_days

    @property
    def from_week(self) -> Week:
        return self.need.first

    @property
    def to_week(self) -> Week:
        return self.need.last

    @property
    def priority(self) -> int:
        return self.need.priority


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFacts(NeedSaid):
    """The same with what the pool had for it."""

    pool: PoolFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the ministry is told: what it asked for and what it gets, nothing of what was weighed."""

    title: str
    organisation: str
    submitted_on: date | None
    needs: tuple[NeedSaid, ...]
    offered: tuple[NeedSaid, ...]
    project: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    title: str
    organisation: str
    services: tuple[str, ...]
    from_week: Week
    to_week: Week
    deadline: date | None
    submitted_on: date | None
    needs: tuple[NeedFacts, ...]
    offered: tuple[NeedFacts, ...]
    choices: tuple[Consequence, ...]
    """What could have been done."""
    taken: Consequence
    """What was done."""
    ministry: Served
    everybody: Served
    served_from: Week
    served_to: Week
    open_requests: int
    """Others of the same ministry that were not decided."""
    lead_share: int = 0
    coordinator_share: int = 0
    project: str | None = None
    """The code of the project that accepting made."""

    def told(self) -> Told:
        return Told(
            title=self.title,
            organisation=self.organisation,
            submitted_on=self.submitted_on,
            needs=tuple(map(_said, self.needs)),
            offered=tuple(map(_said, self.offered)),
            project=self.project,
        )


def _said(need: NeedFacts) -> NeedSaid:
    return NeedSaid(need=need.need, skill=need.skill, mandatory=need.mandatory, accepted=need.accepted)
