"""Creating a project and changing what it says."""

from dataclasses import dataclass, replace
from datetime import date

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.extensions import db
from portfolio.projects import checks, notices, queries
from portfolio.projects.models import CLOSED_PHASES, DeliveryModel, MaturityModel, Phase, Project, ServiceLink
from portfolio.projects.problems import (
    CodeTaken,
    EndBeforeStart,
    MaturityOutOfRange,
    OnlyCioOfficeDecides,
    PersonNotActive,
    PriorityOutOfRange,
    ServiceTwice,
    StaysClosed,
    UnknownOrganisation,
    UnknownService,
)
from portfolio.projects.services.codes import next_code
from portfolio.web import clock

LONGEST_CODE, LONGEST_TITLE, LONGEST_GOAL = 40, 300, 10_000
DECIDED_BY_CIO_OFFICE = ("code", "organisation_id", "lead_id", "coordinator_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLinkData:
    """A service the project works on, with its maturity now and as aimed at, by one of the two models."""

    service_id: int
    maturity_now: int | None = None
    maturity_target: int | None = None
    model: MaturityModel = MaturityModel.V1_1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectData:
    """What a project says. Without a code a new project gets the next one of the year, an old one keeps its own."""

    code: str | None = None
    title: str
    goal: str = ""
    organisation_id: int
    phase: Phase
    priority: int = 3
    start: date
    end: date
    lead_id: int | None = None
    coordinator_id: int | None = None
    delivery_model: DeliveryModel | None = None
    service_links: tuple[ServiceLinkData, ...] = ()


def create_project(data: ProjectData) -> Project:
    """Start a project; whoever is named to lead or coordinate it must be an active person."""
    queries.lock_codes()
    project = Project(code=next_code(clock.today().year), service_links=[])
    _apply(project, data)
    db.session.add(project)
    db.session.flush()
    notices.entrusted(project)
    return project


def change_project(project: Project, data: ProjectData, actor: Actor | None = None) -> None:
    """Change the project to what `data` says.

    Only an `actor` of the CIO office takes a closed project up again, gives it another code, hands it to another
    organisation or names others to lead and coordinate it; without an actor nobody does.
    """
    if not _decides(actor):
        _refuse_decisions(project, data)
    if data.code and data.code != project.code:
        queries.lock_codes()
    lead_id, coordinator_id = project.lead_id, project.coordinator_id
    _apply(project, data)
    db.session.flush()
    notices.entrusted(project, lead_id, coordinator_id)


def decides_on_projects(actor: Actor) -> bool:
    """Whether `actor` gives codes, names who leads and coordinates, moves projects, and takes closed ones up again."""
    return Scope.ALL in scopes(actor, Action.CHANGE_PROJECTS)


def _decides(actor: Actor | None) -> bool:
    return actor is not None and decides_on_projects(actor)


def _refuse_decisions(project: Project, data: ProjectData) -> None:
    if project.phase in CLOSED_PHASES and data.phase is not project.phase:
        raise StaysClosed
    wanted = replace(data, code=data.code or project.code)
    for field in DECIDED_BY_CIO_OFFICE:
        if getattr(project, field) != getattr(wanted, field):
            raise OnlyCioOfficeDecides(field)


def _apply(project: Project, data: ProjectData) -> None:
    """Check everything first: whoever catches the refusal keeps the project as it was."""
    _check(project, data)
    code = _free_code(project, data.code) if data.code else project.code
    title = checks.one_line(data.title, "title", LONGEST_TITLE)
    goal = checks.long_text(data.goal, "goal", LONGEST_GOAL)
    project.code, project.title, project.goal = code, title, goal
    project.organisation_id, project.phase, project.priority = data.organisation_id, data.phase, data.priority
    project.start, project.end = data.start, data.end
    project.lead_id, project.coordinator_id = data.lead_id, data.coordinator_id
    project.delivery_model = data.delivery_model
    _replace_links(project, data.service_links)


def _check(project: Project, data: ProjectData) -> None:
    checks.sensible_day(data.start, "start")
    checks.sensible_day(data.end, "end")
    if data.end < data.start:
        raise EndBeforeStart
    if not 1 <= data.priority <= 4:
        raise PriorityOutOfRange
    if not queries.organisation_exists(data.organisation_id):
        raise UnknownOrganisation
    for field in ("lead_id", "coordinator_id"):
        named = getattr(data, field)
        # Who led before and has left since does not stop other changes.
        if named is not None and named != getattr(project, field) and not queries.person_is_active(named):
            raise PersonNotActive(field)
    _check_links(project, data.service_links)


def _check_links(project: Project, links: tuple[ServiceLinkData, ...]) -> None:
    ids = [link.service_id for link in links]
    if len(set(ids)) < len(ids):
        raise ServiceTwice
    if set(ids) - queries.services_by_id(ids).keys() - {link.service_id for link in project.service_links}:
        raise UnknownService
    for link in links:
        highest = checks.HIGHEST_MATURITY[link.model]
        levels = (level for level in (link.maturity_now, link.maturity_target) if level is not None)
        if any(not 0 <= level <= highest for level in levels):
            raise MaturityOutOfRange(link.model, highest)


def _free_code(project: Project, code: str) -> str:
    code = checks.one_line(code, "code", LONGEST_CODE)
    if queries.code_is_taken(code, project.id):
        raise CodeTaken
    return code


def _replace_links(project: Project, links: tuple[ServiceLinkData, ...]) -> None:
    before = {link.service_id: link for link in project.service_links}
    kept = [before.get(link.service_id) or ServiceLink(service_id=link.service_id) for link in links]
    changed = len(kept) != len(before)
    for row, link in zip(kept, links, strict=True):
        wanted = (link.maturity_now, link.maturity_target, link.model)
        if row.id is None or (row.maturity_now, row.maturity_target, row.model) != wanted:
            changed = True
            row.maturity_now, row.maturity_target, row.model = wanted
    if changed:
        project.service_links = kept
        if project.id is not None:
            project.version += 1  # the links are part of the project: a stale form must not overwrite them
