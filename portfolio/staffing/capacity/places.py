"""Which row and which column of an array a person and a week have, and sums over spans of weeks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, true

from portfolio.planning.weeks import WeekRange

Integers: TypeAlias = npt.NDArray[np.int64]
MOST_NAMED = 300

PERSON, FIRST, LAST, SHARE, KEY = range(5)
"""The columns of spans: a share of a person from a week to a week, and what it is for."""


@dataclass(frozen=True)
class Places:
    ids: tuple[int, ...]
    weeks: WeekRange

    def among(self, person_id: Any) -> ColumnElement[bool]:
        """Whether it is one of these persons. Many are not named one by one: what is too much is left out later."""
        return person_id.in_(self.ids) if len(self.ids) <= MOST_NAMED else true()

    @cached_property
    def _ids(self) -> Integers:
        return np.asarray(self.ids, np.int64)

    @cached_property
    def _order(self) -> npt.NDArray[np.intp]:
        return np.argsort(self._ids)

    def rows(self, person_ids: Integers) -> Integers:
        """The row of each of these persons, who are all known."""
        found: Integers = self._order[np.searchsorted(self._ids, person_ids, sorter=self._order)]
        return found

    def known(self, spans: Integers) -> Integers:
        """Those of the spans that are of these persons."""
        kept: Integers = spans[np.isin(spans[:, PERSON], self._ids)]
        return kept

    def sums(self, spans: Integers) -> npt.NDArray[np.int16]:
        """Persons by weeks: their shares together."""
        own = self.known(spans)
        return summed(own, self.rows(own[:, PERSON]), len(self.ids), self.weeks)


def summed(spans: Integers, rows: Integers, count: int, weeks: WeekRange) -> npt.NDArray[np.int16]:
    """By row and week the sum of the shares of `spans`; `rows` names the row of each, 0 to `count` - 1.

    Each share is added where it begins and taken away where it has ended; the sums in between are those of the weeks.
    """
    width = len(weeks) + 1
    origin = weeks.first.index
    steps = np.zeros(count * width, np.int16)
    starts = np.clip(spans[:, FIRST] - origin, 0, width - 1)
    ends = np.clip(spans[:, LAST] + 1 - origin, 0, width - 1)
    np.add.at(steps, rows * width + starts, spans[:, SHARE].astype(np.int16))
    np.subtract.at(steps, rows * width + ends, spans[:, SHARE].astype(np.int16))
    return steps.reshape(count, width).cumsum(axis=1, dtype=np.int16)[:, :-1]
