"""Work given to demands counts once, is as much as possible, and what is missing is proved."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.planning.flow import distribute

DEMANDS = st.lists(st.integers(0, 9), min_size=1, max_size=5)
SUPPLIES = st.lists(st.tuples(st.frozensets(st.integers(0, 4), max_size=4), st.integers(0, 9)), max_size=7)
Supplies = Sequence[tuple[frozenset[int], int]]


def known(demands: Sequence[int], supplies: Supplies) -> Supplies:
    return [(frozenset(place for place in fits if place < len(demands)), amount) for fits, amount in supplies]


def test_a_person_with_two_skills_works_once() -> None:
    found = distribute([40, 40], [(frozenset({0, 1}), 40)])
    assert sum(found.given) == 40
    assert sum(found.missing) == 40
    assert found.bottlenecks == ({0, 1},)


def test_the_versatile_make_way_for_those_who_fit_one_demand_alone() -> None:
    found = distribute([40, 40], [(frozenset({0, 1}), 40), (frozenset({0}), 40)])
    assert found.missing == (0, 0)
    assert found.bottlenecks == ()


def test_work_is_moved_over_a_chain() -> None:
    found = distribute([1, 1, 1], [(frozenset({0, 1}), 1), (frozenset({1, 2}), 1), (frozenset({0}), 1)])
    assert found.missing == (0, 0, 0)


def test_shortages_that_have_nothing_in_common_stay_apart() -> None:
    found = distribute([2, 2, 1], [(frozenset({0}), 1), (frozenset({1}), 1), (frozenset({2}), 1)])
    assert found.bottlenecks == ({0}, {1})


@pytest.mark.parametrize(("demands", "supplies"), [([-1], []), ([1], [(frozenset({0}), -1)])])
def test_negative_amounts_are_refused(demands: list[int], supplies: list[tuple[frozenset[int], int]]) -> None:
    with pytest.raises(ValueError, match="negative"):
        distribute(demands, supplies)


@given(DEMANDS, SUPPLIES)
def test_nothing_is_lost_and_nothing_given_twice(demands: list[int], supplies: Supplies) -> None:
    supplies = known(demands, supplies)
    found = distribute(demands, supplies)
    assert sum(found.given) + sum(found.spare.values()) == sum(amount for _, amount in supplies)
    assert all(got + lacks == demand for got, lacks, demand in zip(found.given, found.missing, demands, strict=True))
    assert min(found.missing) >= 0
    assert all(left >= 0 for left in found.spare.values())


@given(DEMANDS, SUPPLIES)
def test_the_bottleneck_proves_what_is_missing(demands: list[int], supplies: Supplies) -> None:
    supplies = known(demands, supplies)
    found = distribute(demands, supplies)
    for bottleneck in found.bottlenecks:
        wanted = sum(demands[place] for place in bottleneck)
        had = sum(amount for fits, amount in supplies if fits & bottleneck)
        assert sum(found.missing[place] for place in bottleneck) == wanted - had > 0
    proved = {place for bottleneck in found.bottlenecks for place in bottleneck}
    assert all(place in proved for place, missing in enumerate(found.missing) if missing)


@given(DEMANDS, SUPPLIES, st.randoms())
def test_the_order_of_people_does_not_matter(demands: list[int], supplies: Supplies, chance: Random) -> None:
    shuffled = sorted(supplies, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert distribute(demands, known(demands, supplies)) == distribute(demands, known(demands, shuffled))
