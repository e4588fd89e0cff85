"""The one way linear and integer programmes are built for HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np

from portfolio.planning.optimiser.room import Floats, Ints


class Seed:
    """What the solvers of this process draw from; set once, before the first is made."""

    value = 0


def solver() -> highspy.Highs:
    """A silent solver on one thread, the same at every run with the same seed."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", Seed.value)
    return model


@dataclass
class Rows:
    """Rows of a programme as they are collected: sum of amounts x columns <= limit."""

    columns: list[Ints] = field(default_factory=list)
    amounts: list[Floats] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def add(self, columns: Ints, amounts: Floats, limit: float) -> None:
        self.columns.append(columns)
        self.amounts.append(amounts)
        self.limits.append(limit)

    def into(self, model: highspy.Highs, columns: int, upper: float) -> None:
        """Put `columns` variables from 0 to `upper`, worth nothing yet, and these rows into an empty model."""
        none = np.zeros(0, dtype=np.int32)
        zeros = np.zeros(columns)
        starts = np.zeros(columns, dtype=np.int32)
        model.addCols(columns, zeros, zeros, np.full(columns, upper), 0, starts, none, np.zeros(0))
        self.onto(model)

    def onto(self, model: highspy.Highs) -> None:
        """Add these rows to a model."""
        none = np.zeros(0, dtype=np.int32)
        lengths = [len(row) for row in self.columns]
        begins = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32) if lengths else none
        model.addRows(
            len(lengths),
            np.full(len(lengths), -highspy.kHighsInf),
            np.array(self.limits, dtype=np.float64),
            int(sum(lengths)),
            begins,
            np.concatenate([*self.columns, none]).astype(np.int32),
            np.concatenate([*self.amounts, np.zeros(0)]),
        )
