"""What settings refuse, as typed facts."""

from portfolio.planning.days_off import DayOff
from portfolio.web.problems import Invalid


class RedBeforeYellow(Invalid):
    """A light would turn red before it was yellow; `field` names the red threshold."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class DayNamedTwice(Invalid):
    """The same day stands in the list twice."""

    field = "days_off"

    def __init__(self, day: DayOff) -> None:
        super().__init__(day)
        self.day = day
