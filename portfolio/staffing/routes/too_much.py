"""A booking that was too much, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.pool.models import Person
from portfolio.pool.problems import Excess
from portfolio.staffing.exits import Run, runs
from portfolio.staffing.forms.assignments import Way


@dataclass(frozen=True, slots=True)
class TooMuch:
    person: Person
    share: int
    excess: Sequence[Excess]
    ways: Sequence[Way]
    """What would fit instead."""

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.excess)
