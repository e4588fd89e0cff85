"""Each role finds on its home page what waits for it, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portfolio.access.policy import Role
from portfolio.dashboard.home.roles import LISTS, SECTIONS_OF
from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.jobs.models import JobState
from portfolio.planning.lights import Light
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
NARROW = "\u202f"


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
    assert format_weeks(now + 2, now + 3).replace("\u00a0", " ") in text
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


@pytest.fixture
def crowded(cast: Cast) -> None:
    for number in range(9):
        milestone = factories.milestone(cast.project, f"Stufe {number}")
        factories.forecast(milestone, clock.today(), clock.today() + timedelta(days=400))
        factories.need(cast.project, cast.fim, from_week=clock.this_week(), to_week=clock.this_week() + 5)


@pytest.mark.parametrize("name", ["carla", "konrad", "lea", "paul", "mia", "rita", "anton"])
def test_every_home_page_keeps_to_its_queries(cast: Cast, client_of: ClientOf, crowded: None, name: str) -> None:
    client = client_of(cast.users[name])
    with count_queries() as queries:
        client.get("/")
    assert len(queries) <= 12, queries


@pytest.mark.parametrize("role", [None, *Role])
def test_who_holds_every_role_reads_one_at_a_time(
    cast: Cast, client_of: ClientOf, crowded: None, role: Role | None
) -> None:
    cast.lea.roles, cast.lea.organisation_id = frozenset(Role), cast.education.id
    lea = client_of(cast.lea)
    with count_queries() as queries:
        lea.get("/", query_string={"rolle": role} if role else None, headers={"HX-Request": "true"} if role else None)
    assert len(queries) <= 12, queries


def test_the_other_roles_are_a_link_away(cast: Cast, client_of: ClientOf) -> None:
    cast.lea.roles = frozenset({Role.PROJECT_LEAD, Role.POOL_MEMBER})
    lea = client_of(cast.lea)
    assert 'href="/?rolle=pool_member"' in lea.get("/").text
    assert "Ihr Kalender" in lea.get("/?rolle=pool_member").text
    assert "Neue Anfragen" not in lea.get("/?rolle=cio_office").text


def test_a_role_reads_with_its_own_rights(cast: Cast, client_of: ClientOf) -> None:
    """The office sees every project; as a lead one sees those one leads."""
    cast.lea.roles = frozenset({Role.CIO_OFFICE, Role.PROJECT_LEAD})
    text = client_of(cast.lea).get("/?rolle=project_lead").text
    assert "Kita-Fachkräfte online" in text
    assert "Grundsteuer-Auskunft" not in text


def test_a_list_is_shown_as_a_whole(cast: Cast, client_of: ClientOf) -> None:
    for number in range(30):
        factories.need(cast.project, cast.fim, share=number + 1)
    lea = client_of(cast.lea)
    assert 'href="/start/offene-bedarfe?rolle=project_lead"' in lea.get("/").text
    page = lea.get("/start/offene-bedarfe?rolle=project_lead&page=2").text
    assert "30 Einträge" in page
    assert f"FIM-Prozesse ab Stufe 2, 26{NARROW}%" in page


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_empty(cast: Cast, client_of: ClientOf, name: str) -> None:
    role = next(role for role in Role if LISTS[name] in SECTIONS_OF[role])
    user = factories.user("neu", role)
    assert client_of(user).get(f"/start/{name}?rolle={role}").status_code == 200


@pytest.mark.parametrize("address", ["konflikte?rolle=cio_office", "team?rolle=pool_member", "team", "nichts"])
def test_a_list_of_another_role_does_not_exist(cast: Cast, client_of: ClientOf, address: str) -> None:
    assert client_of(cast.paul).get(f"/start/{address}").status_code == 404


def test_a_ministry_sees_what_was_decided_lately(cast: Cast, client_of: ClientOf) -> None:
    for title, days in (("Frisch entschieden", 3), ("Längst entschieden", 40)):
        decided = clock.now() - timedelta(days=days)
        factories.support_request(cast.education, title, state=RequestState.REJECTED, decided_at=decided)
    text = client_of(cast.mia).get("/").text
    assert "Frisch entschieden" in text
    assert "Längst entschieden" not in text


def test_the_office_reads_what_a_red_project_needs_decided(cast: Cast, client_of: ClientOf) -> None:
    factories.report(cast.project, Light.RED, decisions_needed="Budget für die zweite Stufe")
    assert "Zu entscheiden: Budget für die zweite Stufe" in client_of(cast.carla).get("/").text


def test_the_calendar_counts_days_away_and_holidays(cast: Cast, client_of: ClientOf) -> None:
    monday = (clock.this_week() + 3).monday
    factories.absence(cast.paul_person, monday, monday + timedelta(days=30))
    text = client_of(cast.paul).get("/").text
    assert "Tage abwesend" in text
    assert "Feiertage und dienstfreie Tage" in text


def test_a_conflict_of_the_past_is_none_any_more(cast: Cast, client_of: ClientOf) -> None:
    person = factories.person("Bea Berg", pool_share=None)
    db.session.add(
        PersonWeek(person_id=person.id, week=clock.this_week() - 1, pool_share=0, booked=10, conflict_share=10)
    )
    assert "Bea Berg" not in client_of(cast.carla).get("/").text


@pytest.mark.parametrize(("step", "state"), [("wiederholen", JobState.QUEUED), ("verwerfen", JobState.CANCELLED)])
def test_the_administration_settles_a_failed_job(cast: Cast, client_of: ClientOf, step: str, state: JobState) -> None:
    job = queue.enqueue("report")
    job.state, job.finished_at, job.tries, job.error = JobState.FAILED, clock.now(), 3, "kaputt"
    anton = client_of(cast.anton)
    assert "kaputt" in anton.get("/").text
    assert "kaputt" not in anton.post(f"/aufgaben/{job.id}/{step}", follow_redirects=True).text
    assert job.state is state


def test_nobody_else_settles_jobs(cast: Cast, client_of: ClientOf) -> None:
    job = queue.enqueue("report")
    assert client_of(cast.carla).post(f"/aufgaben/{job.id}/wiederholen").status_code == 403
    assert client_of(cast.anton).post(f"/aufgaben/{job.id}/wiederholen").status_code == 404
