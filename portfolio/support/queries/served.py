"""The served share of those who ask: what was asked for and answered on, and what of it is booked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from portfolio.extensions import db
from portfolio.planning.coverage import demanded_work
from portfolio.planning.problem import Assignment, Need, hours
from portfolio.planning.served import Served, booked_work, together
from portfolio.planning.weeks import Week, WeekRange
from portfolio.pool.models import Skill
from portfolio.projects.models import Phase, Project
from portfolio.staffing import models as staffing
from portfolio.staffing.models import NeedColumns
from portfolio.support.models import RequestNeed, RequestState, SupportRequest
from portfolio.web import settings

NO_PROJECT_YET = 0
REACH = 52
"""Weeks that count, before this one and from this one on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A need that was asked for and answered on: taken on by a project, or turned down with a request."""

    organisation_id: int
    need: Need
    work: int
    booked: int
    title: str
    """Of the project or the request."""
    skill: str
    project_id: int | None = None
    request_id: int | None = None

    @property
    def work_hours(self) -> float:
        return hours(self.work)

    @property
    def booked_hours(self) -> float:
        return hours(self.booked)

    @property
    def served(self) -> Served:
        return Served(turned_down=self.work) if self.project_id is None else Served(self.work, 0, self.booked)


def period(week: Week) -> WeekRange:
    """The year before `week` and the one from it on: needs whose weeks reach into it count, whole."""
    return WeekRange(week - REACH, week + (REACH - 1))


def served_by_organisation(week: Week) -> dict[int, Served]:
    """Of every organisation that asked, as of `week`. Three queries."""
    parts: defaultdict[int, list[Served]] = defaultdict(list)
    for answer in _answers(period(week)):
        parts[answer.organisation_id].append(answer.served)
    return {organisation_id: together(own) for organisation_id, own in parts.items()}


def answers_to(organisation_id: int, week: Week) -> list[Answer]:
    """What the served share of an organisation is made of, need by need, projects first. Three queries."""
    found = _answers(period(week), organisation_id)
    return sorted(found, key=lambda answer: (answer.project_id is None, answer.title, answer.need.first))


def _answers(weeks: WeekRange, organisation_id: int | None = None) -> Iterator[Answer]:
    full_time = settings.full_time_hours()
    needs, turned_down = _taken_on(weeks), _turned_down(weeks)
    if organisation_id is not None:
        needs = needs.where(Project.organisation_id == organisation_id)
        turned_down = turned_down.where(SupportRequest.organisation_id == organisation_id)
    booked = _bookings(needs.with_only_columns(staffing.Need.id))
    for project_id, title, owner, skill, *row in db.session.execute(needs):
        need = Need(row[0], project_id, *row[1:])
        taken = booked_work(need, booked[need.id], full_time)
        yield Answer(owner, need, demanded_work(need, full_time), taken, title, skill, project_id=project_id)
    for request_id, title, owner, skill, *row in db.session.execute(turned_down):
        need = Need(row[0], NO_PROJECT_YET, *row[1:])
        yield Answer(owner, need, demanded_work(need, full_time), 0, title, skill, request_id=request_id)


def _taken_on(weeks: WeekRange) -> Select[Any]:
    """Needs of all projects but the cancelled: what those still wanted, nobody wants any more."""
    row = staffing.Need
    columns = (Project.id, Project.title, Project.organisation_id, Skill.name, *_as_planned(row))
    statement = select(*columns).join(row.project).join(row.skill)
    return statement.where(Project.phase != Phase.CANCELLED, *_reaching(row, weeks)).order_by(row.id)


def _turned_down(weeks: WeekRange) -> Select[Any]:
    """Needs of rejected requests, and those a partial acceptance left out."""
    row, request = RequestNeed, SupportRequest
    columns = (request.id, request.title, request.organisation_id, Skill.name, *_as_planned(row))
    statement = select(*columns).join(row.request).join(row.skill)
    refused = or_(request.state == RequestState.REJECTED, row.accepted.is_(False))
    return statement.where(refused, row.offered.is_(False), *_reaching(row, weeks)).order_by(row.id)


def _as_planned(row: type[NeedColumns]) -> tuple[Any, ...]:
    """The fields of a need in the order of `planning.problem.Need`, without its project."""
    person_days = func.coalesce(row.person_days, 0)
    return (row.id, row.skill_id, row.level, row.from_week, row.to_week, row.share, row.kind, person_days)


def _reaching(row: type[NeedColumns], weeks: WeekRange) -> tuple[ColumnElement[bool], ...]:
    return (row.from_week <= weeks.last, row.to_week >= weeks.first)


def _bookings(needs: Select[Any]) -> defaultdict[int, list[Assignment]]:
    """What is booked for these needs, by their id."""
    row = staffing.Assignment
    columns = (row.person_id, row.project_id, row.from_week, row.to_week, row.share, row.need_id)
    booked = select(*columns).where(row.state != staffing.AssignmentState.DECLINED)
    found: defaultdict[int, list[Assignment]] = defaultdict(list)
    for values in db.session.execute(booked.where(row.need_id.in_(needs.order_by(None)))):
        found[values.need_id or 0].append(Assignment(*values))
    return found
