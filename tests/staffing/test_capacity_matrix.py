"""The arrays say what planning and the ledger say, person by person and week by week."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.capacity import capacities
from portfolio.planning.weeks import Week
from portfolio.pool.models import Person, PersonWeek, PoolShare
from portfolio.staffing import capacity, snapshot
from portfolio.staffing.capacity import places
from portfolio.staffing.models import AssignmentState
from tests import factories
from tests.support.queries import count_queries

FIRST = Week.of(2026, 49)
COUNT = 30


def _populate(random: Random, persons: int) -> list[Person]:
    """Persons with pool shares that begin, end and change, overlapping absences and bookings that fit."""
    projects = [factories.project() for _ in range(3)]
    made = []
    for _ in range(persons):
        person = factories.person(pool_share=None)
        turn = FIRST + random.randint(-5, 20)
        person.pool_shares = [
            PoolShare(from_week=FIRST - 8, to_week=turn - 1, share=random.randint(40, 100)),
            PoolShare(from_week=turn + random.randint(0, 3), share=random.randint(40, 100)),
        ]
        for _ in range(random.randint(0, 4)):
            start = FIRST.monday + timedelta(days=random.randint(-20, COUNT * 7))
            factories.absence(person, start, start + timedelta(days=random.randint(0, 25)))
        _book(random, person, projects)
        made.append(person)
    return made


def _book(random: Random, person: Person, projects: list[Any]) -> None:
    for state in (AssignmentState.CONFIRMED, AssignmentState.PROPOSED, AssignmentState.DECLINED):
        first, last = person.pool_shares[0].from_week, person.pool_shares[0].to_week
        begin = first + random.randint(0, last - first)
        until = begin + random.randint(0, last - begin)
        share = random.randint(1, 20)
        window = {"from_week": begin, "to_week": until}
        factories.assignment(person, random.choice(projects), share=share, state=state, **window)


@pytest.mark.parametrize(("seed", "most_named"), [(0, 300), (1, 300), (2, 3)])
def test_figures_are_those_of_planning(app: Flask, monkeypatch: pytest.MonkeyPatch, seed: int, most_named: int) -> None:
    monkeypatch.setattr(places, "MOST_NAMED", most_named)
    persons = _populate(Random(seed), 12)[-2::-1]
    found = capacity.matrix(persons, FIRST, COUNT)
    values = snapshot.load(FIRST, FIRST + COUNT - 1)
    expected = {p.person_id: p for p in capacities(values.persons, values.assignments, values.weeks, values.days_off)}
    for row, person_id in enumerate(found.person_ids):
        assert tuple(found.pool_share[row]) == expected[person_id].pool_share
        assert tuple(found.booked[row]) == expected[person_id].booked
        assert tuple(found.delivered_hours[row]) == expected[person_id].delivered_hours


def test_booked_is_what_the_ledger_says(app: Flask) -> None:
    found = capacity.matrix(_populate(Random(5), 6), FIRST, COUNT)
    entries = {(row.person_id, row.week): row.booked for row in db.session.scalars(select(PersonWeek))}
    for person_id, booked in zip(found.person_ids, found.booked.tolist(), strict=True):
        assert booked == [entries.get((person_id, week), 0) for week in found.weeks]


def test_nobody_is_an_empty_matrix(app: Flask) -> None:
    found = capacity.matrix([], FIRST, 4)
    assert found.booked.shape == found.delivered_hours.shape == (0, 4)


@pytest.mark.parametrize("persons", [1, 9])
def test_queries_do_not_depend_on_the_number_of_persons(app: Flask, persons: int) -> None:
    everybody = _populate(Random(1), persons)
    with count_queries() as queries:
        capacity.matrix(everybody, FIRST, COUNT)
    assert len(queries) == 3 + 2  # outside of requests, what is set is read anew each time
