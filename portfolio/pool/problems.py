"""What the pool refuses, as typed facts."""

from dataclasses import dataclass

from portfolio.planning.weeks import Week
from portfolio.web.problems import Problem


@dataclass(frozen=True, slots=True)
class Excess:
    """A week in which `requested` more would pass the pool share, or a shrunken pool share lies below what is booked."""

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
