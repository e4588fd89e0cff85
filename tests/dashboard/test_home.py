"""Each role finds on its home page what waits for it, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.pool.models import PersonWeek
from portfolio.staffing.models import AssignmentState
from portfolio.support.models import RequestState
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "otto", "rita", "anton"])
def test_everybody_has_a_home(cast: Cast, client_of: ClientOf, name: str) -> None:
    assert client_of(cast.users[name]).get("/").status_code == 200


def test_the_office_sees_a_new_request(cast: Cast, client_of: ClientOf) -> None:
    factories.support_request(cast.education, "Schulanmeldung", state=RequestState.SUBMITTED)
    assert "Schulanmeldung" in client_of(cast.carla).get("/").text


def test_a_ministry_sees_its_own_draft_only(cast: Cast, client_of: ClientOf) -> None:
    factories.support_request(cast.education, "Schulanmeldung")
    assert "Schulanmeldung" in client_of(cast.mia).get("/").text
    assert "Schulanmeldung" not in client_of(cast.otto).get("/").text


def test_an_open_conflict_is_named(cast: Cast, client_of: ClientOf) -> None:
    week = db.session.query(PersonWeek).filter_by(person_id=cast.paul_person.id).first()
    assert week is not None
    week.conflict_share = 10
    db.session.flush()
    assert "Paul Pohl" in client_of(cast.carla).get("/").text


def test_the_home_authority_sees_the_agreement_it_is_asked_for(cast: Cast, client_of: ClientOf) -> None:
    soon = clock.this_week() + 20
    window = {"from_week": soon, "to_week": soon + 4}
    factories.assignment(cast.paul_person, cast.project, state=AssignmentState.REQUESTED, **window)
    assert "Paul Pohl" in client_of(cast.otto).get("/").text
    assert "Paul Pohl" not in client_of(cast.mia).get("/").text


def test_the_home_page_keeps_to_its_queries(cast: Cast, client_of: ClientOf) -> None:
    for number in range(30):
        factories.support_request(cast.education, f"Anfrage {number}", state=RequestState.SUBMITTED)
        factories.need(cast.project, cast.fim, from_week=clock.this_week(), to_week=clock.this_week() + 5)
    carla = client_of(cast.carla)
    with count_queries() as queries:
        carla.get("/")
    assert len(queries) <= 12, queries
