"""Fragmentation: parallel projects, smallest share, hand-overs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.capacity import capacities
from portfolio.planning.focus import Fragmentation, fragmentation, handovers
from portfolio.planning.problem import Assignment, Person, PoolShare
from portfolio.planning.weeks import Week, WeekRange

START = Week.of(2026, 51)
POOL = [Person(number, (PoolShare(START, None, 100),)) for number in (1, 2)]


def row(person: int, first: int, last: int, project: int = 1, need: int | None = 1) -> Assignment:
    return Assignment(person, project, START + first, START + last, 10 * project, need)


def test_a_plan_is_measured_by_its_parallel_projects_smallest_share_and_handovers() -> None:
    rows = [row(1, 0, 5, project=2), row(1, 4, 9, project=3, need=2), row(2, 6, 9, project=2)]
    figures = capacities(POOL, rows, WeekRange(START, START + 9))
    assert fragmentation(figures, rows) == Fragmentation(
        most_projects=2, parallel_weeks=2, smallest_share=20, handovers=1
    )


def test_an_empty_plan_is_not_fragmented() -> None:
    figures = capacities(POOL, [], WeekRange(START, START))
    assert fragmentation(figures, []) == Fragmentation(0, 0, None, 0)


def test_sharing_a_need_from_its_start_hands_nothing_over() -> None:
    assert handovers([row(1, 0, 5), row(2, 0, 9)]) == 0


def test_everybody_who_joins_a_need_later_is_handed_it() -> None:
    assert handovers([row(2, 5, 6), row(3, 7, 9), row(1, 0, 4)]) == 2


def test_one_person_in_several_pieces_is_no_handover() -> None:
    assert handovers([row(1, 0, 3), row(1, 5, 9)]) == 0
    assert handovers([row(1, 5, 9), row(1, 0, 3), row(2, 0, 9)]) == 0


def test_different_needs_hand_nothing_to_each_other() -> None:
    assert handovers([row(1, 0, 3, need=1), row(2, 4, 9, need=2)]) == 0
    assert handovers([row(1, 0, 3, need=None), row(2, 4, 9, need=None)]) == 0


rows = st.builds(
    lambda person, first, length, project, need: row(person, first, first + length, project, need),
    st.integers(1, 2),
    st.integers(0, 6),  # 2026 has a week 53, so the turn of the year lies within
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from([None, 1, 2]),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(rows, max_size=6))
def test_the_figures_are_their_definitions(plan: list[Assignment]) -> None:
    weeks = WeekRange(START, START + 9)
    found = fragmentation(capacities(POOL, plan, weeks), plan)
    at_once = [
        len({each.project_id for each in plan if each.person_id == person.id and week in each.weeks})
        for person in POOL
        for week in weeks
    ]
    assert (found.most_projects, found.parallel_weeks) == (max(at_once), sum(count > 1 for count in at_once))
    begins = {need: {each.first for each in plan if each.need_id == need} for need in (1, 2)}
    joins = {(each.need_id, each.person_id) for each in plan if each.need_id}
    firsts = [min(r.first for r in plan if (r.need_id, r.person_id) == pair) for pair in sorted(joins)]
    late = [first > min(begins[need]) for (need, _person), first in zip(sorted(joins), firsts, strict=True)]
    assert found.handovers == sum(late)
