"""Whom a notice goes to: accounts by role and by what they belong to. `tell` is how every domain writes one."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, false, or_, select

from portfolio.access.models import Coordination, User
from portfolio.access.policy import Role
from portfolio.access.queries import has_role
from portfolio.audit.record import actor_id
from portfolio.jobs import queue
from portfolio.jobs.models import Job
from portfolio.notify import services as outbox
from portfolio.notify.kinds import Facts, Kind

Readers = ColumnElement[bool]


def tell(kind: Kind[Any], thing: Any, *readers: Readers, **facts: str) -> None:
    """Tell the accounts among `readers` what happened to `thing`, but for whoever makes it happen."""
    accounts = select(User.id).where(User.enabled, or_(false(), *readers))
    actor = actor_id.get()
    if actor is not None:
        outbox.settle(actor, kind.model, thing.id)
        accounts = accounts.where(User.id != actor)
    outbox.write(kind, thing.id, accounts, facts)


def cio_office() -> Readers:
    return has_role(Role.CIO_OFFICE)


def ministry(organisation_id: int) -> Readers:
    """Those who file requests for an organisation, and agree to the secondment of its people."""
    return and_(has_role(Role.MINISTRY), User.organisation_id == organisation_id)


def coordinators(organisation_id: int, person_id: int | None = None) -> Readers:
    """Those who look after an organisation, and the person named as coordinator."""
    looking_after = select(Coordination.user_id).where(Coordination.organisation_id == organisation_id)
    return or_(
        and_(has_role(Role.COORDINATOR), User.id.in_(looking_after)),
        person(person_id, Role.COORDINATOR),
    )


def person(person_id: int | None, role: Role) -> Readers:
    """The account of a person who holds `role`: without it, they could not see what the notice is about."""
    return false() if person_id is None else and_(User.person_id == person_id, has_role(role))


def _job_words(job: Job, _facts: Facts) -> str:
    return _("Die Hintergrundaufgabe „%(kind)s“ ist gescheitert.", kind=job.kind)


JOB_FAILED = Kind("job_failed", "job", Job, _job_words)


@queue.on_failure
def _job_failed(job: Job) -> None:
    tell(JOB_FAILED, job, has_role(Role.ADMIN))
