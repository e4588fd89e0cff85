"""The linear relaxation, whose rows are added as solutions break them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.optimiser.linear import Rows, solver
from portfolio.planning.optimiser.options import Options, options_of
from portfolio.planning.optimiser.relaxation import Relaxation, add_needs, week_rows
from tests.planning.instances import random_instance


def with_all_rows(options: Options) -> float:
    rows = Rows()
    add_needs(rows, options)
    for row in week_rows(options):
        rows.add(row.options, row.amounts, row.limit)
    model = solver()
    rows.into(model, columns=len(options), upper=1.0)
    model.changeColsCost(len(options), list(range(len(options))), -options.coverage.astype(float))
    model.run()
    return -float(model.getObjectiveValue())


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_it_comes_to_what_all_rows_together_come_to(seed: int) -> None:
    options = options_of(random_instance(seed, persons=5, needs=30, weeks=20))
    exact = with_all_rows(options)
    worth = options.coverage.astype(float)
    assert Relaxation(options).solve(worth)[0] == pytest.approx(exact)
    assert Relaxation(options).solve(worth, lambda _fall: True)[0] >= exact - 1e-6
