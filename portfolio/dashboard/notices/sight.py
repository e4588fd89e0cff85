"""Notices in words: what they are about is loaded through the reader's row filters; what is not seen says nothing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor, allowed, may
from portfolio.extensions import db
from portfolio.jobs.models import Job
from portfolio.notify.kinds import KINDS
from portfolio.notify.models import Notice
from portfolio.pool.models import Person
from portfolio.projects.models import Milestone, Project, StatusReport
from portfolio.staffing.models import Assignment
from portfolio.staffing.visibility import (
    assignments_visible_to,
    capacity_persons_visible_to,
    projects_visible_to,
    reports_visible_to,
)
from portfolio.support.models import RequestState, SupportRequest
from portfolio.support.queries import requests_visible_to


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as it is read. Without words its thing is gone, or not the reader's to see any more."""

    id: int
    at: datetime
    unread: bool
    words: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Things notices are about: those a reader sees, with what the words need, and where one deals with them."""

    visible_to: Callable[[Actor], Select[Any]]
    address: Callable[[Any, Actor], str]


def in_words(notices: Sequence[Notice], actor: Actor) -> list[Line]:
    """One query for each kind of thing the notices are about."""
    things = _things(notices, actor)
    return [_line(notice, things, actor) for notice in notices]


def _line(notice: Notice, things: Mapping[tuple[type, int], Any], actor: Actor) -> Line:
    kind = KINDS.get(notice.kind)  # a kind the application no longer knows has no words either
    thing = things.get((kind.model, notice.object_id)) if kind else None
    unread = notice.read_at is None
    if kind is None or thing is None:
        return Line(notice.id, notice.at, unread)
    words, href = kind.words(thing, notice.facts), SUBJECTS[kind.model].address(thing, actor)
    return Line(notice.id, notice.at, unread, words, href)


def _things(notices: Sequence[Notice], actor: Actor) -> dict[tuple[type, int], Any]:
    wanted: defaultdict[type, set[int]] = defaultdict(set)
    for notice in notices:
        if kind := KINDS.get(notice.kind):
            wanted[kind.model].add(notice.object_id)
    return {(model, thing.id): thing for model, ids in wanted.items() for thing in _seen(model, ids, actor)}


def _seen(model: Any, ids: Collection[int], actor: Actor) -> Sequence[Any]:
    return db.session.scalars(SUBJECTS[model].visible_to(actor).where(model.id.in_(ids))).unique().all()


def _requests(actor: Actor) -> Select[SupportRequest]:
    return requests_visible_to(actor).options(joinedload(SupportRequest.organisation))


def _assignments(actor: Actor) -> Select[Assignment]:
    return assignments_visible_to(actor).options(joinedload(Assignment.person), joinedload(Assignment.project))


def _milestones(actor: Actor) -> Select[Milestone]:
    seen = projects_visible_to(actor).with_only_columns(Project.id)
    return select(Milestone).where(Milestone.project_id.in_(seen)).options(joinedload(Milestone.project))


def _reports(actor: Actor) -> Select[StatusReport]:
    return reports_visible_to(actor).options(joinedload(StatusReport.project))


def _jobs(actor: Actor) -> Select[Job]:
    return select(Job) if allowed(actor, Action.MANAGE_USERS) else select(Job).where(false())


def _request_page(request: SupportRequest, actor: Actor) -> str:
    decides = request.state is RequestState.SUBMITTED and may(actor, Action.TRIAGE_REQUESTS, request)
    return url_for("support.decision" if decides else "support.request", request_id=request.id)


SUBJECTS: Mapping[type, Subject] = {
    SupportRequest: Subject(_requests, _request_page),
    Assignment: Subject(_assignments, lambda row, _actor: url_for("staffing.assignment", assignment_id=row.id)),
    Person: Subject(capacity_persons_visible_to, lambda row, _actor: url_for("dashboard.person", person_id=row.id)),
    Project: Subject(projects_visible_to, lambda row, _actor: url_for("dashboard.project", project_id=row.id)),
    Milestone: Subject(_milestones, lambda row, _actor: url_for("projects.milestones", project_id=row.project_id)),
    StatusReport: Subject(_reports, lambda row, _actor: url_for("dashboard.report", report_id=row.id)),
    Job: Subject(_jobs, lambda _row, _actor: url_for("dashboard.home")),
}
