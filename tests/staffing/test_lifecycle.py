"""Ending, shortening, extending, another share, handing over: what is booked afterwards, and what is refused."""

from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.problems import Overbooked
from portfolio.pool.services import PoolShareData, replace_pool_shares
from portfolio.projects.models import Phase
from portfolio.staffing import courses, ledger, services
from portfolio.staffing.courses import Course, Piece
from portfolio.staffing.models import Assignment, AssignmentForm, AssignmentState, Override
from portfolio.staffing.problems import AssignmentOver, ProjectClosed, StepNotAllowed, UnknownPerson
from portfolio.web import clock
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign, ledger_row

_PROPOSED, _REQUESTED, _AGREED, _CONFIRMED, _ENDED, _DECLINED = AssignmentState


@pytest.fixture
def made(cast: Any) -> Assignment:
    """Lea of the education ministry works for it, weeks 0 to 9, 40 percent, for a need."""
    need = factories.need(cast.project, cast.fim, to_week=FIRST_WEEK + 9)
    values = {"need_id": need.id, "to_week": FIRST_WEEK + 9, "form": AssignmentForm.SECONDMENT}
    return factories.assignment(cast.lea_person, cast.project, **values)


def _take(cast: Any, made: Assignment, course: Course, reason: str | None = None) -> Assignment:
    done = services.carry_out(made, course, cast.carla.actor, reason)
    db.session.commit()
    return done


def _extended(made: Assignment, last: int) -> Course:
    return courses.extend(services.held(made), FIRST_WEEK + last, services.rests_on_agreement(made))


def _with_share(made: Assignment, first: int, share: int) -> Course:
    return courses.change_share(services.held(made), FIRST_WEEK + first, share, services.rests_on_agreement(made))


def _handed(made: Assignment, first: int, to: Any, share: int = 40) -> Course:
    weeks = WeekRange(FIRST_WEEK + first, made.to_week)
    return courses.hand_over(services.held(made), weeks.first, Piece(to.id, share, weeks))


def _facts(assignment: Assignment) -> tuple[int, int, int, AssignmentState]:
    first, last = assignment.from_week - FIRST_WEEK, assignment.to_week - FIRST_WEEK
    return first, last, assignment.share, assignment.state


def test_ended_keeps_its_weeks_and_nothing_after(cast: Any, made: Assignment) -> None:
    _take(cast, made, courses.end(services.held(made), FIRST_WEEK + 3))
    assert _facts(made) == (0, 3, 40, _ENDED)
    assert [ledger_row(cast.lea_person, FIRST_WEEK + week)[0] for week in (3, 4)] == [40, 0]
    assert made.need
    assert made.need.open


@pytest.mark.parametrize("state", [_PROPOSED, _REQUESTED, _AGREED])
def test_only_what_is_confirmed_can_end(cast: Any, made: Assignment, state: AssignmentState) -> None:
    made.state = state
    with pytest.raises(StepNotAllowed):
        _take(cast, made, courses.end(services.held(made), FIRST_WEEK + 3))


@pytest.mark.parametrize("state", [_ENDED, _DECLINED])
def test_what_is_over_stays_as_it_is(cast: Any, made: Assignment, state: AssignmentState) -> None:
    made.state = state
    assert services.possible_verbs(made) == ()
    with pytest.raises(AssignmentOver):
        _take(cast, made, courses.shorten(services.held(made), FIRST_WEEK + 3))


def test_extending_within_the_ministry_keeps_the_state(cast: Any, made: Assignment) -> None:
    assert _take(cast, made, _extended(made, 12)) is made
    assert _facts(made) == (0, 12, 40, _CONFIRMED)


def _agreed_abroad(cast: Any, **values: Any) -> Assignment:
    """Paul of the finance ministry, with its agreement."""
    agreed = {"state": _CONFIRMED, "agreed_on": clock.today(), "agreement_reference": "PE 1"}
    return factories.assignment(cast.paul_person, cast.project, **{"share": 20, "to_week": FIRST_WEEK + 9} | agreed)


def test_what_goes_beyond_the_agreement_is_proposed(cast: Any) -> None:
    made = _agreed_abroad(cast)
    added = _take(cast, made, _extended(made, 12))
    assert (_facts(made), _facts(added)) == ((0, 9, 20, _CONFIRMED), (10, 12, 20, _PROPOSED))
    assert (made.agreement_reference, added.agreement_reference, added.agreed_on) == ("PE 1", None, None)


def test_less_than_agreed_keeps_state_and_agreement(cast: Any) -> None:
    made = _agreed_abroad(cast)
    rest = _take(cast, made, _with_share(made, 5, 10))
    assert (_facts(made), _facts(rest)) == ((0, 4, 20, _CONFIRMED), (5, 9, 10, _CONFIRMED))
    assert (rest.agreement_reference, rest.agreed_on) == ("PE 1", made.agreed_on)


def test_more_than_agreed_from_the_start_begins_anew(cast: Any) -> None:
    made = _agreed_abroad(cast)
    assert _take(cast, made, _with_share(made, 0, 50)) is made
    assert (_facts(made), made.agreed_on) == ((0, 9, 50, _PROPOSED), None)


def test_split_keeps_need_form_and_the_sum(cast: Any, made: Assignment) -> None:
    rest = _take(cast, made, _with_share(made, 5, 60))
    assert (rest.need_id, rest.form, rest.project_id) == (made.need_id, AssignmentForm.SECONDMENT, made.project_id)
    assert [ledger_row(cast.lea_person, FIRST_WEEK + week)[0] for week in (4, 5, 9)] == [40, 60, 60]


def test_handing_over(cast: Any, made: Assignment) -> None:
    successor = _take(cast, made, _handed(made, 6, cast.paul_person))
    assert (_facts(made), _facts(successor)) == ((0, 5, 40, _CONFIRMED), (6, 9, 40, _PROPOSED))
    assert (successor.person_id, successor.need_id, successor.form) == (cast.paul_person.id, made.need_id, made.form)
    assert (ledger_row(cast.lea_person, FIRST_WEEK + 6)[0], ledger_row(cast.paul_person, FIRST_WEEK + 6)[0]) == (0, 90)
    assert made.need
    assert not made.need.open


def test_handing_over_the_whole_leaves_no_trace_but_the_log(cast: Any, made: Assignment) -> None:
    _take(cast, made, _handed(made, 0, cast.paul_person))
    rows = db.session.scalars(select(Assignment).where(Assignment.need_id.is_not(None))).all()
    assert [row.person_id for row in rows] == [cast.paul_person.id]


def test_a_successor_without_room_changes_nothing(cast: Any, made: Assignment) -> None:
    course = _handed(made, 6, cast.paul_person, share=60)
    db.session.commit()
    with pytest.raises(Overbooked) as refused:
        _take(cast, made, course)
    db.session.rollback()
    assert (len(refused.value.weeks), refused.value.person_id) == (4, cast.paul_person.id)
    assert (_facts(made), db.session.query(Assignment).count()) == ((0, 9, 40, _CONFIRMED), 2)


def test_a_reason_overbooks_the_successor_and_is_logged_there(cast: Any, made: Assignment) -> None:
    successor = _take(cast, made, _handed(made, 6, cast.paul_person, share=60), "Frist")
    logged = db.session.scalars(select(Override)).one()
    assert (logged.assignment_id, logged.share, logged.reason) == (successor.id, 10, "Frist")


def test_nobody_inactive_takes_over(cast: Any, made: Assignment) -> None:
    cast.paul_person.active = False
    with pytest.raises(UnknownPerson):
        _take(cast, made, _handed(made, 6, cast.paul_person))


def test_who_was_deactivated_can_still_be_split(cast: Any, made: Assignment) -> None:
    cast.lea_person.active = False
    assert _facts(_take(cast, made, _with_share(made, 5, 20))) == (5, 9, 20, _CONFIRMED)


def test_on_a_closed_project_it_may_only_become_less(cast: Any, made: Assignment) -> None:
    cast.project.phase = Phase.COMPLETED
    for course in (_extended(made, 12), _with_share(made, 5, 60), _handed(made, 6, cast.paul_person)):
        with pytest.raises(ProjectClosed):
            _take(cast, made, course)
    assert _facts(_take(cast, made, _with_share(made, 5, 20))) == (5, 9, 20, _CONFIRMED)
    _take(cast, made, courses.end(services.held(made), FIRST_WEEK + 2))
    assert _facts(made) == (0, 2, 40, _ENDED)


def test_a_logged_override_survives_a_split(cast: Any) -> None:
    """Paul is booked 120 percent by decision: taking one part apart must not ask for that decision again."""
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist", share=70)
    rest = _take(cast, made, _with_share(made, 2, 60))
    assert rest.share == 60
    assert [ledger_row(cast.paul_person, FIRST_WEEK + week) for week in (1, 2)] == [(120, 20, 0), (110, 10, 0)]
    assert ledger.verify().ok


def test_an_open_conflict_survives_a_split(cast: Any, made: Assignment) -> None:
    shrunk = [PoolShareData(from_week=FIRST_WEEK, to_week=None, share=30)]
    replace_pool_shares(cast.lea_person, shrunk, accept_conflict=True)
    _take(cast, made, _with_share(made, 2, 35))
    assert [ledger_row(cast.lea_person, FIRST_WEEK + week) for week in (1, 2)] == [(40, 0, 10), (35, 0, 5)]
    assert ledger.verify().ok


@pytest.mark.parametrize(("state", "count"), [(_PROPOSED, 4), (_CONFIRMED, 5), (_ENDED, 0), (_DECLINED, 0)])
def test_what_is_offered(made: Assignment, state: AssignmentState, count: int) -> None:
    made.state = state
    assert len(services.possible_verbs(made)) == count
    made.to_week = made.from_week
    assert len(services.possible_verbs(made)) == max(0, count - 1)
