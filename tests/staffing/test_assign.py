"""Booking a person: what makes sense, what is closed, what is too much, and what an override allows."""

from typing import Any

import pytest
from sqlalchemy import select

from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.problems import Excess, Overbooked
from portfolio.projects.models import Phase
from portfolio.staffing import ledger, services
from portfolio.staffing.models import Assignment, AssignmentState, Override
from portfolio.staffing.problems import (
    ProjectClosed,
    ShareOutOfRange,
    UnknownNeed,
    UnknownPerson,
    UnknownProject,
    WeekOutOfRange,
    WeeksOutOfOrder,
)
from portfolio.web.problems import NotAllowed
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import assign, data, data_of, ledger_row


@pytest.mark.parametrize(
    ("nonsense", "refusal"),
    [
        ({"share": 0}, ShareOutOfRange),
        ({"share": 101}, ShareOutOfRange),
        ({"to_week": FIRST_WEEK - 1}, WeeksOutOfOrder),
        ({"to_week": FIRST_WEEK + 6000}, WeekOutOfRange),
        ({"need_id": 12345}, UnknownNeed),
    ],
)
def test_nonsense_is_refused(cast: Any, nonsense: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        assign(cast.lea_person, cast.project, cast.carla, **nonsense)


@pytest.mark.parametrize(("field", "refusal"), [("person_id", UnknownPerson), ("project_id", UnknownProject)])
@pytest.mark.parametrize("identity", [0, 99_999, 2**31, 2**70])
def test_unknown_ids_are_refused(cast: Any, field: str, refusal: type[Exception], identity: int) -> None:
    known = {"person_id": cast.lea_person.id, "project_id": cast.project.id}
    values = known | {field: identity, "share": 20, "from_week": FIRST_WEEK, "to_week": FIRST_WEEK}
    with pytest.raises(refusal):
        services.assign(services.AssignmentData(**values), cast.carla.actor)


def test_who_has_left_is_not_booked(cast: Any) -> None:
    cast.lea_person.active = False
    with pytest.raises(UnknownPerson):
        assign(cast.lea_person, cast.project, cast.carla)


def test_need_of_another_project_is_refused(cast: Any) -> None:
    need = factories.need(cast.foreign_project, cast.fim)
    with pytest.raises(UnknownNeed):
        assign(cast.lea_person, cast.project, cast.carla, need_id=need.id)


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.CANCELLED])
def test_closed_project_takes_nobody_even_where_the_person_is_full(cast: Any, phase: Phase) -> None:
    cast.project.phase = phase
    with pytest.raises(ProjectClosed):
        assign(cast.paul_person, cast.project, cast.carla, share=100)


def test_too_much_is_refused_with_the_weeks(cast: Any) -> None:
    with pytest.raises(Overbooked) as refused:
        assign(cast.paul_person, cast.project, cast.carla, share=60, from_week=FIRST_WEEK + 10, to_week=FIRST_WEEK + 13)
    assert refused.value.weeks == tuple(Excess(FIRST_WEEK + n, 100, 50, 60) for n in (10, 11))
    assert ledger_row(cast.paul_person, FIRST_WEEK + 13) == (0, 0, 0)


def test_outside_the_pool_nothing_can_be_booked(cast: Any) -> None:
    with pytest.raises(Overbooked) as refused:
        assign(cast.konrad_person, cast.project, cast.carla, share=1, to_week=FIRST_WEEK)
    assert refused.value.weeks == (Excess(FIRST_WEEK, 0, 0, 1),)


def test_what_fits_exactly_is_booked(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, share=50)
    assert (made.state, ledger_row(cast.paul_person)) == (AssignmentState.PROPOSED, (100, 0, 0))


def test_declined_books_nothing(cast: Any) -> None:
    assign(cast.paul_person, cast.project, cast.carla, share=100, state=AssignmentState.DECLINED)
    assert ledger_row(cast.paul_person) == (50, 0, 0)


def test_override_allows_exactly_the_excess(cast: Any) -> None:
    factories.assignment(cast.paul_person, cast.project, share=30, from_week=FIRST_WEEK + 2, to_week=FIRST_WEEK + 3)
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist zum Jahresende", share=60)
    logged = db.session.scalars(select(Override).order_by(Override.id)).all()
    assert [(row.from_week, row.to_week, row.share) for row in logged] == [
        (FIRST_WEEK, FIRST_WEEK + 1, 10),
        (FIRST_WEEK + 2, FIRST_WEEK + 3, 40),
    ]
    assert {(row.assignment_id, row.user_id, row.reason) for row in logged} == {
        (made.id, cast.carla.id, "Frist zum Jahresende")
    }
    assert ledger_row(cast.paul_person, FIRST_WEEK + 3) == (140, 40, 0)


@pytest.mark.parametrize("pool_share", [0, 30])
def test_override_reaches_beyond_the_pool_share_itself(cast: Any, pool_share: int) -> None:
    person = factories.person(pool_share=pool_share)
    assign(person, cast.project, cast.carla, "Frist", share=50)
    assert ledger_row(person) == (50, 50 - pool_share, 0)


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_override_needs_a_reason(cast: Any, reason: str | None) -> None:
    with pytest.raises(Overbooked):
        assign(cast.paul_person, cast.project, cast.carla, reason, share=60)


def test_override_is_the_cio_offices_alone(cast: Any) -> None:
    with pytest.raises(NotAllowed):
        assign(cast.paul_person, cast.project, cast.konrad, "Bitte", share=60)


def test_override_ends_with_its_booking(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist", share=60)
    services.remove_assignment(made)
    with pytest.raises(Overbooked):
        assign(cast.paul_person, cast.project, cast.carla, share=60)


def test_change_counts_only_the_others(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, share=50)
    services.change_assignment(made, data_of(made, share=40, from_week=FIRST_WEEK + 2), cast.carla.actor)
    assert (ledger_row(cast.paul_person), ledger_row(cast.paul_person, FIRST_WEEK + 2)) == ((50, 0, 0), (90, 0, 0))


def test_change_to_too_much_is_refused(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, share=50)
    with pytest.raises(Overbooked) as refused:
        services.change_assignment(made, data_of(made, share=51, to_week=FIRST_WEEK), cast.carla.actor)
    assert refused.value.weeks == (Excess(FIRST_WEEK, 100, 50, 51),)


def test_change_keeps_what_was_allowed_and_asks_for_the_rest(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, "Frist", share=60, to_week=FIRST_WEEK)
    services.change_assignment(made, data_of(made, share=70), cast.carla.actor, "Noch eine Frist")
    shares = db.session.scalars(select(Override.share).order_by(Override.id)).all()
    assert (shares, ledger_row(cast.paul_person)) == ([10, 10], (120, 20, 0))


def test_move_to_another_person_frees_the_first(cast: Any) -> None:
    made = assign(cast.paul_person, cast.project, cast.carla, share=50)
    services.change_assignment(made, data(cast.lea_person, cast.project, share=100), cast.carla.actor)
    assert (ledger_row(cast.paul_person), ledger_row(cast.lea_person)) == ((50, 0, 0), (100, 0, 0))


def test_on_a_closed_project_a_booking_may_only_shrink(cast: Any) -> None:
    made = assign(cast.lea_person, cast.project, cast.carla, share=50)
    cast.project.phase = Phase.COMPLETED
    services.change_assignment(made, data_of(made, to_week=FIRST_WEEK), cast.carla.actor)
    with pytest.raises(ProjectClosed):
        services.change_assignment(made, data_of(made, to_week=FIRST_WEEK + 1), cast.carla.actor)


def test_refusal_of_the_database_names_the_weeks_too(cast: Any) -> None:
    """Whoever writes past the check meets the ledger."""
    booking = ledger.Booking(cast.paul_person.id, 60, WeekRange(FIRST_WEEK, FIRST_WEEK))
    with pytest.raises(Overbooked) as refused, ledger.refusing_overbooking(booking):
        factories.assignment(cast.paul_person, cast.project, share=60, to_week=FIRST_WEEK)
    assert refused.value.weeks == (Excess(FIRST_WEEK, 100, 50, 60),)
    assert db.session.query(Assignment).count() == 1
