"""Notices are written with the event, for others than whoever makes it happen, and not kept for ever."""

from datetime import timedelta

import pytest
import time_machine

from portfolio.access.notices import JOB_FAILED
from portfolio.access.policy import Role
from portfolio.audit.record import actor_id
from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.notify import services as outbox
from portfolio.notify.models import Notice
from portfolio.projects import services as projects
from portfolio.support import notices
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.transitions import Verb
from portfolio.web import clock
from tests import factories
from tests.cast import Cast


def told() -> set[tuple[int, str]]:
    return {(notice.user_id, notice.kind) for notice in db.session.query(Notice)}


@pytest.fixture
def submitted(cast: Cast) -> SupportRequest:
    return factories.support_request(cast.education, state=RequestState.SUBMITTED, submitted_at=clock.now())


def test_whoever_acts_is_not_told(cast: Cast, submitted: SupportRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = factories.user("cora", Role.CIO_OFFICE)
    token = actor_id.set(cast.carla.id)
    notices.step_taken(submitted, Verb.SUBMIT)
    actor_id.reset(token)
    assert told() == {(colleague.id, "request_submit"), (cast.konrad.id, "request_submit")}


def test_a_disabled_account_is_not_told(cast: Cast, submitted: SupportRequest) -> None:
    cast.carla.enabled = False
    notices.step_taken(submitted, Verb.ANSWER)
    assert told() == set()


def test_what_is_not_read_yet_gives_way_to_the_next_step(cast: Cast, submitted: SupportRequest) -> None:
    notices.step_taken(submitted, Verb.ASK)
    notices.step_taken(submitted, Verb.REJECT)
    assert told() == {(cast.mia.id, "request_reject")}


def test_what_is_read_stays_beside_the_next_step(cast: Cast, submitted: SupportRequest) -> None:
    notices.step_taken(submitted, Verb.ASK)
    outbox.mark_all_read(cast.mia.id)
    notices.step_taken(submitted, Verb.ASK)
    assert db.session.query(Notice).count() == 2


def test_whoever_acts_has_read_what_led_to_it(cast: Cast, submitted: SupportRequest) -> None:
    notices.step_taken(submitted, Verb.SUBMIT)
    token = actor_id.set(cast.carla.id)
    notices.step_taken(submitted, Verb.ASK)
    actor_id.reset(token)
    assert db.session.query(Notice).filter_by(user_id=cast.carla.id).one().read_at is not None


def test_a_rollback_takes_the_notice_along(cast: Cast, submitted: SupportRequest) -> None:
    db.session.commit()
    notices.step_taken(submitted, Verb.SUBMIT)
    db.session.rollback()
    assert told() == set()


def test_a_thing_removed_takes_its_notices_along(cast: Cast) -> None:
    milestone = factories.milestone(cast.project, planned_date=clock.today() + timedelta(days=10))
    late = projects.ForecastData(reporting_date=clock.today(), date=clock.today() + timedelta(days=90))
    projects.add_forecast(milestone, late)
    assert (cast.konrad.id, "milestone_slipped") in told()
    projects.remove_milestone(milestone)
    assert told() == set()


def test_the_account_takes_its_notices_along(cast: Cast, submitted: SupportRequest) -> None:
    notices.step_taken(submitted, Verb.ASK)
    db.session.delete(cast.mia)
    db.session.flush()
    assert told() == set()


@pytest.mark.parametrize(("read", "days", "left"), [(True, 89, 1), (True, 91, 0), (False, 364, 1), (False, 366, 0)])
def test_nothing_is_kept_for_ever(cast: Cast, submitted: SupportRequest, read: bool, days: int, left: int) -> None:
    notices.step_taken(submitted, Verb.ASK)
    if read:
        outbox.mark_all_read(cast.mia.id)
    with time_machine.travel(clock.now() + timedelta(days=days)):
        outbox.forget()
    assert db.session.query(Notice).count() == left


def test_a_failed_job_reaches_the_administration(cast: Cast) -> None:
    job = queue.enqueue("report")
    for _try in range(queue.MAX_TRIES):
        job.run_at = clock.now() - timedelta(seconds=1)
        assert queue.claim("worker") is job
        queue.fail(job.id, "worker", "broken")
    assert told() == {(cast.anton.id, JOB_FAILED.name)}
