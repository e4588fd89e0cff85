"""Milestones: planned, moved, reached."""

from dataclasses import dataclass
from datetime import date

from portfolio.extensions import db
from portfolio.projects import checks
from portfolio.projects.models import Milestone, Project
from portfolio.projects.problems import ReachedInFuture
from portfolio.web import clock

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneData:
    """A milestone, its planned date, and the day it was reached, if it was."""

    title: str
    planned_date: date
    reached_on: date | None = None


def add_milestone(project: Project, data: MilestoneData) -> Milestone:
    milestone = Milestone(project_id=project.id)
    _apply(milestone, data)
    db.session.add(milestone)
    db.session.flush()
    return milestone


def change_milestone(milestone: Milestone, data: MilestoneData) -> None:
    """Also enters the day on which the milestone was reached, or takes it back."""
    _apply(milestone, data)
    db.session.flush()


def remove_milestone(milestone: Milestone) -> None:
    """Remove the milestone with its forecasts."""
    db.session.delete(milestone)
    db.session.flush()


def _apply(milestone: Milestone, data: MilestoneData) -> None:
    title = checks.one_line(data.title, "title", LONGEST_TITLE)
    checks.sensible_day(data.planned_date, "planned_date")
    if data.reached_on is not None:
        checks.sensible_day(data.reached_on, "reached_on")
        if data.reached_on > clock.today():
            raise ReachedInFuture
    milestone.title, milestone.planned_date, milestone.reached_on = title, data.planned_date, data.reached_on
