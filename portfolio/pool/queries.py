"""Reading persons for change, the skill catalogue, absences."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.extensions import db
from portfolio.planning.weeks import Week
from portfolio.pool.models import HIGHEST_LEVEL, Absence, Person, PersonSkill, PersonWeek, PoolShare, Skill
from portfolio.web.text import like, pieces


def persons_changeable_by(actor: Actor, action: Action) -> Select[Person]:
    """Persons to whom `actor` may do `action`, which changes something: all, or themselves."""
    reached = scopes(actor, action)
    if Scope.ALL in reached:
        return select(Person)
    own: ColumnElement[bool] = false()
    if Scope.SELF in reached and actor.person_id is not None:
        own = Person.id == actor.person_id
    return select(Person).where(own)


def person_with_home(person_id: int) -> Select[Person]:
    return select(Person).where(Person.id == person_id).options(joinedload(Person.home_organisation))


def pool_shares_of(person_id: int) -> Select[PoolShare]:
    """The pool shares of a person in order of time."""
    return select(PoolShare).where(PoolShare.person_id == person_id).order_by(PoolShare.from_week)


def named_skills_of(person_id: int) -> Select[PersonSkill]:
    """The skills of a person with their names, and who confirmed them."""
    held = select(PersonSkill).where(PersonSkill.person_id == person_id).order_by(PersonSkill.id)
    return held.options(joinedload(PersonSkill.skill), joinedload(PersonSkill.confirmed_by))


def with_pool_shares(statement: Select[Person]) -> Select[Person]:
    return statement.options(selectinload(Person.pool_shares))


def with_skills(statement: Select[Person]) -> Select[Person]:
    return statement.options(selectinload(Person.skills).joinedload(PersonSkill.skill))


def absences_changeable_by(actor: Actor) -> Select[Absence]:
    """Absences that `actor` may change or take away, with their person."""
    persons = persons_changeable_by(actor, Action.CHANGE_ABSENCES).with_only_columns(Person.id)
    return select(Absence).where(Absence.person_id.in_(persons)).options(joinedload(Absence.person))


def absences_of(person_id: int) -> Select[Absence]:
    """The absences of a person, the latest first."""
    return select(Absence).where(Absence.person_id == person_id).order_by(Absence.from_date.desc())


def booked_weeks(person_id: int, first: Week, last: Week) -> Sequence[Week]:
    """The weeks from `first` to `last` in which anything is booked of a person, in order."""
    booked = select(PersonWeek.week).where(
        PersonWeek.person_id == person_id, PersonWeek.week.between(first, last), PersonWeek.booked > 0
    )
    return db.session.scalars(booked.order_by(PersonWeek.week)).all()


def skill_rows_of(person: Person) -> Select[PersonSkill]:
    rows = select(PersonSkill).where(PersonSkill.person_id == person.id)
    return rows.options(joinedload(PersonSkill.person), joinedload(PersonSkill.skill))


def skills(text: str = "", area: str | None = None) -> Select[Skill]:
    """The skill catalogue by area and name: those whose name or code holds every typed piece, of one area."""
    found = (
        or_(*(column.like(like(piece), escape="/") for column in (Skill.sort_key, func.lower(Skill.code))))
        for piece in pieces(text)
    )
    statement = select(Skill).where(and_(true(), *found)).order_by(Skill.area, Skill.sort_key, Skill.id)
    return statement if area is None else statement.where(Skill.area == area)


def skill_areas() -> Sequence[str]:
    return db.session.scalars(select(Skill.area).distinct().order_by(Skill.area)).all()


def holders_per_skill(week: Week) -> dict[int, tuple[int, ...]]:
    """By skill id how many active persons hold it in this week at level 1 or more, 2 or more, 3 or more, 4."""
    holds = and_(
        PersonSkill.level > 0,
        or_(PersonSkill.valid_from_week.is_(None), PersonSkill.valid_from_week <= week),
        or_(PersonSkill.valid_to_week.is_(None), PersonSkill.valid_to_week >= week),
    )
    best = (
        select(PersonSkill.skill_id, func.max(PersonSkill.level).label("level"))
        .join(Person, Person.id == PersonSkill.person_id)
        .where(holds, Person.active)
        .group_by(PersonSkill.skill_id, PersonSkill.person_id)
        .subquery()
    )
    counts = (func.count().filter(best.c.level >= level) for level in range(1, HIGHEST_LEVEL + 1))
    found = db.session.execute(select(best.c.skill_id, *counts).group_by(best.c.skill_id))
    return {skill_id: tuple(counted) for skill_id, *counted in found}


def others_with_email(person: Person) -> Sequence[str]:
    """The names of other persons with the same work e-mail address."""
    same = func.lower(Person.email) == (person.email or "").lower()
    statement = select(Person.name).where(same, Person.id != person.id).order_by(Person.sort_key).limit(3)
    return db.session.scalars(statement).all() if person.email else ()


def lock(person_id: int) -> None:
    """Let others who change this person or book them wait until this transaction ends (SQLite's writers are alone)."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
