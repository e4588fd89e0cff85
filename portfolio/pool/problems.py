"""What the pool refuses, as typed facts."""

from dataclasses import dataclass

from portfolio.planning.weeks import Week
from portfolio.web.problems import Invalid, Problem


@dataclass(frozen=True, slots=True)
class Excess:
    """A week in which `requested` more would pass the pool share, or a smaller pool share lies below `booked`."""

    week: Week
    pool_share: int
    booked: int
    requested: int


class Overbooked(Problem):
    """The shares of a person would exceed the pool share in these weeks."""

    status = 409
    name = "overbooked"
    field = "share"

    def __init__(self, person_id: int, weeks: tuple[Excess, ...]) -> None:
        super().__init__(person_id)
        self.person_id = person_id
        self.weeks = weeks


class UnknownOrganisation(Invalid):
    """The home authority does not exist."""

    field = "home_organisation_id"


class ContractShareOutOfRange(Invalid):
    """A contract is 1 to 100 percent of full time."""

    field = "contract_share"


class TooManyParallel(Invalid):
    """A person works on 1 to 20 projects at once."""

    field = "max_parallel"


class PoolShareOutOfRange(Invalid):
    """A pool share is 0 to 100 percent of full time."""

    field = "pool_shares"


class ShareAboveContract(Invalid):
    """More of a person would be planned than they are employed for."""

    field = "pool_shares"

    def __init__(self, contract_share: int) -> None:
        super().__init__(contract_share)
        self.contract_share = contract_share


class ContractBelowPoolShare(ShareAboveContract):
    """The contract would shrink below what the pool plans with, now or later."""

    field = "contract_share"


class PeriodsOverlap(Invalid):
    """Two pool shares of a person speak about the same week."""

    field = "pool_shares"

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.week = week


class EndsBeforeStart(Invalid):
    """The last day or week lies before the first; `field` names the one at fault."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnknownSkill(Invalid):
    """The skill does not exist."""

    field = "skills"


class SkillNamedTwice(Invalid):
    """The same skill is listed twice for the same weeks."""

    field = "skills"


class LevelOutOfRange(Invalid):
    """A level is 0 to 4."""

    field = "level"


class SeenInTheFuture(Invalid):
    """Nobody has seen evidence tomorrow."""

    field = "day"


class CodeTaken(Problem):
    """Another skill has this code."""

    field = "code"


class AbsenceOverlaps(Problem):
    """The person is already entered as absent on one of these days."""

    field = "from_date"


class DayOutOfRange(Invalid):
    """The day lies outside the years that can be planned; `field` names the one at fault."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
