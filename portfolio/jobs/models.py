"""The queue: a job is a row, claimed, kept alive by a heartbeat, parked after three tries."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.extensions import Model, Unaudited


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Unaudited, Model):
    """One piece of background work; `lease_until` is moved on by the worker that runs it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_claim", "state", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(100))
    finished_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(String(2000))


class WorkerBeat(Unaudited, Model):
    """When each worker was last alive; /readyz reads it."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime]
