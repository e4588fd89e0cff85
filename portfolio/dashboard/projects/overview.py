"""What the page of a project shows at a glance, in few queries: milestones, reports, where the project came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from portfolio.access.policy import Action, Actor, allowed
from portfolio.dashboard.projects.rights import Rights
from portfolio.dashboard.projects.team import Member, NeedRow, Staffing
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.projects.models import Forecast, Milestone, Project, StatusReport
from portfolio.projects.queries import LATEST_RELEASED
from portfolio.staffing.visibility import reports_visible_to
from portfolio.support.models import Decision, SupportRequest
from portfolio.support.queries import requests_visible_to

NEXT_MILESTONES, NEEDS, TEAM = 5, 8, 10
"""How many of each the overview shows; the rest is one click away."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone with its number, and when it is expected now."""

    milestone_id: int
    number: int
    title: str
    planned: date
    reached: date | None
    forecast: date | None
    reported: date | None
    """The reporting date of the forecast."""

    @property
    def name(self) -> str:
        return f"M{self.number}"

    @property
    def expected(self) -> date:
        """When it was reached, else what the latest reporting date says, else the plan."""
        return self.reached or self.forecast or self.planned

    @property
    def deviation(self) -> int:
        """Days later than planned; negative when earlier."""
        return (self.expected - self.planned).days


@dataclass(frozen=True, slots=True)
class Milestones:
    every: Sequence[Standing]

    @property
    def reached(self) -> int:
        return sum(each.reached is not None for each in self.every)

    @property
    def next(self) -> list[Standing]:
        """The first that are still to come, by when they are expected."""
        open_ones = (each for each in self.every if each.reached is None)
        return sorted(open_ones, key=lambda each: (each.expected, each.number))[:NEXT_MILESTONES]


@dataclass(frozen=True, slots=True)
class Reports:
    released: StatusReport | None
    draft: StatusReport | None
    """The newest draft, for those who write reports."""


def milestones_of(project_id: int) -> Milestones:
    """One query, also for hundreds of milestones with their forecasts."""

    def latest(column: Any) -> Any:
        of_milestone = select(column).where(Forecast.milestone_id == Milestone.id).correlate(Milestone)
        return of_milestone.order_by(Forecast.reporting_date.desc()).limit(1).scalar_subquery()

    columns = (Milestone.id, Milestone.title, Milestone.planned_date, Milestone.reached_on)
    statement = (
        select(*columns, latest(Forecast.date), latest(Forecast.reporting_date))
        .where(Milestone.project_id == project_id)
        .order_by(Milestone.planned_date, Milestone.id)
    )
    rows = enumerate(db.session.execute(statement), start=1)
    return Milestones([Standing(identity, number, *values) for number, (identity, *values) in rows])


def reports_of(project: Project, actor: Actor, rights: Rights) -> Reports:
    """One query: the report on which the lights stand, and what is being written."""
    latest = select(LATEST_RELEASED).where(Project.id == project.id).scalar_subquery()
    wanted = StatusReport.id == latest
    if rights.change_reports:
        wanted = or_(wanted, StatusReport.released_at.is_(None))
    statement = reports_visible_to(actor).where(StatusReport.project_id == project.id, wanted)
    found = db.session.scalars(statement.order_by(StatusReport.as_of.desc(), StatusReport.id.desc())).all()
    released = [report for report in found if report.is_released]
    drafts = [report for report in found if not report.is_released]
    return Reports(next(iter(released), None), next(iter(drafts), None))


def origin_of(project: Project, actor: Actor) -> Any:
    """The request the project came from and the decision about it, for those who read requests. One query."""
    if not allowed(actor, Action.READ_REQUESTS):
        return None
    statement = (
        requests_visible_to(actor)
        .where(SupportRequest.project_id == project.id)
        .outerjoin(Decision, Decision.request_id == SupportRequest.id)
        .with_only_columns(
            SupportRequest.id, SupportRequest.title, SupportRequest.decided_at, Decision.id.label("decision_id")
        )
        .order_by(Decision.number.desc())
    )
    return db.session.execute(statement).first()


def by_urgency(staffing: Staffing, this_week: Week) -> list[NeedRow]:
    """The needs that want attention first: still running and not covered, then running, then over."""

    def rank(row: NeedRow) -> tuple[bool, bool, Week]:
        return row.need.to_week < this_week, not row.need.open, row.need.from_week

    return sorted(staffing.needs, key=rank)


def by_presence(staffing: Staffing, this_week: Week) -> list[Member]:
    """Who works here now or will, before those who did."""

    def over(member: Member) -> bool:
        return member.work is not None and member.work.to_week < this_week

    return sorted(staffing.team, key=over)
