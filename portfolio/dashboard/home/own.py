"""What a pool member comes for: where they work and when, what is proposed, and the skills they are planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Actor
from portfolio.dashboard.home.section import Section, first
from portfolio.extensions import db
from portfolio.planning.weeks import Week, weeks_from
from portfolio.pool.models import PersonSkill, Skill
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


def calendar(actor: Actor, today: date) -> Section:
    """The next half year as stretches of equal weeks."""
    weeks = weeks_from(Week.containing(today), CALENDAR_WEEKS)
    mine = _from_now_on(actor, today).where(
        Assignment.state != AssignmentState.DECLINED, Assignment.from_week <= weeks[-1]
    )
    work = db.session.scalars(mine.order_by(Assignment.from_week, Assignment.id)).all()
    return Section("own_calendar", _stretches(weeks, work) if work else (), len(work))


def proposals(actor: Actor, today: date) -> Section:
    undecided = _from_now_on(actor, today).where(Assignment.state.in_(UNDECIDED))
    return first("own_proposals", undecided.order_by(Assignment.from_week, Assignment.id))


def skills(actor: Actor, _today: date) -> Section:
    held = (
        select(PersonSkill)
        .join(PersonSkill.skill)
        .where(PersonSkill.person_id == (actor.person_id or 0))
        .options(joinedload(PersonSkill.skill))
    )
    return first("own_skills", held.order_by(PersonSkill.level.desc(), Skill.sort_key, PersonSkill.id))


def _from_now_on(actor: Actor, today: date) -> Select[Assignment]:
    return (
        select(Assignment)
        .where(Assignment.person_id == (actor.person_id or 0), Assignment.to_week >= Week.containing(today))
        .options(joinedload(Assignment.project))
    )


def _stretches(weeks: Sequence[Week], work: Sequence[Assignment]) -> list[Stretch]:
    def running(week: Week) -> tuple[Assignment, ...]:
        return tuple(each for each in work if each.from_week <= week <= each.to_week)

    runs = ((planned, tuple(same)) for planned, same in groupby(weeks, key=running))
    return [Stretch(same[0], same[-1], planned) for planned, same in runs]
