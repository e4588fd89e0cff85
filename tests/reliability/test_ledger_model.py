"""The ledger against a model in a dict: whatever is done in whatever order, both say the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from portfolio.access.policy import Actor, Role
from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.models import Person, PersonWeek
from portfolio.pool.problems import Overbooked
from portfolio.pool.services import PoolShareData, add_absence, replace_pool_shares
from portfolio.staffing import courses, ledger, services
from portfolio.staffing.courses import Piece
from portfolio.staffing.models import Assignment, AssignmentState, Need
from portfolio.staffing.services import AssignmentData
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.databases import Database

pytestmark = pytest.mark.reliability

WEEKS = 6
PERSONS = 2
persons = st.integers(0, PERSONS - 1)
shares = st.sampled_from((10, 20, 40, 50, 80, 100))
spans = st.tuples(st.integers(0, WEEKS - 1), st.integers(0, WEEKS - 1)).map(sorted)
places = st.integers(0, 1000)
reasons = st.sampled_from((None, None, "Frist"))


@dataclass(frozen=True)
class Booking:
    """What the model knows of an assignment."""

    person: int
    share: int
    first: int
    last: int
    declined: bool = False

    def taken(self, person: int, week: int) -> int:
        books = self.person == person and self.first <= week <= self.last and not self.declined
        return self.share if books else 0


class LedgerMachine(RuleBasedStateMachine):
    """Does to the services what it does to two dicts: pool shares by person, bookings by assignment id."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        db.session.remove()
        db.engine.dispose()
        database.reset()
        self.ids = [factories.person(pool_share=100).id for _ in range(PERSONS)]
        project = factories.project()
        need = factories.need(project, factories.skill(), share=100, to_week=FIRST_WEEK + WEEKS - 1)
        self.actor = Actor(factories.user("planung", Role.CIO_OFFICE).id, frozenset({Role.CIO_OFFICE}))
        self.project_id, self.need_id = project.id, need.id
        db.session.commit()
        self.pool = [[100] * WEEKS for _ in range(PERSONS)]
        self.bookings: dict[int, Booking] = {}

    def _booked(self, person: int, week: int) -> int:
        return sum(booking.taken(person, week) for booking in self.bookings.values())

    def _fits(self, wanted: Booking, released: Booking | None = None) -> bool:
        """A week takes what it may, or what an override or an open conflict has allowed already."""
        return all(
            self._booked(wanted.person, week) - (released.taken(wanted.person, week) if released else 0) + wanted.share
            <= max(self.pool[wanted.person][week], self._booked(wanted.person, week))
            for week in range(wanted.first, wanted.last + 1)
        )

    def _data(self, booking: Booking, state: AssignmentState = AssignmentState.PROPOSED) -> AssignmentData:
        return AssignmentData(
            person_id=self.ids[booking.person],
            project_id=self.project_id,
            need_id=self.need_id,
            share=booking.share,
            from_week=FIRST_WEEK + booking.first,
            to_week=FIRST_WEEK + booking.last,
            state=state,
        )

    def _done(self, act: Callable[[], Any], expected: bool) -> Any:
        """Run `act` and commit; it must be refused exactly when it is not `expected` to succeed."""
        try:
            made = act()
        except Overbooked:
            db.session.rollback()
            assert not expected
            return None
        assert expected
        db.session.commit()
        return made

    def _some(self, place: int) -> tuple[int, Assignment]:
        identity = sorted(self.bookings)[place % len(self.bookings)]
        return identity, db.session.get_one(Assignment, identity)

    @rule(person=persons, share=shares, span=spans, reason=reasons)
    def book(self, person: int, share: int, span: list[int], reason: str | None) -> None:
        booking = Booking(person, share, *span)
        expected = self._fits(booking) or reason is not None
        if made := self._done(lambda: services.assign(self._data(booking), self.actor, reason), expected):
            self.bookings[made.id] = booking

    @precondition(lambda self: self.bookings)
    @rule(place=places, person=persons, share=shares, span=spans, reason=reasons)
    def move(self, place: int, person: int, share: int, span: list[int], reason: str | None) -> None:
        identity, assignment = self._some(place)
        before = self.bookings[identity]
        wanted = replace(before, person=person, share=share, first=span[0], last=span[1])
        expected = before.declined or self._fits(wanted, before) or reason is not None
        change = self._data(wanted, assignment.state)
        self._done(lambda: services.change_assignment(assignment, change, self.actor, reason), expected)
        if expected:
            self.bookings[identity] = wanted

    @precondition(lambda self: self.bookings)
    @rule(place=places, week=st.integers(0, WEEKS - 1), reason=reasons)
    def work_until(self, place: int, week: int, reason: str | None) -> None:
        """Shorten or extend."""
        identity, assignment = self._some(place)
        before = self.bookings[identity]
        if before.declined or week < before.first or week == before.last:
            return
        held, last = services.held(assignment), FIRST_WEEK + week
        course = courses.shorten(held, last) if week < before.last else courses.extend(held, last, agreed=False)
        wanted = replace(before, last=week)
        expected = self._fits(wanted, before) or reason is not None
        if self._done(lambda: services.carry_out(assignment, course, self.actor, reason), expected):
            self.bookings[identity] = wanted

    @precondition(lambda self: self.bookings)
    @rule(place=places, week=st.integers(0, WEEKS - 1), person=persons, share=shares, reason=reasons)
    def go_on(self, place: int, week: int, person: int, share: int, reason: str | None) -> None:
        """From a week on another share, or somebody else."""
        identity, assignment = self._some(place)
        before = self.bookings[identity]
        same = person == before.person
        if before.declined or not before.first <= week <= before.last or (same and share == before.share):
            return
        held, weeks = services.held(assignment), WeekRange(FIRST_WEEK + week, assignment.to_week)
        successor = Piece(self.ids[person], share, weeks)
        course = (
            courses.change_share(held, weeks.first, share, agreed=False)
            if same
            else courses.hand_over(held, weeks.first, successor)
        )
        wanted = replace(before, person=person, share=share, first=week)
        expected = self._fits(wanted, before) or reason is not None
        if made := self._done(lambda: services.carry_out(assignment, course, self.actor, reason), expected):
            del self.bookings[identity]
            if week > before.first:
                self.bookings[identity] = replace(before, last=week - 1)
            self.bookings[made.id] = wanted

    @precondition(lambda self: self.bookings)
    @rule(place=places)
    def decline(self, place: int) -> None:
        identity, assignment = self._some(place)
        if not self.bookings[identity].declined:
            services.move_to_state(assignment, AssignmentState.DECLINED, self.actor)
            db.session.commit()
            self.bookings[identity] = replace(self.bookings[identity], declined=True)

    @precondition(lambda self: self.bookings)
    @rule(place=places)
    def remove(self, place: int) -> None:
        identity, assignment = self._some(place)
        services.remove_assignment(assignment)
        db.session.commit()
        del self.bookings[identity]

    @rule(person=persons, day=st.integers(0, WEEKS * 7))
    def be_away(self, person: int, day: int) -> None:
        """Changes what is delivered, never what is booked."""
        start = FIRST_WEEK.monday + timedelta(days=day)
        holder = db.session.get_one(Person, self.ids[person])
        if all(start > row.to_date or start < row.from_date for row in holder.absences):
            add_absence(holder, start, start)
            db.session.commit()

    @rule(person=persons, turn=st.integers(1, WEEKS - 1), before=shares, after=shares, accept=st.booleans())
    def change_pool_share(self, person: int, turn: int, before: int, after: int, accept: bool) -> None:
        wanted = [before] * turn + [after] * (WEEKS - turn)
        pairs = zip(wanted, self.pool[person], range(WEEKS), strict=True)
        lost = any(
            self._booked(person, week) > new + max(0, self._booked(person, week) - old) for new, old, week in pairs
        )
        rows = [
            PoolShareData(from_week=FIRST_WEEK, to_week=FIRST_WEEK + turn - 1, share=before),
            PoolShareData(from_week=FIRST_WEEK + turn, to_week=None, share=after),
        ]
        holder = db.session.get_one(Person, self.ids[person])
        expected = accept or not lost
        self._done(lambda: replace_pool_shares(holder, rows, accept_conflict=accept), expected)
        if expected:
            self.pool[person] = wanted

    @invariant()
    def ledger_is_the_model(self) -> None:
        entries = {(row.person_id, row.week - FIRST_WEEK): row.booked for row in db.session.scalars(select(PersonWeek))}
        for person, week in product(range(PERSONS), range(WEEKS)):
            assert entries.get((self.ids[person], week), 0) == self._booked(person, week)
        shares_by_week = [sum(self._booked(person, week) for person in range(PERSONS)) for week in range(WEEKS)]
        assert db.session.get_one(Need, self.need_id).open is (min(shares_by_week) < 100)
        db.session.rollback()

    def teardown(self) -> None:
        assert ledger.verify().ok
        db.session.rollback()


def test_ledger_follows_the_model(app: Flask, database: Database, rounds: Callable[[int, int], int]) -> None:
    run_state_machine_as_test(
        lambda: LedgerMachine(database),
        settings=settings(
            max_examples=rounds(4, 200),
            stateful_step_count=rounds(25, 50),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
