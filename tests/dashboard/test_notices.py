"""The page of one's notices, and the bell in the head of every page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portfolio.access.policy import Role
from portfolio.dashboard.notices.sight import SUBJECTS
from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.jobs.models import Job
from portfolio.notify.kinds import KINDS
from portfolio.notify.models import Notice
from portfolio.pool.models import Person
from portfolio.projects.models import Milestone, Project, StatusReport
from portfolio.staffing.models import Assignment
from portfolio.support import notices as support
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.transitions import Verb
from portfolio.web import clock
from tests import factories
from tests.cast import Cast
from tests.support.client import Client
from tests.support.queries import count_queries

ClientOf = Callable[[Any], Client]
FACTS = {
    "first": "2026-W49",
    "last": "2026-W53",
    "before": "2026-12-01",
    "expected": "2027-02-01",
    "project": "Kita-Fachkräfte online",
}


@pytest.fixture
def asked(cast: Cast) -> SupportRequest:
    """Mia's request, about which the office has a question."""
    request = factories.support_request(cast.education, state=RequestState.QUESTION, submitted_at=clock.now())
    support.step_taken(request, Verb.ASK)
    return request


def only_notice() -> Notice:
    db.session.expire_all()
    return db.session.query(Notice).one()


def test_the_bell_counts_what_is_not_read(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    assert "1 ungelesener Hinweis" in client_of(cast.mia).get("/funktionsliste").text
    assert "Hinweise, alle gelesen" in client_of(cast.otto).get("/").text


def test_a_notice_leads_to_its_request(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    text = client_of(cast.mia).get("/hinweise").text
    assert "eine Rückfrage zu Ihrer Anfrage „Kita-Antrag online“" in text
    assert f'href="/anfragen/{asked.id}"' in text


def test_a_submitted_request_leads_the_office_to_the_decision(cast: Cast, client_of: ClientOf) -> None:
    request = factories.support_request(cast.education, state=RequestState.SUBMITTED, submitted_at=clock.now())
    support.step_taken(request, Verb.SUBMIT)
    assert f'href="/anfragen/{request.id}/entscheidung"' in client_of(cast.carla).get("/hinweise").text
    assert f'href="/anfragen/{request.id}"' in client_of(cast.konrad).get("/hinweise").text


def test_reading_takes_a_post(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    mia, address = client_of(cast.mia), f"/hinweise/{only_notice().id}/gelesen"
    mia.get("/hinweise")
    assert only_notice().read_at is None
    page = mia.post(address, follow_redirects=True).text
    assert only_notice().read_at is not None
    assert "Alles gelesen" in page
    assert "Rückfrage" in mia.get("/hinweise?alle=y").text


def test_all_are_read_at_once(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    assert "Alles gelesen" in client_of(cast.mia).post("/hinweise/gelesen", follow_redirects=True).text


def test_the_notices_of_others_do_not_exist(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    otto = client_of(cast.otto)
    assert otto.post(f"/hinweise/{only_notice().id}/gelesen").status_code == 404
    otto.post("/hinweise/gelesen")
    assert only_notice().read_at is None


def test_what_may_no_longer_be_seen_says_nothing(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    cast.mia.organisation_id = cast.finance.id
    text = client_of(cast.mia).get("/hinweise").text
    assert "Kita-Antrag" not in text
    assert "Sie dürfen es nicht mehr sehen" in text


def test_a_kind_that_is_no_more_says_nothing(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    only_notice().kind = "of_an_earlier_version"
    assert "Was hier stand, gibt es nicht mehr" in client_of(cast.mia).get("/hinweise").text


def test_my_data_holds_the_notices(cast: Cast, client_of: ClientOf, asked: SupportRequest) -> None:
    assert "eine Rückfrage zu Ihrer Anfrage" in client_of(cast.mia).get("/konto/meine-daten").text


def test_the_page_keeps_to_its_queries(cast: Cast, client_of: ClientOf) -> None:
    cast.carla.roles = frozenset(Role)
    for kind in KINDS:
        db.session.add(Notice(user_id=cast.carla.id, kind=kind, object_id=1, facts=FACTS, at=clock.now()))
    carla = client_of(cast.carla)
    with count_queries() as queries:
        carla.get("/hinweise")
    assert len(queries) <= 12, queries


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_words_and_a_place(cast: Cast, app: Flask, name: str) -> None:
    kind = KINDS[name]
    things: dict[type, Any] = {
        SupportRequest: factories.support_request(cast.education),
        Assignment: db.session.query(Assignment).first(),
        Person: cast.paul_person,
        Project: cast.project,
        Milestone: factories.milestone(cast.project),
        StatusReport: factories.report(cast.project),
        Job: queue.enqueue("report"),
    }
    with app.test_request_context():
        words = kind.words(things[kind.model], FACTS)
        assert SUBJECTS[kind.model].address(things[kind.model], cast.carla.actor).startswith("/")
    assert words.endswith(".")
    assert "%(" not in words
