"""Each job's effect happens once; a lost worker's job goes on, a poisoned one is parked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.jobs.models import Job, JobState
from portfolio.jobs.tasks import REGISTRY, Task
from portfolio.jobs.worker import Worker
from portfolio.pool.models import Skill
from portfolio.web import clock
from tests import factories

Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Register a task that adds a skill, for the length of a test."""

    def add(kind: str, every: timedelta | None = None, fails: bool = False) -> None:
        def add_skill(name: str = "neu") -> dict[str, str]:
            factories.skill(name)
            if fails:
                raise ValueError("poisoned")
            return {"added": name}

        monkeypatch.setitem(REGISTRY, kind, Task(add_skill, every))

    return add


def enqueued(kind: str, **arguments: str) -> int:
    identity = queue.enqueue(kind, arguments).id
    db.session.commit()
    return identity


def job(identity: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, identity)


def skills(name: str) -> int:
    return db.session.query(Skill).filter_by(name=name).count()


def test_a_job_runs_and_its_result_is_kept(app: Flask, register: Register) -> None:
    register("add")
    identity = enqueued("add", name="BPMN")
    assert Worker(app).run_next()
    assert (job(identity).state, job(identity).result, skills("BPMN")) == (JobState.DONE, {"added": "BPMN"}, 1)


def test_nothing_due_is_nothing_done(app: Flask, register: Register) -> None:
    register("add")
    queue.enqueue("add", delay=timedelta(minutes=5))
    db.session.commit()
    assert not Worker(app).run_next()


def test_a_failing_job_leaves_nothing_and_is_parked_after_three_tries(app: Flask, register: Register) -> None:
    register("add", fails=True)
    identity = enqueued("add", name="Gift")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(queue.MAX_TRIES + 2):
            Worker(app).run_next()
            traveller.shift(timedelta(minutes=1))
    assert (job(identity).state, job(identity).tries, skills("Gift")) == (JobState.FAILED, queue.MAX_TRIES, 0)
    assert "poisoned" in (job(identity).error or "")


def test_the_job_of_a_lost_worker_is_put_back(app: Flask, register: Register) -> None:
    register("add")
    identity = enqueued("add", name="FIM")
    queue.claim("lost")
    db.session.commit()
    with time_machine.travel(clock.now() + queue.LEASE * 2, tick=False):
        rescuer = Worker(app)
        rescuer.keep_up()
        assert rescuer.run_next()
    assert (job(identity).state, job(identity).tries, skills("FIM")) == (JobState.DONE, 2, 1)


def test_a_worker_that_lost_its_lease_commits_nothing(app: Flask, register: Register) -> None:
    register("add")
    identity = enqueued("add", name="doppelt")
    slow = Worker(app)
    queue.claim(slow.name)
    db.session.commit()
    with time_machine.travel(clock.now() + queue.LEASE * 2, tick=False):
        quick = Worker(app)
        quick.keep_up()
        quick.run_next()
        slow.execute(identity, 1)
    assert (job(identity).state, skills("doppelt")) == (JobState.DONE, 1)


def test_a_cancelled_job_does_not_run(app: Flask, register: Register) -> None:
    register("add")
    identity = enqueued("add")
    queue.cancel(db.session.get_one(Job, identity))
    db.session.commit()
    assert not Worker(app).run_next()
    assert job(identity).state is JobState.CANCELLED


def test_a_periodic_task_is_queued_once_an_interval(app: Flask, register: Register) -> None:
    register("tidy", every=timedelta(hours=1))
    worker = Worker(app)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        worker.keep_up()
        while worker.run_next():
            continue
        worker.keep_up()
        traveller.shift(timedelta(minutes=61))
        worker.keep_up()
    kinds = db.session.query(Job).filter_by(kind="tidy").count()
    assert kinds == 2


def test_a_stopping_worker_gives_its_job_back_without_counting_a_try(app: Flask, register: Register) -> None:
    register("add")
    identity = enqueued("add")
    queue.claim("stopping")
    db.session.commit()
    queue.release("stopping")
    db.session.commit()
    assert (job(identity).state, job(identity).tries) == (JobState.QUEUED, 0)
