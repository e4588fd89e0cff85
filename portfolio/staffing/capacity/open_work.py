"""What open needs still ask for: by kind of work (a skill at a level) and week."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.planning.flow import Demand
from portfolio.planning.weeks import Week, WeekRange
from portfolio.staffing.capacity.abilities import Wanted
from portfolio.staffing.capacity.demand import Needs, open_steady
from portfolio.staffing.capacity.matrix import Matrix
from portfolio.staffing.capacity.places import Integers
from portfolio.staffing.capacity.volumes import Volumes, volumes_of


@dataclass(frozen=True, slots=True)
class OpenWork:
    wanted: tuple[Wanted, ...]
    """The kinds of work."""
    steady: Integers
    """Kinds by weeks: what steady needs lack."""
    volumes: Volumes
    volume_kinds: Integers
    """The kind of each volume."""

    @property
    def demands(self) -> list[Demand]:
        """The steady ones first: each kind and week is one; then each volume."""
        kinds, columns = (places.tolist() for places in np.nonzero(self.steady))
        amounts = self.steady[kinds, columns].tolist()
        steady = [Demand(kind, work, {week: work}) for kind, week, work in zip(kinds, columns, amounts, strict=True)]
        return steady + [
            Demand(kind, rest, {week: most for week, most in enumerate(by_week) if most})
            for kind, rest, by_week in zip(
                self.volume_kinds.tolist(), self.volumes.rest.tolist(), self.volumes.most.tolist(), strict=True
            )
        ]

    @property
    def work(self) -> Integers:
        """Kinds by weeks: all that is asked for."""
        return self._with_volumes(self.steady, self.volumes.rest)

    def lacking(self, missing: Sequence[int]) -> Integers:
        """Kinds by weeks: what is `missing` of each of the demands."""
        steady, volumes = np.zeros_like(self.steady), len(self.volumes.rest)
        amounts = np.array(missing, np.int64)
        steady[np.nonzero(self.steady)] = amounts[: len(amounts) - volumes]
        return self._with_volumes(steady, amounts[len(amounts) - volumes :])

    def _with_volumes(self, steady: Integers, amounts: Integers) -> Integers:
        total = steady.copy()
        np.add.at(total, self.volume_kinds, self.volumes.spread(amounts))
        return total


@dataclass(frozen=True, slots=True)
class OpenNeeds:
    """Needs that are open in some weeks, and all bookings made for needs in the weeks their volumes reach over."""

    needs: Needs
    shown: WeekRange
    spans: Integers
    key: int
    """The column of `spans` that names the need."""

    @property
    def volumes(self) -> Needs:
        return self.needs.chosen(self.needs.volumes)

    def work(self, figures: Matrix, this_week: Week) -> OpenWork:
        """`figures` are those of everybody who is booked for one of the volumes, over all of their weeks."""
        pairs = np.stack((self.needs.skill_ids, self.needs.levels), axis=1)
        wanted, kinds = np.unique(pairs, axis=0, return_inverse=True)
        weeks = figures.places.weeks
        steady = np.zeros((len(wanted), len(weeks)), np.int64)
        first = self.shown.first - weeks.first
        columns = slice(first, first + len(self.shown))
        np.add.at(steady[:, columns], kinds, open_steady(self.needs, self.spans, self.key, self.shown))
        return OpenWork(
            wanted=tuple(Wanted(skill_id, level) for skill_id, level in wanted.tolist()),
            steady=steady,
            volumes=volumes_of(self.volumes, self.spans, self.key, figures, this_week),
            volume_kinds=kinds[self.needs.volumes],
        )
