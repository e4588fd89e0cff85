"""What runs underneath: for administration the state of the system and the accounts, for auditors the change log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from portfolio.access.changes import ShownEntry, in_words
from portfolio.access.models import User
from portfolio.access.policy import Actor
from portfolio.access.queries import changes_visible_to, readable_entries
from portfolio.audit.models import AuditEntry
from portfolio.dashboard.home.section import SHOWN, Card, Section, Window, objects
from portfolio.extensions import db
from portfolio.jobs.health import worker_seen
from portfolio.jobs.models import Job, JobState
from portfolio.web import clock

LOG_DAYS = 7


@dataclass(frozen=True, slots=True)
class SystemState:
    worker_seen: bool
    waiting: int
    """Jobs that wait to be run."""


@dataclass(frozen=True, slots=True)
class Accounts:
    enabled: int
    disabled: int


@dataclass(frozen=True, slots=True)
class ChangeLog:
    lately: int
    """Changes of the last days that the reader may read."""
    latest: Sequence[ShownEntry]


def state(_actor: Actor, _today: date, _window: Window) -> Card:
    waiting = select(func.count()).select_from(Job).where(Job.state == JobState.QUEUED, Job.run_at <= clock.now())
    return Card("system_state", SystemState(worker_seen(), db.session.scalar(waiting) or 0))


def failed() -> Select[Job]:
    return select(Job).where(Job.state == JobState.FAILED)


def failed_jobs(_actor: Actor, _today: date, window: Window) -> Section:
    return objects("failed_jobs", failed().order_by(Job.finished_at.desc(), Job.id), window)


def accounts(_actor: Actor, _today: date, _window: Window) -> Card:
    counted = db.session.execute(select(User.enabled, func.count()).group_by(User.enabled))
    by_state = {enabled: count for enabled, count in counted}  # noqa: C416  (rows are no pairs to mypy)
    return Card("accounts", Accounts(by_state.get(True, 0), by_state.get(False, 0)))


def change_log(actor: Actor, _today: date, _window: Window) -> Card:
    """How much was changed lately, and the latest changes in words."""
    visible = changes_visible_to(actor)
    lately = visible.where(AuditEntry.at >= clock.now() - timedelta(days=LOG_DAYS))
    counted = select(func.count()).select_from(lately.with_only_columns(AuditEntry.id).order_by(None).subquery())
    latest = db.session.scalars(visible.limit(SHOWN)).all()
    plainly = readable_entries(actor, [entry.id for entry in latest])
    return Card("change_log", ChangeLog(db.session.scalar(counted) or 0, in_words(latest, plainly)))


def functions(_actor: Actor, _today: date, _window: Window) -> Card:
    return Card("functions")
