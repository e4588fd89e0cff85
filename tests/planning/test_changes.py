"""What turns one plan into another: told in kinds and weeks, applied, taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.changes import Change, ChangeKind, Outdated, Step, apply, difference, reverse, untouched
from portfolio.planning.problem import Assignment
from portfolio.planning.weeks import Week, WeekRange

W51 = Week.of(2026, 51)  # 2026 has a week 53, so W51 + 3 is 2027-W01
bounded = settings(max_examples=200, deadline=None, derandomize=True)


def on(first: int, last: int, share: int = 50, person: int = 1, need: int | None = 1) -> Assignment:
    return Assignment(person, 1, W51 + first, W51 + last, share, need)


def kinds(before: list[Assignment], after: list[Assignment]) -> list[ChangeKind]:
    return [change.kind for change in difference(before, after)]


def test_equal_plans_differ_in_nothing_whatever_their_order() -> None:
    plan = [on(0, 3), on(0, 3), on(4, 5, person=2)]
    assert difference(plan, plan[::-1]) == ()
    assert untouched(plan, plan[::-1]) == tuple(plan)


def test_somebody_begins_and_somebody_ends() -> None:
    assert kinds([], [on(0, 3)]) == [ChangeKind.BEGINS]
    assert kinds([on(0, 3)], []) == [ChangeKind.ENDS]


def test_the_same_person_later_longer_or_shorter_has_moved() -> None:
    assert kinds([on(0, 3)], [on(1, 4)]) == [ChangeKind.MOVES]
    assert kinds([on(0, 3)], [on(0, 5)]) == [ChangeKind.MOVES]
    assert kinds([on(0, 3)], [on(0, 1)]) == [ChangeKind.MOVES]


def test_another_share_from_a_week_on() -> None:
    (change,) = difference([on(0, 5, 40)], [on(0, 2, 40), on(3, 5, 20)])
    assert change.kind is ChangeKind.RESHARES
    assert change.steps == (Step(1, Week.of(2027, 1), Week.of(2027, 3), 40, 20),)


def test_longer_with_another_share_has_moved() -> None:
    assert kinds([on(0, 3, 40)], [on(0, 2, 40), on(3, 5, 20)]) == [ChangeKind.MOVES]


def test_whoever_takes_over_what_another_gives_up_is_one_change() -> None:
    (change,) = difference([on(0, 5)], [on(0, 1), on(2, 5, person=2)])
    assert (change.kind, change.persons) == (ChangeKind.HANDED_OVER, (1, 2))
    assert change.steps == (Step(1, W51 + 2, W51 + 5, 50, 0), Step(2, W51 + 2, W51 + 5, 0, 50))


def test_one_may_hand_over_to_two() -> None:
    assert kinds([on(0, 5)], [on(0, 2, person=2), on(3, 5, person=3)]) == [ChangeKind.HANDED_OVER]


def test_in_weeks_that_do_not_meet_nothing_is_handed_over() -> None:
    assert kinds([on(0, 1)], [on(3, 5, person=2)]) == [ChangeKind.ENDS, ChangeKind.BEGINS]


def test_two_who_give_up_the_same_weeks_are_two_changes() -> None:
    assert kinds([on(0, 3), on(0, 3, person=2)], []) == [ChangeKind.ENDS, ChangeKind.ENDS]


def test_work_without_a_need_is_nobody_elses() -> None:
    assert kinds([on(0, 3, need=None)], [on(0, 3, person=2, need=None)]) == [ChangeKind.ENDS, ChangeKind.BEGINS]


def test_different_needs_are_different_changes() -> None:
    assert kinds([on(0, 3)], [on(0, 3, person=2, need=2)]) == [ChangeKind.ENDS, ChangeKind.BEGINS]


def test_the_same_work_in_two_pieces_changes_nothing_that_is_done() -> None:
    (change,) = difference([on(0, 5)], [on(0, 2), on(3, 5)])
    assert (change.kind, change.steps) == (ChangeKind.RECUT, ())


def test_a_change_of_two_pieces_of_work_is_none() -> None:
    with pytest.raises(ValueError, match="one piece of work"):
        Change((on(0, 3),), (on(0, 3, need=2),))


def test_a_plan_that_moved_on_is_told() -> None:
    changes = difference([on(0, 5)], [on(0, 1)])
    with pytest.raises(Outdated) as refused:
        apply([on(0, 4)], changes)
    assert (refused.value.change, refused.value.missing) == (changes[0], (on(0, 5),))


rows = st.builds(
    lambda person, need, first, length, share: on(first, first + length, share, person, need),
    st.integers(1, 3),
    st.sampled_from([None, 1, 2]),
    st.integers(0, 6),
    st.integers(0, 3),
    st.sampled_from([20, 50]),
)
plans = st.lists(rows, max_size=6)


def shares(plan: list[Assignment]) -> Counter[tuple[object, ...]]:
    """Percent by person, work and week."""
    found: Counter[tuple[object, ...]] = Counter()
    for row in plan:
        for week in row.weeks:
            found[row.person_id, row.project_id, row.need_id, week] += row.share
    return found


@bounded
@given(plans, plans)
def test_applied_and_taken_back_is_where_it_began(before: list[Assignment], after: list[Assignment]) -> None:
    changes = difference(before, after)
    there = apply(before, changes)
    assert Counter(there) == Counter(after)
    assert Counter(apply(there, reverse(changes))) == Counter(before)


@bounded
@given(plans, plans, st.randoms())
def test_any_choice_applies_in_any_order(before: list[Assignment], after: list[Assignment], by: Random) -> None:
    changes = list(difference(before, after))
    chosen = by.sample(changes, by.randint(0, len(changes)))
    rest = [change for change in changes if change not in chosen]
    assert apply(apply(before, chosen), rest) == apply(before, changes)


@bounded
@given(plans, plans)
def test_what_is_untouched_stands_beside_the_changes(before: list[Assignment], after: list[Assignment]) -> None:
    kept = Counter(untouched(before, after))
    changes = difference(before, after)
    assert kept + Counter(row for change in changes for row in change.before) == Counter(before)
    assert kept + Counter(row for change in changes for row in change.after) == Counter(after)


@bounded
@given(plans, plans)
def test_the_steps_tell_every_week_that_differs(before: list[Assignment], after: list[Assignment]) -> None:
    found: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for change in difference(before, after):
        for step in change.steps:
            for week in WeekRange(step.first, step.last):
                found[step.person_id, *change.work, week] += step.after - step.before
    old, new = shares(before), shares(after)
    assert dict(found) == {key: new[key] - old[key] for key in {*old, *new} if new[key] != old[key]}


@bounded
@given(plans, plans)
def test_backwards_the_kinds_are_mirrored(before: list[Assignment], after: list[Assignment]) -> None:
    mirror = {ChangeKind.BEGINS: ChangeKind.ENDS, ChangeKind.ENDS: ChangeKind.BEGINS}
    there, back = difference(before, after), difference(after, before)
    assert [change.reverse for change in there] == list(back)
    assert [mirror.get(change.kind, change.kind) for change in there] == [change.kind for change in back]
