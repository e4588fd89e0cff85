"""Work given to demands counts once, is as much as possible, and what is missing is proved."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.planning.flow import Demand, distribute

WEEKS = 3
Supplies = Sequence[tuple[frozenset[int], list[int]]]

DEMANDS = st.lists(
    st.builds(
        Demand, st.integers(0, 3), st.integers(0, 9), st.dictionaries(st.integers(0, WEEKS - 1), st.integers(1, 5))
    ),
    min_size=1,
    max_size=6,
)
AMOUNTS = st.lists(st.integers(0, 9), min_size=WEEKS, max_size=WEEKS)
SUPPLIES = st.lists(st.tuples(st.frozensets(st.integers(0, 4), max_size=4), AMOUNTS), max_size=7)


def steady(*amounts: int) -> list[Demand]:
    """One demand for each kind, all in the first week."""
    return [Demand(kind, amount, {0: amount}) for kind, amount in enumerate(amounts)]


def one_week(*supplies: tuple[set[int], int]) -> Supplies:
    return [(frozenset(kinds), [amount]) for kinds, amount in supplies]


def test_a_person_with_two_skills_works_once() -> None:
    found = distribute(steady(40, 40), one_week(({0, 1}, 40)))
    assert (sum(found.missing), found.spare) == (40, {frozenset({0, 1}): (0,)})
    (bottleneck,) = found.bottlenecks
    assert (bottleneck.demands, bottleneck.wanted, bottleneck.had) == ({0, 1}, 80, 40)


def test_the_versatile_make_way_for_those_who_can_do_one_thing() -> None:
    found = distribute(steady(40, 40), one_week(({0, 1}, 40), ({0}, 40)))
    assert (found.missing, found.bottlenecks) == ((0, 0), ())


def test_work_is_moved_over_a_chain() -> None:
    assert distribute(steady(1, 1, 1), one_week(({0, 1}, 1), ({1, 2}, 1), ({0}, 1))).missing == (0, 0, 0)


def test_shortages_that_have_nothing_in_common_stay_apart() -> None:
    found = distribute(steady(2, 2, 1), one_week(({0}, 1), ({1}, 1), ({2}, 1)))
    assert [bottleneck.demands for bottleneck in found.bottlenecks] == [{0}, {1}]


def test_a_week_without_anybody_proves_nothing_against_work_that_may_wait() -> None:
    found = distribute([Demand(0, 8, {0: 8, 1: 8, 2: 8})], [(frozenset({0}), [0, 3, 5])])
    assert (found.missing, found.given) == ((0,), ({1: 3, 2: 5},))


def test_no_more_than_the_most_is_worked_in_a_week() -> None:
    found = distribute([Demand(0, 8, {0: 3, 1: 3})], [(frozenset({0}), [40, 2])])
    (bottleneck,) = found.bottlenecks
    assert (found.missing, bottleneck.places, bottleneck.had) == ((3,), {(0, 1)}, 5)


def test_work_that_may_wait_makes_way_for_work_that_may_not() -> None:
    demands = [Demand(0, 4, {0: 4, 1: 4}), Demand(1, 4, {0: 4})]
    assert distribute(demands, [(frozenset({0, 1}), [4, 4])]).missing == (0, 0)


@pytest.mark.parametrize(("demands", "supplies"), [([Demand(0, -1, {})], []), (steady(1), [(frozenset({0}), [-1])])])
def test_negative_amounts_are_refused(demands: list[Demand], supplies: Supplies) -> None:
    with pytest.raises(ValueError, match="negative"):
        distribute(demands, supplies)


@given(DEMANDS, SUPPLIES)
def test_no_hour_is_lost_and_none_given_twice(demands: list[Demand], supplies: Supplies) -> None:
    found = distribute(demands, supplies)
    for week in range(WEEKS):
        given_then = sum(by_week.get(week, 0) for by_week in found.given)
        left_then = sum(left[week] for left in found.spare.values())
        assert given_then + left_then == sum(amounts[week] for _, amounts in supplies)
        assert min((left[week] for left in found.spare.values()), default=0) >= 0
    for demand, by_week, missing in zip(demands, found.given, found.missing, strict=True):
        assert sum(by_week.values()) + missing == demand.amount
        assert all(0 < amount <= demand.most[week] for week, amount in by_week.items())


@given(DEMANDS, SUPPLIES)
def test_only_those_who_can_do_it_give(demands: list[Demand], supplies: Supplies) -> None:
    """Of what any kinds together get in a week there is at least as much with those who can do one of them."""
    found = distribute(demands, supplies)
    for week in range(WEEKS):
        for kinds in _subsets(range(4)):
            got = sum(by.get(week, 0) for of, by in zip(demands, found.given, strict=True) if of.kind in kinds)
            assert got <= sum(amounts[week] for can, amounts in supplies if can & kinds)


@given(DEMANDS, SUPPLIES)
def test_it_is_as_much_as_any_cut_allows(demands: list[Demand], supplies: Supplies) -> None:
    """By brute force over all cuts, which bound every way to give: no assignment whatever can use more."""
    found = distribute(demands, supplies)
    places = sorted({(demand.kind, week) for demand in demands for week in demand.most})
    tightest = min(_cut(set(cut), demands, supplies) for cut in _subsets(places))
    assert sum(demand.amount for demand in demands) - sum(found.missing) == tightest


SMALL = st.lists(
    st.builds(Demand, st.integers(0, 1), st.integers(0, 3), st.dictionaries(st.integers(0, 1), st.integers(1, 2))),
    min_size=1,
    max_size=3,
)
FEW = st.lists(
    st.tuples(st.frozensets(st.integers(0, 1)), st.lists(st.integers(0, 2), min_size=2, max_size=2)), max_size=2
)


@given(SMALL, FEW)
def test_it_is_as_much_as_the_best_of_all_ways_to_give(demands: list[Demand], supplies: Supplies) -> None:
    """By brute force over all ways to give hour after hour."""
    hours = [(can, week) for can, amounts in supplies for week, amount in enumerate(amounts) for _ in range(amount)]

    @cache
    def best(hour: int, got: tuple[tuple[int, ...], ...]) -> int:
        if hour == len(hours):
            return 0
        can, week = hours[hour]
        most = best(hour + 1, got)
        for place, demand in enumerate(demands):
            room = min(demand.amount - sum(got[place]), demand.most.get(week, 0) - got[place][week])
            if demand.kind in can and room > 0:
                more = tuple(amount + (at == week) for at, amount in enumerate(got[place]))
                most = max(most, 1 + best(hour + 1, (*got[:place], more, *got[place + 1 :])))
        return most

    found = distribute(demands, supplies)
    assert sum(sum(by_week.values()) for by_week in found.given) == best(0, ((0, 0),) * len(demands))


@given(DEMANDS, SUPPLIES)
def test_the_bottlenecks_prove_what_is_missing(demands: list[Demand], supplies: Supplies) -> None:
    found = distribute(demands, supplies)
    for bottleneck in found.bottlenecks:
        wanted = {place: demands[place] for place in bottleneck.demands}
        assert bottleneck.wanted == sum(demand.amount for demand in wanted.values())
        assert bottleneck.had == _had(bottleneck.places, wanted, supplies)
        assert bottleneck.missing == sum(found.missing[place] for place in bottleneck.demands) > 0
    lacking = {place for place, missing in enumerate(found.missing) if missing}
    assert lacking <= {place for bottleneck in found.bottlenecks for place in bottleneck.demands}
    assert sum(bottleneck.missing for bottleneck in found.bottlenecks) == sum(found.missing)


@given(DEMANDS, SUPPLIES, st.randoms())
def test_the_order_of_people_does_not_matter(demands: list[Demand], supplies: Supplies, chance: Random) -> None:
    shuffled = sorted(supplies, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert distribute(demands, supplies) == distribute(demands, shuffled)


def _subsets(of: Sequence[object]) -> list[frozenset[object]]:
    return [frozenset(chosen) for size in range(len(of) + 1) for chosen in combinations(of, size)]


def _cut(cut: set[object], demands: Sequence[Demand], supplies: Supplies) -> int:
    """What may flow at most: out of the people who fit a place in the cut, and to the demands beside it."""
    people = sum(
        amount
        for can, amounts in supplies
        for week, amount in enumerate(amounts)
        if any((kind, week) in cut for kind in can)
    )
    beside = (
        min(demand.amount, sum(most for week, most in demand.most.items() if (demand.kind, week) not in cut))
        for demand in demands
    )
    return people + sum(beside)


def _had(places: frozenset[tuple[int, int]], wanted: Mapping[int, Demand], supplies: Supplies) -> int:
    people = sum(
        amount
        for can, amounts in supplies
        for week, amount in enumerate(amounts)
        if any((kind, week) in places for kind in can)
    )
    elsewhere = sum(
        most for demand in wanted.values() for week, most in demand.most.items() if (demand.kind, week) not in places
    )
    return people + elsewhere
