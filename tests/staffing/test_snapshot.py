"""Rows as planning sees them."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portfolio.planning import problem as planning
from portfolio.planning.problem import NeedKind
from portfolio.pool.models import PersonSkill
from portfolio.projects.models import Phase
from portfolio.staffing import snapshot
from portfolio.staffing.models import AssignmentState
from tests import factories
from tests.factories import FIRST_WEEK
from tests.support.queries import count_queries

LAST = FIRST_WEEK + 11


def test_person_with_all_that_matters(cast: Any) -> None:
    monday = FIRST_WEEK.monday
    factories.absence(cast.paul_person, monday, monday + timedelta(days=2))
    factories.absence(cast.paul_person, monday - timedelta(days=9), monday - timedelta(days=1))
    cast.paul_person.skills.append(PersonSkill(skill_id=cast.fim.id, level=4, valid_from_week=FIRST_WEEK + 2))
    (person,) = snapshot.load(FIRST_WEEK, LAST, {cast.paul_person.id}).persons
    assert person == planning.Person(
        id=cast.paul_person.id,
        pool_shares=(planning.PoolShare(FIRST_WEEK, None, 100),),
        absences=(planning.Absence(monday, monday + timedelta(days=2)),),
        skills=(
            planning.SkillLevel(cast.fim.id, 3),
            planning.SkillLevel(cast.fim.id, 4, FIRST_WEEK + 2, None),
        ),
        max_parallel=2,
        full_time_hours=40.0,
    )


@pytest.mark.parametrize(
    ("begin", "state", "found"),
    [
        (10, AssignmentState.PROPOSED, True),
        (11, AssignmentState.ENDED, True),
        (12, AssignmentState.CONFIRMED, False),
        (0, AssignmentState.DECLINED, False),
    ],
)
def test_bookings_that_reach_into_the_weeks(cast: Any, begin: int, state: AssignmentState, found: bool) -> None:
    person = factories.person()
    factories.assignment(person, cast.project, state=state, from_week=FIRST_WEEK + begin, to_week=FIRST_WEEK + 20)
    assert bool(snapshot.load(FIRST_WEEK, LAST, {person.id}).assignments) is found


def test_needs_of_projects_that_go_on(cast: Any) -> None:
    need = factories.need(cast.project, cast.fim, kind=NeedKind.VOLUME, person_days=7, priority=1)
    factories.need(cast.foreign_project, cast.fim)
    cast.foreign_project.phase = Phase.CANCELLED
    (found,) = snapshot.load(FIRST_WEEK, LAST).needs
    assert (found.id, found.kind, found.person_days, found.priority) == (need.id, planning.NeedKind.VOLUME, 7, 1)


def test_who_left_counts_while_booked(cast: Any) -> None:
    idle = factories.person(active=False)
    cast.paul_person.active = False
    found = {person.id for person in snapshot.load(FIRST_WEEK, LAST).persons}
    assert cast.paul_person.id in found
    assert idle.id not in found


@pytest.mark.parametrize("count", [1, 15])
def test_queries_do_not_depend_on_the_rows(app: Flask, count: int) -> None:
    skill = factories.skill()
    for _ in range(count):
        person = factories.person(skills={skill: 2})
        factories.assignment(person, factories.need(factories.project(), skill).project)
    with count_queries() as queries:
        snapshot.load(FIRST_WEEK, LAST)
    assert len(queries) == 6 + 2  # outside of requests, what is set is read anew each time
