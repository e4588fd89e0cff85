"""A need is open while some week lacks a share; the triggers and planning say the same."""

from random import Random
from typing import Any

import pytest
from flask import Flask

from portfolio.extensions import db
from portfolio.planning.coverage import open_shares
from portfolio.planning.problem import NeedKind
from portfolio.projects.models import Phase
from portfolio.staffing import services, snapshot
from portfolio.staffing.models import AssignmentState, Need
from tests import factories
from tests.factories import FIRST_WEEK
from tests.staffing.booking import data_of


def _is_open(need: Need) -> bool:
    db.session.flush()
    db.session.refresh(need)
    return need.open


def _staff(need: Need, **values: Any) -> Any:
    window = {"share": need.share, "from_week": need.from_week, "to_week": need.to_week}
    return factories.assignment(factories.person(), need.project, need_id=need.id, **window | values)


def test_open_until_somebody_has_every_week(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    before = _is_open(need)
    _staff(need)
    assert (before, _is_open(need)) == (True, False)


@pytest.mark.parametrize(
    "part",
    [{"share": 39}, {"to_week": FIRST_WEEK + 10}, {"from_week": FIRST_WEEK + 1}, {"state": AssignmentState.DECLINED}],
)
def test_a_part_leaves_it_open(cast: Any, part: dict[str, Any]) -> None:
    need = factories.need(cast.project, cast.fim)
    _staff(need, **part)
    assert _is_open(need)


def test_too_much_in_one_week_does_not_fill_another(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    _staff(need, to_week=FIRST_WEEK + 6)
    _staff(need, from_week=FIRST_WEEK + 3, to_week=FIRST_WEEK + 9)
    assert _is_open(need)


def test_open_again_once_the_booking_is_gone(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    made = _staff(need)
    closed = not _is_open(need)
    db.session.delete(made)
    assert (closed, _is_open(need)) == (True, True)


def test_booking_that_changes_its_need_counts_there(cast: Any) -> None:
    first, second = (factories.need(cast.project, cast.fim) for _ in range(2))
    made = _staff(first)
    services.change_assignment(made, data_of(made, need_id=second.id), cast.carla.actor)
    assert (_is_open(first), _is_open(second)) == (True, False)


def test_larger_need_is_open_again(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    _staff(need)
    need.to_week += 1
    assert _is_open(need)


def test_needs_of_a_closed_project_are_not_open(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim)
    cast.project.phase = Phase.CANCELLED
    closed = not _is_open(need)
    cast.project.phase = Phase.PILOT
    assert (closed, _is_open(need)) == (True, True)


@pytest.mark.parametrize(("weeks", "is_open"), [(5, True), (6, False)])
def test_volume_is_filled_by_its_person_days(cast: Any, weeks: int, is_open: bool) -> None:
    need = factories.need(cast.project, cast.fim, kind=NeedKind.VOLUME, person_days=12)
    _staff(need, to_week=FIRST_WEEK + weeks - 1)
    assert _is_open(need) is is_open


@pytest.mark.parametrize("seed", range(8))
def test_same_as_planning_whatever_is_assigned(app: Flask, seed: int) -> None:
    random = Random(seed)
    need = factories.need(factories.project(), factories.skill(), share=random.choice([20, 40]))
    for _ in range(random.randint(1, 5)):
        begin = FIRST_WEEK + random.randint(0, 12)
        _staff(need, share=20, from_week=begin, to_week=begin + random.randint(0, 12))
    planned = [snapshot.as_assignment(row) for row in need.assignments]
    assert _is_open(need) is any(open_shares(snapshot.as_need(need), planned))
