"""What an assignment is warned of, and what it is not."""

from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.pool.models import PersonSkill
from portfolio.staffing import queries, services
from portfolio.staffing.models import Assignment, AssignmentState
from portfolio.staffing.services import CautionKind
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.queries import count_queries


def _kinds(assignment: Assignment) -> set[CautionKind]:
    return {caution.kind for caution in services.warnings_for(assignment)}


def _work(cast: Any, skills: dict[Any, int] | None = None, **values: Any) -> Assignment:
    """Somebody of the project's own ministry, for a need of level 2."""
    person = factories.person(skills=skills or {cast.fim: 2}, home_organisation_id=cast.education.id)
    need = factories.need(cast.project, cast.fim)
    return factories.assignment(person, cast.project, need_id=need.id, **values)


def test_what_fits_gives_no_cause(cast: Any) -> None:
    assert services.warnings_for(_work(cast)) == ()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"share": 19}, CautionKind.SMALL_SHARE),
        ({"from_week": FIRST_WEEK - 1}, CautionKind.OUTSIDE_PROJECT),
        ({"to_week": FIRST_WEEK + 12}, CautionKind.OUTSIDE_NEED),
    ],
)
def test_shares_and_weeks(cast: Any, values: dict[str, Any], kind: CautionKind) -> None:
    made = _work(cast)
    for name, value in values.items():
        setattr(made, name, value)
    with db.session.no_autoflush:
        assert kind in _kinds(made)


def test_share_of_a_fifth_is_enough(cast: Any) -> None:
    assert _kinds(_work(cast, share=20)) == set()


@pytest.mark.parametrize(("level", "kind"), [(0, CautionKind.SKILL_MISSING), (1, CautionKind.LEVEL_TOO_LOW)])
def test_skill_and_level(cast: Any, level: int, kind: CautionKind) -> None:
    assert _kinds(_work(cast, {cast.fim: level})) == {kind}


def test_level_that_lapses_before_the_end(cast: Any) -> None:
    made = _work(cast)
    skill = db.session.query(PersonSkill).filter_by(person_id=made.person_id).one()
    skill.valid_to_week = made.to_week - 1
    assert _kinds(made) == {CautionKind.LEVEL_TOO_LOW}
    made.to_week -= 1
    assert _kinds(made) == set()


def test_more_projects_at_once_than_fit(cast: Any) -> None:
    made = _work(cast, share=20)
    for week in (FIRST_WEEK + 10, FIRST_WEEK + 11):
        factories.assignment(made.person, factories.project(), share=20, from_week=week, to_week=week)
    assert _kinds(made) == set()
    factories.assignment(made.person, factories.project(), share=20)
    (caution,) = services.warnings_for(made)
    assert (caution.kind, caution.number) == (CautionKind.TOO_MANY_PARALLEL, 3)


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (AssignmentState.PROPOSED, {CautionKind.TWICE_ON_PROJECT}),
        (AssignmentState.ENDED, set()),
        (AssignmentState.DECLINED, set()),
    ],
)
def test_twice_on_a_project(cast: Any, state: AssignmentState, kinds: set[CautionKind]) -> None:
    made = _work(cast)
    factories.assignment(made.person, cast.project, share=20, state=state, from_week=FIRST_WEEK + 11)
    assert _kinds(made) == kinds


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (AssignmentState.REQUESTED, set()),
        (AssignmentState.AGREED, {CautionKind.AGREEMENT_MISSING}),
        (AssignmentState.CONFIRMED, {CautionKind.AGREEMENT_MISSING}),
    ],
)
def test_agreement_that_is_not_entered(cast: Any, state: AssignmentState, kinds: set[CautionKind]) -> None:
    made = _work(cast, state=state)
    made.person.home_organisation_id = cast.finance.id
    assert _kinds(made) == kinds
    made.agreed_on = FIRST_WEEK.monday
    assert _kinds(made) == set()


def test_declined_is_not_warned_of(cast: Any) -> None:
    assert _kinds(_work(cast, {cast.fim: 0}, share=1, state=AssignmentState.DECLINED)) == set()


@pytest.mark.parametrize("count", [1, 12])
def test_many_are_judged_with_three_queries(cast: Any, count: int) -> None:
    ids = [_work(cast).id for _ in range(count)]
    db.session.commit()
    found = db.session.scalars(queries.with_names(queries.bookings().where(Assignment.id.in_(ids)))).all()
    with count_queries() as counted:
        services.warnings_of(found)
    assert len(counted) == 3
