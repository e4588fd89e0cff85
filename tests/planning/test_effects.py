"""What a change does to needs: hours, coverage and open weeks, before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.coverage import coverage, delivered_work
from portfolio.planning.effects import Effect, Span, Staffing, delivery, effects, thinned
from portfolio.planning.problem import WORK_PER_HOUR, Absence, Assignment, Need, NeedKind, Person, PoolShare
from portfolio.planning.weeks import Week, WeekRange

START = Week.of(2027, 10)
NEED = Need(1, project_id=1, skill_id=7, level=2, first=START, last=START + 3, share=50)
ANNA, BEN = (Person(number, (PoolShare(START, None, 100),)) for number in (1, 2))
POOL = {1: ANNA, 2: BEN}
HOUR = WORK_PER_HOUR


def on(first: int, last: int, share: int = 50, person: int = 1) -> Assignment:
    return Assignment(person, 1, START + first, START + last, share, NEED.id)


def away(person: Person, first_day: int, days: int) -> dict[int, Person]:
    first = START.monday + timedelta(days=first_day)
    return POOL | {person.id: replace(person, absences=(Absence(first, first + timedelta(days=days - 1)),))}


def change(before: list[Assignment], after: list[Assignment], need: Need = NEED) -> Effect:
    (found,) = effects([need], Staffing(tuple(before), POOL), Staffing(tuple(after), POOL))
    return found


def test_an_absence_lowers_hours_and_coverage_and_opens_nothing() -> None:
    booked = (on(0, 3),)
    (found,) = effects([NEED], Staffing(booked, POOL), Staffing(booked, away(ANNA, 7, 12)))
    assert found.delivery.spans == (Span(START + 1, START + 2, 40 * HOUR, 0),)
    assert (found.covered_before.ratio, found.covered_after.ratio) == (1.0, 0.5)
    assert (found.openings, found.is_felt) == ((), True)


def test_leaving_early_opens_the_weeks_that_are_left() -> None:
    found = change([on(0, 3)], [on(0, 1)])
    assert found.openings == (Span(START + 2, START + 3, 0, 50),)
    assert found.delivery.lost == 40 * HOUR


def test_weeks_with_different_open_shares_are_different_spans() -> None:
    found = change([on(0, 3)], [on(0, 1), on(2, 2, 20)])
    assert found.openings == (Span(START + 2, START + 2, 0, 30), Span(START + 3, START + 3, 0, 50))
    assert found.delivery.spans == (Span(START + 2, START + 3, 40 * HOUR, 8 * HOUR),)


def test_weeks_apart_are_different_spans_though_they_say_the_same() -> None:
    found = change([on(0, 3)], [on(1, 1), on(3, 3)])
    assert [(span.first, span.last) for span in found.openings] == [(START, START), (START + 2, START + 2)]
    assert [(span.first, span.last) for span in found.delivery.spans] == [(START, START), (START + 2, START + 2)]


def test_whoever_takes_over_in_full_is_not_felt() -> None:
    assert not change([on(0, 3)], [on(0, 1), on(2, 3, person=2)]).is_felt


def test_giving_way_leaves_the_runs_of_weeks_with_what_is_left() -> None:
    cuts = {START + 1: 20, START + 2: 60, START + 9: 10}
    assert thinned(on(0, 3), cuts) == (on(0, 0), on(1, 1, share=30), on(3, 3))
    assert thinned(on(0, 3), {}) == (on(0, 3),)


def test_a_volume_has_no_open_weeks_but_fewer_hours() -> None:
    volume = replace(NEED, kind=NeedKind.VOLUME, person_days=10)
    found = change([on(0, 3)], [on(0, 1)], volume)
    assert (found.openings, found.covered_before.ratio, found.covered_after.ratio) == ((), 1.0, 0.5)


def test_work_on_other_needs_is_left_out() -> None:
    other = replace(on(0, 3), need_id=9)
    assert not change([on(0, 3), other], [on(0, 3)]).is_felt
    assert delivery(NEED.weeks, Staffing((other,), POOL), Staffing((), POOL)).lost == 80 * HOUR


people = st.sampled_from((1, 2))
places = st.tuples(st.integers(-2, 5), st.integers(-2, 5)).map(sorted)
bookings = st.builds(lambda weeks, share, person: on(*weeks, share, person), places, st.sampled_from((20, 50)), people)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(bookings, max_size=4), st.lists(bookings, max_size=4))
def test_effects_say_what_coverage_says(before: list[Assignment], after: list[Assignment]) -> None:
    found = change(before, after)
    assert (found.covered_before, found.covered_after) == (coverage(NEED, before, POOL), coverage(NEED, after, POOL))
    assert found.delivery.before == delivered_work(NEED.weeks, before, POOL)
    assert sum(span.before - span.after for span in found.delivery.spans) == found.delivery.lost
    changed = {week for span in found.openings for week in WeekRange(span.first, span.last)}
    shares = zip(NEED.weeks, found.open_before, found.open_after, strict=True)
    assert changed == {week for week, earlier, later in shares if earlier != later}
