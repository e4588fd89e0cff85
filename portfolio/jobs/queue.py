"""The queue is the job table: whoever claims a row holds a lease on it and has to renew it.

A worker killed in the middle loses its lease; `sweep` puts the job back, or parks it after three tries. Effect and
"done" are committed together, and only by the worker that still holds the job: so an effect happens exactly once.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult

from portfolio.extensions import db
from portfolio.jobs.models import Job, JobState, WorkerBeat
from portfolio.jobs.tasks import REGISTRY
from portfolio.web import clock

LEASE = timedelta(seconds=30)
KEPT = timedelta(days=30)
MAX_TRIES = 3


_failure_listeners: list[Callable[[Job], None]] = []


class LeaseLost(RuntimeError):
    """Another worker was given the job meanwhile; nothing of this run may be committed."""


def on_failure(listener: Callable[[Job], None]) -> Callable[[Job], None]:
    """Call `listener` with each job that failed for good, in the transaction that parks it."""
    _failure_listeners.append(listener)
    return listener


def enqueue(kind: str, arguments: dict[str, Any] | None = None, delay: timedelta = timedelta()) -> Job:
    """Add a job; it exists, and can run, once the caller commits."""
    job = Job(kind=kind, arguments=arguments or {}, run_at=clock.now() + delay, state=JobState.QUEUED)
    db.session.add(job)
    db.session.flush()
    return job


def claim(worker: str) -> Job | None:
    """The oldest job that is due, now held by `worker`; the caller commits."""
    due = select(Job).where(Job.state == JobState.QUEUED, Job.run_at <= clock.now()).order_by(Job.run_at, Job.id)
    job = db.session.scalar(due.limit(1).with_for_update(skip_locked=True))
    if job is not None:
        job.state, job.worker, job.tries = JobState.RUNNING, worker, job.tries + 1
        job.lease_until = clock.now() + LEASE
        db.session.flush()
    return job


def renew(worker: str) -> None:
    """Move on the lease of everything `worker` runs, and show that it is alive."""
    held = (Job.worker == worker, Job.state == JobState.RUNNING)
    _change(update(Job).where(*held).values(lease_until=clock.now() + LEASE))
    if not _change(update(WorkerBeat).where(WorkerBeat.name == worker).values(at=clock.now())):
        db.session.add(WorkerBeat(name=worker, at=clock.now()))


def finish(job_id: int, worker: str, tries: int, result: dict[str, Any] | None) -> None:
    """Mark as done what `worker` ran as try number `tries`; LeaseLost if it is no longer the worker's."""
    held = (Job.id == job_id, Job.worker == worker, Job.tries == tries, Job.state == JobState.RUNNING)
    done = {"state": JobState.DONE, "result": result, "finished_at": clock.now(), "lease_until": None, "error": None}
    if not _change(update(Job).where(*held).values(**done)):
        raise LeaseLost(job_id)


def fail(job_id: int, worker: str, error: str) -> None:
    """Note the error, if the job is still the worker's; try again later, or park it after its last try."""
    job = db.session.get_one(Job, job_id)
    if job.worker == worker and job.state is JobState.RUNNING:
        job.error = error[:2000]
        _give_back(job, delay=timedelta(seconds=5 * job.tries))


def cancel(job: Job) -> None:
    """Take a job off the queue, or off the list of failed ones; a running one loses its lease."""
    if job.state in (JobState.QUEUED, JobState.RUNNING, JobState.FAILED):
        job.state, job.finished_at, job.lease_until = JobState.CANCELLED, clock.now(), None
        db.session.flush()


def retry(job: Job) -> None:
    """Queue a job that failed for good once more, with as many tries as a new one."""
    if job.state is JobState.FAILED:
        job.state, job.tries, job.run_at, job.finished_at = JobState.QUEUED, 0, clock.now(), None
        db.session.flush()


def release(worker: str) -> None:
    """Put back what `worker` was running: it stops in good order."""
    for job in db.session.scalars(select(Job).where(Job.worker == worker, Job.state == JobState.RUNNING)):
        job.tries -= 1
        _give_back(job)
    _change(delete(WorkerBeat).where(WorkerBeat.name == worker))


def sweep() -> None:
    """Put back jobs whose worker is gone, and forget those long finished."""
    now = clock.now()
    for job in db.session.scalars(select(Job).where(Job.state == JobState.RUNNING, Job.lease_until < now)):
        job.error = "the worker was lost"
        _give_back(job)
    _change(delete(Job).where(Job.finished_at < now - KEPT))
    _change(delete(WorkerBeat).where(WorkerBeat.at < now - KEPT))


def schedule() -> None:
    """Queue each periodic task that is neither waiting nor has run within its interval."""
    for kind, task in REGISTRY.items():
        if task.every is None:
            continue
        open_or_recent = select(Job.id).where(
            Job.kind == kind,
            Job.state.in_((JobState.QUEUED, JobState.RUNNING)) | (Job.finished_at > clock.now() - task.every),
        )
        if db.session.scalar(open_or_recent.limit(1)) is None:
            enqueue(kind)


def _give_back(job: Job, delay: timedelta = timedelta()) -> None:
    job.worker = job.lease_until = None
    if job.tries >= MAX_TRIES:
        job.state, job.finished_at = JobState.FAILED, clock.now()
    else:
        job.state, job.run_at = JobState.QUEUED, clock.now() + delay
    db.session.flush()
    if job.state is JobState.FAILED:
        for listener in _failure_listeners:
            listener(job)


def _change(statement: Any) -> int:
    """Run an update of unaudited rows; the number of rows it changed."""
    options = {"unaudited": True, "synchronize_session": False}
    return cast(CursorResult[Any], db.session.execute(statement, execution_options=options)).rowcount
