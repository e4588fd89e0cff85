"""The worker: claims jobs, runs them on two threads, keeps their leases alive, stops in good order."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event
from types import FrameType
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portfolio.database import read_only
from portfolio.extensions import db
from portfolio.jobs import queue
from portfolio.jobs.models import Job, JobState
from portfolio.jobs.tasks import REGISTRY
from portfolio.web import clock

logger = logging.getLogger("portfolio.jobs")

POLL_SECONDS = 1.0
UPKEEP_EVERY = 5  # polls between renewing leases, sweeping and scheduling
GRACE_SECONDS = 4
LOWER_PRIORITY = 5
THREADS = 2


class Worker:
    """One worker process; `run` returns after `stop`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:6]}"
        self.stopping = Event()
        self._free = BoundedSemaphore(THREADS)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self) -> None:
        os.nice(LOWER_PRIORITY)
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        polls = 0
        while not self.stopping.is_set():
            if polls % UPKEEP_EVERY == 0:
                self._guarded(self.keep_up)
            polls += 1
            if not self._guarded(lambda: self._start_due(pool)):
                self.stopping.wait(POLL_SECONDS)
        pool.shutdown(wait=False, cancel_futures=True)
        self._wait_for_running()
        self._guarded(self._release)
        logging.shutdown()
        os._exit(0)  # a job that did not end in time is cut off; its transaction is rolled back, its row was put back

    def keep_up(self) -> None:
        """Renew leases, put back lost jobs, queue what is due again."""
        with self.app.app_context():
            queue.renew(self.name)
            queue.sweep()
            queue.schedule()
            db.session.commit()

    def run_next(self) -> bool:
        """Claim one job and run it here; False when nothing is due."""
        with self.app.app_context():
            claimed = self._claim()
        if claimed is None:
            return False
        self.execute(*claimed)
        return True

    def execute(self, job_id: int, tries: int) -> None:
        """Run a claimed job: its effect and its end are one transaction."""
        with self.app.app_context():
            job = db.session.get_one(Job, job_id)
            try:
                result = REGISTRY[job.kind].function(**job.arguments)
                queue.finish(job_id, self.name, tries, result)
                db.session.commit()
            except queue.LeaseLost:
                db.session.rollback()
                logger.warning("job %s was given to another worker", job_id)
            except Exception as error:
                db.session.rollback()
                logger.exception("job %s failed", job_id)
                queue.fail(job_id, self.name, f"{type(error).__name__}: {error}")
                db.session.commit()

    def _start_due(self, pool: ThreadPoolExecutor) -> bool:
        if not self._free.acquire(blocking=False):
            return False
        with self.app.app_context():
            claimed = self._claim() if self._anything_due() else None
        if claimed is None:
            self._free.release()
            return False
        pool.submit(self.execute, *claimed).add_done_callback(lambda _done: self._free.release())
        return True

    def _anything_due(self) -> bool:
        """Look without taking the write lock: most polls find nothing."""
        token = read_only.set(True)
        try:
            due = select(Job.id).where(Job.state == JobState.QUEUED, Job.run_at <= clock.now()).limit(1)
            return db.session.scalar(due) is not None
        finally:
            db.session.rollback()
            read_only.reset(token)

    def _claim(self) -> tuple[int, int] | None:
        job = queue.claim(self.name)
        claimed = None if job is None else (job.id, job.tries)
        db.session.commit()
        return claimed

    def _wait_for_running(self) -> None:
        for _ in range(THREADS):
            self._free.acquire(timeout=GRACE_SECONDS / THREADS)

    def _release(self) -> None:
        with self.app.app_context():
            queue.release(self.name)
            db.session.commit()

    def _guarded(self, step: Callable[[], bool | None]) -> bool:
        """Run a step; while the database is away, log and go on."""
        try:
            return bool(step())
        except OperationalError:
            logger.warning("database not reachable, trying again")
            self.stopping.wait(POLL_SECONDS)
            return False
