"""The earliest start of new needs is the first that trying every week and everybody finds."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.explain.earliest import EarliestStart, NoStart, earliest_start
from portfolio.planning.explain.values import Reason
from portfolio.planning.instance import Assignment, Instance, Mode, Need
from portfolio.planning.rules import violations
from tests.planning.explain.plans import parts_of, planned
from tests.planning.instances import instance, need, part, person

BUSY = instance([person("P"), person("Q")], [need("A", last=1, share=80)])
TODAY = (part("A", last=1, share=80),)


def test_at_once_where_somebody_is_free() -> None:
    new = [need("B", last=1)]
    assert earliest_start(BUSY, TODAY, new) == EarliestStart(0, (part("B", "Q", last=1),))


def test_later_when_two_are_wanted_at_once() -> None:
    found = earliest_start(BUSY, TODAY, [need("B", last=1, share=60), need("C", last=1, share=60)])
    assert isinstance(found, EarliestStart)
    assert (found.week, found.persons) == (2, ("P", "Q"))


def test_distances_are_kept() -> None:
    found = earliest_start(
        BUSY, TODAY, [need("B", last=0, share=60), need("C", 1, 1, share=60), need("D", 1, 1, share=60)]
    )
    assert isinstance(found, EarliestStart)
    assert [(each.need, each.first) for each in found.assignments] == [("B", 1), ("C", 2), ("D", 2)]


def test_nobody_ever() -> None:
    new = [need("B", last=1), need("C", last=1, level=4)]
    assert earliest_start(BUSY, TODAY, new) == NoStart((("C", Reason.NO_LEVEL),))


def test_each_but_never_together() -> None:
    new = [need(name, last=1, share=60) for name in "BCD"]
    assert earliest_start(BUSY, TODAY, new) == NoStart(())


def test_needs_must_lie_within_the_horizon() -> None:
    for new in ([], [need("B", last=4)]):
        with pytest.raises(ValueError, match="horizon"):
            earliest_start(BUSY, TODAY, new)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_earlier_week_is_possible(seed: int) -> None:
    problem, plan = planned(seed, Mode.WHOLE)
    old, new = problem.needs[2:], problem.needs[:2]
    today = tuple(one for one in plan if one.need not in {each.id for each in new})
    problem = replace(problem, needs=old, locked=tuple(lock for lock in problem.locked if lock in today))
    found = earliest_start(problem, today, new)
    weeks = [
        later for later in range(problem.weeks - max(each.last for each in new)) if together(problem, today, new, later)
    ]
    if isinstance(found, EarliestStart):
        assert found.week == min(each.first for each in new) + weeks[0]
        wanted = moved(problem, new, weeks[0])
        assert not violations(wanted, (*today, *found.assignments))
        assert {one.need for one in found.assignments} == {each.id for each in new}
    else:
        assert not weeks
    assert found.proven


def moved(problem: Instance, new: tuple[Need, ...], later: int) -> Instance:
    shifted = (
        replace(
            each,
            first=each.first + later,
            last=each.last + later,
            latest_first=None if each.latest_first is None else each.latest_first + later,
        )
        for each in new
    )
    return replace(problem, needs=(*problem.needs, *shifted))


def together(problem: Instance, today: tuple[Assignment, ...], new: tuple[Need, ...], later: int) -> bool:
    wanted = moved(problem, new, later)
    choices = [[*parts_of(wanted, each)] for each in wanted.needs[-len(new) :]]
    sound = [[one for one in ways if not violations(wanted, (*today, one))] for ways in choices]
    return any(not violations(wanted, (*today, *both)) for both in product(*sound))
