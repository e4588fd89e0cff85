"""What runs underneath: for administration the state of the system and the accounts, for auditors the change log."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from portfolio.access.models import User
from portfolio.access.policy import Actor
from portfolio.access.queries import changes_visible_to
from portfolio.audit.models import AuditEntry
from portfolio.dashboard.home.section import Section, first
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


def state(_actor: Actor, _today: date) -> Section:
    waiting = select(func.count()).select_from(Job).where(Job.state == JobState.QUEUED, Job.run_at <= clock.now())
    return Section("system_state", [SystemState(worker_seen(), db.session.scalar(waiting) or 0)], 1)


def failed_jobs(_actor: Actor, _today: date) -> Section:
    failed = select(Job).where(Job.state == JobState.FAILED)
    return first("failed_jobs", failed.order_by(Job.finished_at.desc()))


def accounts(_actor: Actor, _today: date) -> Section:
    counted = db.session.execute(select(User.enabled, func.count()).group_by(User.enabled))
    by_state = {enabled: count for enabled, count in counted}  # noqa: C416  (rows are no pairs to mypy)
    return Section("accounts", [Accounts(by_state.get(True, 0), by_state.get(False, 0))], 1)


def change_log(actor: Actor, _today: date) -> Section:
    """How much was changed lately; who and what stands in the log itself."""
    lately = changes_visible_to(actor).where(AuditEntry.at >= clock.now() - timedelta(days=LOG_DAYS))
    counted = select(func.count()).select_from(lately.with_only_columns(AuditEntry.id).order_by(None).subquery())
    return Section("change_log", (), db.session.scalar(counted) or 0)


def functions(_actor: Actor, _today: date) -> Section:
    return Section("functions")
