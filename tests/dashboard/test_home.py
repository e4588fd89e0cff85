"""Each role finds on its home page what waits for it, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.extensions import db
from portfolio.pool.models import PersonWeek
from portfolio.staffing.models import AssignmentState
from portfolio.support.models import RequestState
from portfolio.web import clock
from portfolio.web.formats import format_weeks
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


def test_a_pool_member_reads_the_weeks_as_stretches(cast: Cast, client_of: ClientOf) -> None:
    now = clock.this_week()
    factories.assignment(cast.paul_person, cast.foreign_project, share=20, from_week=now + 2, to_week=now + 3)
    text = client_of(cast.paul).get("/").text
    assert format_weeks(now + 2, now + 3) in text
    assert "zusammen 70" in text


def test_a_pool_member_sees_what_is_not_confirmed_yet(cast: Cast, client_of: ClientOf) -> None:
    soon = clock.this_week() + 20
    factories.assignment(
        cast.paul_person, cast.foreign_project, state=AssignmentState.PROPOSED, from_week=soon, to_week=soon
    )
    proposals = client_of(cast.paul).get("/").text.partition("Für Sie vorgesehen")[2]
    assert "Grundsteuer-Auskunft" in proposals


def test_slipping_milestones_reach_the_coordinator_of_the_ministry_alone(cast: Cast, client_of: ClientOf) -> None:
    today = clock.today()
    for project, title in ((cast.project, "Abnahme"), (cast.foreign_project, "Fremde Abnahme")):
        milestone = factories.milestone(project, title, planned_date=today + timedelta(days=100))
        factories.forecast(milestone, today, today + timedelta(days=130))
    slipping = client_of(cast.konrad).get("/").text.partition("Meilensteine im Verzug")[2]
    assert "Abnahme" in slipping
    assert "30 Tage später" in slipping
    assert "Fremde Abnahme" not in slipping


def test_a_lead_sees_the_team_and_the_gaps(cast: Cast, client_of: ClientOf) -> None:
    factories.need(cast.project, cast.fim)
    text = client_of(cast.lea).get("/").text
    assert "Paul Pohl" in text
    assert "1 Bedarf offen" in text


def test_a_ministry_finds_the_contact_of_its_project(cast: Cast, client_of: ClientOf) -> None:
    assert "Projektleitung: Lea Lindner" in client_of(cast.mia).get("/").text


def test_the_office_sees_the_pool_at_a_glance(cast: Cast, client_of: ClientOf) -> None:
    text = client_of(cast.carla).get("/").text
    assert "Vollzeitstellen im Mittel frei" in text


def test_the_administration_sees_that_the_worker_is_away(cast: Cast, client_of: ClientOf) -> None:
    assert "Hintergrunddienst meldet sich nicht" in client_of(cast.anton).get("/").text


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "rita", "anton"])
def test_every_home_page_keeps_to_its_queries(cast: Cast, client_of: ClientOf, name: str) -> None:
    for number in range(9):
        milestone = factories.milestone(cast.project, f"Stufe {number}")
        factories.forecast(milestone, clock.today(), clock.today() + timedelta(days=400))
        factories.need(cast.project, cast.fim, from_week=clock.this_week(), to_week=clock.this_week() + 5)
    client = client_of(cast.users[name])
    with count_queries() as queries:
        client.get("/")
    assert len(queries) <= 12, queries
