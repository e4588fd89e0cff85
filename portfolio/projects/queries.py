"""Reading projects, milestones and forecasts: statements with their loads stated, and small look-ups.

The pages for reading start from `staffing.visibility`, which also knows teams. What stands here is for writing.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, false, func, or_, select, text, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from portfolio.access.models import Organisation
from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.catalogue.models import Service
from portfolio.catalogue.queries import search_services
from portfolio.extensions import db
from portfolio.pool.models import Person
from portfolio.projects.models import Forecast, Milestone, Project, Risk, ServiceLink, StatusReport, TechnicalBasis
from portfolio.projects.models.project import project_technical_basis
from portfolio.web.text import fold

T = TypeVar("T")
LARGEST_ID = 2**31 - 1


def _latest_released(column: InstrumentedAttribute[T]) -> ColumnElement[T]:
    """A column of the latest released report of each project of the statement around it."""
    return (
        select(column)
        .where(StatusReport.project_id == Project.id, StatusReport.released_at.is_not(None))
        .order_by(StatusReport.as_of.desc(), StatusReport.id.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )


LIGHT = _latest_released(StatusReport.overall)
"""The light of a project: the overall one of its latest released report; NULL without any."""
LATEST_RELEASED = _latest_released(StatusReport.id)
"""The report on which the lights of a project stand."""
REPORTED = _latest_released(StatusReport.as_of)
"""When a project was last reported on; NULL if never."""
DECISIONS_NEEDED = _latest_released(StatusReport.decisions_needed)
"""What the latest released report of a project asks to be decided; NULL without any."""
_CODE_LOCK = 7_302_014


def projects_changeable_by(actor: Actor, action: Action = Action.CHANGE_PROJECTS) -> Select[Project]:
    """Projects that `actor` reaches with `action`, with the organisation and the people they name."""
    return with_people(select(Project).where(_reached(actor, action)))


def milestones_changeable_by(actor: Actor, action: Action = Action.CHANGE_MILESTONES) -> Select[Milestone]:
    """Milestones of the projects that `actor` reaches with `action`, with their forecasts and their project."""
    return (
        select(Milestone)
        .join(Milestone.project)
        .where(_reached(actor, action))
        .options(
            contains_eager(Milestone.project).options(*_people()),
            selectinload(Milestone.forecasts),
        )
    )


def forecasts_changeable_by(actor: Actor, action: Action = Action.CHANGE_MILESTONES) -> Select[Forecast]:
    """Forecasts of the milestones that `actor` reaches with `action`, with milestone and project."""
    return (
        select(Forecast)
        .join(Forecast.milestone)
        .join(Milestone.project)
        .where(_reached(actor, action))
        .options(
            contains_eager(Forecast.milestone).contains_eager(Milestone.project).options(*_people()),
            contains_eager(Forecast.milestone).selectinload(Milestone.forecasts),
        )
    )


def risks_changeable_by(actor: Actor) -> Select[Risk]:
    """Risks of the projects whose register `actor` keeps, with their project; nobody else sees them."""
    return (
        select(Risk)
        .join(Risk.project)
        .where(_reached(actor, Action.CHANGE_RISKS))
        .options(contains_eager(Risk.project).options(*_people()))
    )


def risks_of(project_id: int) -> list[Risk]:
    """The register of a project: what is open first, then the heaviest, then what is due first."""
    found = db.session.scalars(select(Risk).where(Risk.project_id == project_id)).all()
    return sorted(found, key=lambda risk: (not risk.is_open, -risk.weight, risk.due or date.max, risk.id))


def _reached(actor: Actor, action: Action) -> ColumnElement[bool]:
    return or_(false(), *(_in_scope(actor, scope) for scope in scopes(actor, action)))


def _in_scope(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    match scope:
        case Scope.ALL:
            return true()
        case Scope.ORGANISATION if actor.organisation_id is not None:
            return Project.organisation_id == actor.organisation_id
        case Scope.COORDINATED:
            named = false() if actor.person_id is None else Project.coordinator_id == actor.person_id
            return or_(named, Project.organisation_id.in_(actor.coordinated))
        case Scope.LED if actor.person_id is not None:
            return Project.lead_id == actor.person_id
        case _:
            return false()


def with_people(statement: Select[Project]) -> Select[Project]:
    """With the organisation, the lead and the coordinator, as every page of a project names them."""
    return statement.options(*_people())


def whole(statement: Select[Project]) -> Select[Project]:
    """One project with the people and all that its own page says of it."""
    return statement.options(*_people(), joinedload(Project.technical_bases))


def _people() -> tuple[_AbstractLoad, ...]:
    return (joinedload(Project.organisation), joinedload(Project.lead), joinedload(Project.coordinator))


def service_links_of(project_id: int) -> list[ServiceLink]:
    """The services of a project, in the order they were added."""
    statement = select(ServiceLink).where(ServiceLink.project_id == project_id).order_by(ServiceLink.id)
    return list(db.session.scalars(statement))


def milestones_of(project_id: int) -> list[Milestone]:
    """The milestones of a project by planned date, with their forecasts."""
    statement = (
        select(Milestone)
        .where(Milestone.project_id == project_id)
        .options(selectinload(Milestone.forecasts))
        .order_by(Milestone.planned_date, Milestone.id)
    )
    return list(db.session.scalars(statement))


def codes_beginning_with(prefix: str) -> list[str]:
    return list(db.session.scalars(select(Project.code).where(Project.code.startswith(prefix, autoescape=True))))


def code_is_taken(code: str, except_id: int | None) -> bool:
    """Whether a project other than `except_id` has this code."""
    statement = select(Project.id).where(Project.code == code, Project.id != (except_id or 0))
    return db.session.scalar(statement.limit(1)) is not None


def lock_codes() -> None:
    """Let other transactions that give out codes wait until this one ends (SQLite's writers are alone anyway)."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CODE_LOCK})


def lock_milestone(milestone_id: int) -> None:
    """Let other changes of this milestone and its forecasts wait (SQLite's writers are alone anyway)."""
    db.session.execute(select(Milestone.id).where(Milestone.id == milestone_id).with_for_update()).all()


def reached_on(milestone_id: int) -> date | None:
    """The day the milestone was reached, as it stands in the database now."""
    return db.session.scalar(select(Milestone.reached_on).where(Milestone.id == milestone_id))


def forecast_at(milestone_id: int, reporting_date: date) -> Forecast | None:
    statement = select(Forecast).where(Forecast.milestone_id == milestone_id, Forecast.reporting_date == reporting_date)
    return db.session.scalar(statement)


def latest_forecast_id(milestone_id: int) -> int | None:
    statement = (
        select(Forecast.id).where(Forecast.milestone_id == milestone_id).order_by(Forecast.reporting_date.desc())
    )
    return db.session.scalar(statement.limit(1))


def organisation_exists(organisation_id: int) -> bool:
    return _exists(select(Organisation.id).where(Organisation.id == organisation_id), organisation_id)


def person_is_active(person_id: int) -> bool:
    return _exists(select(Person.id).where(Person.id == person_id, Person.active), person_id)


def _exists(statement: Select[int], identity: int) -> bool:
    return 0 < identity <= LARGEST_ID and db.session.scalar(statement) is not None


def services_by_id(ids: Iterable[int]) -> dict[int, Service]:
    """The services among `ids` that exist."""
    return {service.id: service for service in services_known_by(ids, ())}


def services_known_by(ids: Iterable[int], service_keys: Collection[str]) -> list[Service]:
    """The services with one of these ids or keys."""
    possible = [identity for identity in ids if 0 < identity <= LARGEST_ID]
    if not possible and not service_keys:
        return []
    known = or_(Service.id.in_(possible), Service.service_key.in_(service_keys))
    return list(db.session.scalars(select(Service).where(known)))


def only_service_found_by(words: str) -> Service | None:
    """The service that a search finds, if it finds exactly one."""
    found = db.session.scalars(search_services(words).limit(2)).all()
    return found[0] if len(found) == 1 else None


def technical_bases() -> Select[TechnicalBasis]:
    """The whole list, by name."""
    return select(TechnicalBasis).order_by(TechnicalBasis.sort_key, TechnicalBasis.id)


def all_technical_bases() -> list[TechnicalBasis]:
    return list(db.session.scalars(technical_bases()))


def technical_bases_by_id(ids: Collection[int]) -> list[TechnicalBasis]:
    """Those among `ids` that exist, by name; no query for none."""
    possible = {identity for identity in ids if 0 < identity <= LARGEST_ID}
    return list(db.session.scalars(technical_bases().where(TechnicalBasis.id.in_(possible)))) if possible else []


def technical_basis_named(name: str, except_id: int | None) -> bool:
    """Whether another entry has this name, however it is written."""
    same = select(TechnicalBasis.id).where(TechnicalBasis.sort_key == fold(name), TechnicalBasis.id != (except_id or 0))
    return db.session.scalar(same.limit(1)) is not None


def technical_basis_is_used(basis_id: int) -> bool:
    return basis_id in projects_per_technical_basis()


def projects_per_technical_basis() -> dict[int, int]:
    """How many projects use each entry that is used."""
    column = project_technical_basis.c.technical_basis_id
    counted = db.session.execute(select(column, func.count()).group_by(column))
    return {identity: count for identity, count in counted}  # noqa: C416  (rows are no pairs to mypy)


def active_persons() -> list[tuple[int, str]]:
    """Whoever may be named as lead or coordinator: id and name, by name."""
    statement = select(Person.id, Person.name).where(Person.active).order_by(Person.sort_key, Person.id)
    return [(identity, name) for identity, name in db.session.execute(statement)]


def organisations_existing_on(day: date) -> list[tuple[int, str]]:
    """The organisations a new project can belong to: id, code and name, by name."""
    statement = (
        select(Organisation.id, Organisation.code, Organisation.name)
        .where(or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day))
        .where(or_(Organisation.valid_to.is_(None), Organisation.valid_to >= day))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return [(identity, f"{name} ({code})") for identity, code, name in db.session.execute(statement)]
