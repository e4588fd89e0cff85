"""Pool share, booked, free, delivered and parallel projects per person and week."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.planning.capacity import (
    Cell,
    CellState,
    capacities,
    capacity,
    cell,
    overbooked,
    pool_share,
)
from portfolio.planning.problem import Absence, Assignment, Person, PoolShare
from portfolio.planning.weeks import Week, WeekRange, presence

W1 = Week.of(2026, 51)
WINDOW = WeekRange(W1, W1 + 9)
HORIZON = WeekRange(W1, W1 + 3)
bounded = settings(max_examples=100, deadline=None, derandomize=True)


def anna(share: int = 80, **details: object) -> Person:
    return Person(1, (PoolShare(W1, None, share),), **details)  # type: ignore[arg-type]


def booked(first: int, last: int, share: int, project: int = 1, person: int = 1) -> Assignment:
    return Assignment(person, project, W1 + first, W1 + last, share)


def test_outside_every_row_the_pool_share_is_nought() -> None:
    person = Person(1, (PoolShare(W1 + 1, W1 + 1, 60), PoolShare(W1 + 3, None, 40)))
    assert [pool_share(person, W1 + n) for n in range(5)] == [0, 60, 0, 40, 40]


def test_shares_add_up_and_what_is_left_is_free() -> None:
    figures = capacity(anna(80), [booked(0, 2, 50), booked(2, 9, 30)], HORIZON)
    assert figures.booked == (50, 50, 80, 30)
    assert figures.free == (30, 30, 0, 50)


def test_a_full_week_is_not_overbooked_and_one_percent_more_is() -> None:
    assert overbooked(anna(80), [booked(0, 3, 50), booked(0, 3, 30)]) == ()
    assert overbooked(anna(80), [booked(0, 3, 50), booked(1, 2, 31)]) == (W1 + 1, W1 + 2)


def test_every_booking_is_too_much_where_the_pool_share_has_ended() -> None:
    person = Person(1, (PoolShare(W1, W1 + 1, 100),))
    assert overbooked(person, [booked(0, 3, 20)]) == (W1 + 2, W1 + 3)


def test_assignments_of_others_do_not_count() -> None:
    assert overbooked(anna(), [booked(0, 3, 100, person=2)]) == ()
    assert capacity(anna(), [booked(0, 3, 100, person=2)], HORIZON).booked == (0, 0, 0, 0)


def test_an_absence_lowers_what_is_delivered_and_overbooks_nothing() -> None:
    person = anna(absences=(Absence(W1.monday, W1.monday + timedelta(days=1)),))
    figures = capacity(person, [booked(0, 3, 80)], HORIZON)
    assert figures.delivered_hours == (19.2, 32.0, 32.0, 32.0)
    assert figures.overbooked == ()


def test_a_holiday_in_an_absence_is_taken_away_once() -> None:
    person = anna(absences=(Absence(date(2026, 12, 21), date(2027, 1, 1)),))
    figures = capacity(person, [booked(0, 3, 50)], HORIZON, {date(2026, 12, 25), date(2027, 1, 6)})
    assert figures.presence == (5, 0, 0, 4)


def test_hours_are_exact_for_every_full_time() -> None:
    person = anna(full_time_hours=38.7, absences=(Absence(W1.monday, W1.monday),))
    assert capacity(person, [booked(0, 0, 33)], WeekRange(W1, W1)).delivered_hours == (10.2168,)


def test_two_assignments_on_one_project_are_one_project_at_once() -> None:
    rows = [booked(0, 2, 20, project=1), booked(1, 3, 20, project=1), booked(2, 2, 20, project=2)]
    figures = capacity(anna(), rows, HORIZON)
    assert figures.projects == (1, 1, 2, 1)
    assert figures.most_projects == 2


def test_a_cell_says_how_much_is_free_or_too_much() -> None:
    assert cell(80, 60, 40.0) == Cell(CellState.FREE, 20, 8.0)
    assert cell(80, 80, 40.0) == Cell(CellState.FULL, 0, 0.0)
    assert cell(80, 85, 40.0) == Cell(CellState.OVER, 5, 2.0)
    assert cell(0, 0, 40.0) == Cell(CellState.OUTSIDE, 0, 0.0)


def test_the_cells_of_a_person_follow_the_weeks() -> None:
    person = Person(1, (PoolShare(W1, W1 + 2, 50),))
    figures = capacity(person, [booked(1, 1, 50), booked(2, 2, 60)], HORIZON)
    assert [one.state for one in figures.cells] == ["free", "full", "over", "outside"]


spans = st.tuples(st.integers(-3, 12), st.integers(0, 8))
assignments = st.lists(
    st.builds(
        lambda person, project, span, share: booked(span[0], sum(span), share, project, person),
        st.integers(1, 3),
        st.integers(1, 3),
        spans,
        st.integers(1, 100),
    ),
    max_size=12,
)
day_spans = st.tuples(st.integers(-20, 80), st.integers(0, 20))


@st.composite
def persons(draw: st.DrawFn) -> tuple[Person, ...]:
    pool = []
    for number in (1, 2, 3):
        ends = sorted(draw(st.sets(st.integers(-4, 14), min_size=2, max_size=4)))
        rows = zip(ends, [*ends[1:], None], strict=True)
        shares = tuple(PoolShare(W1 + a, None if b is None else W1 + b - 1, draw(st.integers(0, 100))) for a, b in rows)
        away = draw(st.lists(day_spans, max_size=3))
        absences = tuple(Absence(W1.monday + timedelta(days=a), W1.monday + timedelta(days=a + n)) for a, n in away)
        full_time = draw(st.sampled_from([40.0, 39.5, 38.7]))
        pool.append(Person(number, shares, absences, full_time_hours=full_time))
    return tuple(pool)


def holds(row: PoolShare, week: Week) -> bool:
    return row.first <= week and (row.last is None or week <= row.last)


@bounded
@given(persons(), assignments, st.sets(st.integers(0, 69), max_size=10))
def test_the_whole_matrix_equals_the_definition(
    pool: tuple[Person, ...], rows: list[Assignment], off: set[int]
) -> None:
    days_off = {W1.monday + timedelta(days=day) for day in off}
    for person, figures in zip(pool, capacities(pool, rows, WINDOW, days_off), strict=True):
        for place, week in enumerate(WINDOW):
            running = [a for a in rows if a.person_id == person.id and a.first <= week <= a.last]
            limit = sum(row.share for row in person.pool_shares if holds(row, week))
            days = presence(week, days_off, [(a.first, a.last) for a in person.absences])
            share = sum(a.share for a in running)
            assert figures.pool_share[place] == limit == pool_share(person, week)
            assert figures.booked[place] == share
            assert figures.presence[place] == days
            assert figures.projects[place] == len({a.project_id for a in running})
            assert figures.delivered_hours[place] == pytest.approx(share * person.full_time_hours * days / 500)


@bounded
@given(persons(), assignments)
def test_the_overbooked_weeks_are_those_the_matrix_shows(pool: tuple[Person, ...], rows: list[Assignment]) -> None:
    everything = WeekRange(W1 - 10, W1 + 30)
    for person, figures in zip(pool, capacities(pool, rows, everything), strict=True):
        assert overbooked(person, rows) == figures.overbooked


def test_a_pool_of_2000_over_two_years_is_counted_within_two_seconds() -> None:
    weeks = WeekRange(W1, W1 + 103)
    pool = [Person(n, (PoolShare(W1, None, 80),), (Absence(W1.monday, W1.sunday),)) for n in range(2000)]
    rows = [booked(n % 97, n % 97 + n % 20, 20, project=n % 300, person=n % 2000) for n in range(40_000)]
    begun = time.process_time()
    figures = capacities(pool, rows, weeks)
    delivered = sum(sum(one.delivered_hours) for one in figures)
    assert delivered > 0
    assert time.process_time() - begun < 2
