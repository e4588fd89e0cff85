"""What a pool member comes for: where they work and when, what is proposed, and the skills they are planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Actor
from portfolio.dashboard.home.section import Card, Section, Window, objects
from portfolio.extensions import db
from portfolio.planning.weeks import Week, weeks_from, working_days
from portfolio.pool import calendar as days
from portfolio.pool.models import Person, PersonSkill, Skill
from portfolio.staffing.capacity import matrix
from portfolio.staffing.models import Assignment, AssignmentState

CALENDAR_WEEKS = 26
UNDECIDED = (AssignmentState.PROPOSED, AssignmentState.REQUESTED, AssignmentState.AGREED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weeks, both included, with the same work in each; none where nothing is planned."""

    first: Week
    last: Week
    work: tuple[Assignment, ...]

    @property
    def share(self) -> int:
        """Percent of full time, all together."""
        return sum(assignment.share for assignment in self.work)


@dataclass(frozen=True, slots=True)
class Lane:
    """An assignment in the calendar: how many weeks before it, in it and after it."""

    assignment: Assignment
    before: int
    within: int
    after: int

    @property
    def is_undecided(self) -> bool:
        return self.assignment.state in UNDECIDED


@dataclass(frozen=True, slots=True)
class Calendar:
    """Half a year of one person, one value a week: shares in percent of full time, days of five."""

    weeks: tuple[Week, ...]
    lanes: tuple[Lane, ...]
    pool_share: list[int]
    booked: list[int]
    away: list[int]
    """Working days on which the person is not available."""
    days_off: list[int]
    """Public holidays and other days off, Monday to Friday."""
    stretches: tuple[Stretch, ...]

    @property
    def months(self) -> list[tuple[date, int]]:
        """The first Monday of each month and how many weeks begin in it."""
        by_month = groupby((week.monday for week in self.weeks), key=lambda monday: (monday.year, monday.month))
        return [(mondays[0], len(mondays)) for mondays in (list(group) for _month, group in by_month)]


def calendar(actor: Actor, today: date, _window: Window) -> Card:
    """The next half year; nothing for an account that is no person."""
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    if person is None:
        return Card("own_calendar")
    weeks = weeks_from(Week.containing(today), CALENDAR_WEEKS)
    mine = _from_now_on(actor, today).where(
        Assignment.state != AssignmentState.DECLINED, Assignment.from_week <= weeks[-1]
    )
    work = db.session.scalars(mine.order_by(Assignment.from_week, Assignment.id)).all()
    figures = matrix([person], weeks[0], CALENDAR_WEEKS)
    off = days.days_off(weeks[0], weeks[-1])
    worked = [working_days(week, off) for week in weeks]
    shown = Calendar(
        weeks=weeks,
        lanes=tuple(_lane(each, weeks) for each in work),
        pool_share=figures.pool_share[0].tolist(),
        booked=figures.booked[0].tolist(),
        away=[most - here for most, here in zip(worked, figures.presence[0].tolist(), strict=True)],
        days_off=[5 - most for most in worked],
        stretches=_stretches(weeks, work) if work else (),
    )
    return Card("own_calendar", shown)


def proposals(actor: Actor, today: date, window: Window) -> Section:
    undecided = _from_now_on(actor, today).where(Assignment.state.in_(UNDECIDED))
    return objects("own_proposals", undecided.order_by(Assignment.from_week, Assignment.id), window)


def skills(actor: Actor, _today: date, window: Window) -> Section:
    held = (
        select(PersonSkill)
        .join(PersonSkill.skill)
        .where(PersonSkill.person_id == (actor.person_id or 0))
        .options(joinedload(PersonSkill.skill))
    )
    return objects("own_skills", held.order_by(PersonSkill.level.desc(), Skill.sort_key, PersonSkill.id), window)


def _from_now_on(actor: Actor, today: date) -> Select[Assignment]:
    return (
        select(Assignment)
        .where(Assignment.person_id == (actor.person_id or 0), Assignment.to_week >= Week.containing(today))
        .options(joinedload(Assignment.project))
    )


def _lane(assignment: Assignment, weeks: Sequence[Week]) -> Lane:
    first, last = max(assignment.from_week, weeks[0]), min(assignment.to_week, weeks[-1])
    return Lane(assignment, before=first - weeks[0], within=last - first + 1, after=weeks[-1] - last)


def _stretches(weeks: Sequence[Week], work: Sequence[Assignment]) -> tuple[Stretch, ...]:
    def running(week: Week) -> tuple[Assignment, ...]:
        return tuple(each for each in work if each.from_week <= week <= each.to_week)

    runs = ((planned, tuple(same)) for planned, same in groupby(weeks, key=running))
    return tuple(Stretch(same[0], same[-1], planned) for planned, same in runs)
