"""How much those who may lead or coordinate have to do already."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.extensions import db
from portfolio.planning.weeks import WeekRange
from portfolio.pool.models import Person, PersonSkill, PersonWeek, Skill
from portfolio.projects.models import CLOSED_PHASES, Project
from portfolio.support.templates import COORDINATION, LEADING, Row


@dataclass(frozen=True, slots=True)
class Load:
    """An active person: what is booked of them on average, in percent of full time, and their running projects."""

    person_id: int
    name: str
    booked: int
    leads: int
    coordinates: int
    can_lead: bool
    """Leads already, or has the skill at the level that leading asks for."""
    can_coordinate: bool


def loads(weeks: WeekRange) -> list[Load]:
    """All active persons by name with what is booked of them in these weeks. One query."""
    within = and_(PersonWeek.person_id == Person.id, PersonWeek.week.between(weeks.first, weeks.last))
    booked = select(func.coalesce(func.sum(PersonWeek.booked), 0)).where(within).correlate(Person).scalar_subquery()
    statement = (
        select(
            Person.id,
            Person.name,
            booked,
            _running(Project.lead_id),
            _running(Project.coordinator_id),
            _versed(LEADING),
            _versed(COORDINATION),
        )
        .where(Person.active)
        .order_by(Person.sort_key, Person.id)
    )
    return [
        Load(
            person_id=identity,
            name=name,
            booked=round(share / len(weeks)),
            leads=leads,
            coordinates=coordinates,
            can_lead=bool(leads or may_lead),
            can_coordinate=bool(coordinates or may_coordinate),
        )
        for identity, name, share, leads, coordinates, may_lead, may_coordinate in db.session.execute(statement)
    ]


def _running(named_as: InstrumentedAttribute[int | None]) -> ColumnElement[int]:
    """How many projects that are not closed name the person so."""
    running = select(func.count()).where(named_as == Person.id, Project.phase.not_in(CLOSED_PHASES))
    return running.correlate(Person).scalar_subquery()


def _versed(row: Row) -> ColumnElement[bool]:
    held = exists().where(
        PersonSkill.person_id == Person.id,
        PersonSkill.level >= row.level,
        Skill.id == PersonSkill.skill_id,
        Skill.code == row.skill_code,
    )
    return held.correlate(Person)
