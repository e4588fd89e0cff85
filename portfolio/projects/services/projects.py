"""Creating a project and changing what it says."""

from dataclasses import dataclass, replace
from datetime import date

from portfolio.access.policy import Action, Actor, Scope, scopes
from portfolio.extensions import db
from portfolio.projects import checks, notices, queries
from portfolio.projects.models import (
    CLOSED_PHASES,
    EFA_MODELS,
    DeliveryModel,
    FimStatus,
    Phase,
    Project,
    TechnicalBasis,
)
from portfolio.projects.problems import (
    CodeTaken,
    EndBeforeStart,
    OnlyCioOfficeDecides,
    PersonNotActive,
    PriorityOutOfRange,
    SdgCodeWithoutRelevance,
    StateWithoutEfa,
    StaysClosed,
    UnknownOrganisation,
    UnknownTechnicalBasis,
)
from portfolio.projects.services.codes import next_code
from portfolio.projects.services.links import ServiceLinkData, check_links, replace_links
from portfolio.web import clock
from portfolio.web.models import FederalState

LONGEST_CODE, LONGEST_TITLE, LONGEST_GOAL = 40, 300, 10_000
LONGEST_LEGAL_BASIS, LONGEST_FILE_REFERENCE = 1000, 200
DECIDED_BY_CIO_OFFICE = ("code", "organisation_id", "lead_id", "coordinator_id")
_PLAIN = (
    *("organisation_id", "phase", "priority", "start", "end", "lead_id", "coordinator_id", "delivery_model"),
    *("implementing_state", "sdg_relevant", "fim_service", "fim_process", "fim_data", "mandated_on"),
)


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
    implementing_state: FederalState | None = None
    technical_basis_ids: tuple[int, ...] = ()
    sdg_relevant: bool | None = None
    sdg_code: str | None = None
    fim_service: FimStatus | None = None
    fim_process: FimStatus | None = None
    fim_data: FimStatus | None = None
    legal_basis: str | None = None
    file_reference: str | None = None
    mandated_on: date | None = None
    service_links: tuple[ServiceLinkData, ...] = ()


def create_project(data: ProjectData) -> Project:
    """Start a project; whoever is named to lead or coordinate it must be an active person."""
    queries.lock_codes()
    project = Project(code=next_code(clock.today().year), service_links=[], technical_bases=[])
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
    _check_particulars(data)
    code = _free_code(project, data.code) if data.code else project.code
    texts = _texts(data)
    bases = _technical_bases(data.technical_basis_ids)
    project.code = code
    for name, text in texts.items():
        setattr(project, name, text)
    for name in _PLAIN:
        setattr(project, name, getattr(data, name))
    if project.technical_bases != bases:
        project.technical_bases = bases
        if project.id is not None:
            project.touch()
    replace_links(project, data.service_links)


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
    check_links(project, data.service_links)


def _check_particulars(data: ProjectData) -> None:
    if data.mandated_on is not None:
        checks.sensible_day(data.mandated_on, "mandated_on")
    if data.sdg_code and not data.sdg_relevant:
        raise SdgCodeWithoutRelevance
    if data.implementing_state is not None and data.delivery_model not in EFA_MODELS:
        raise StateWithoutEfa


def _texts(data: ProjectData) -> dict[str, str | None]:
    return {
        "title": checks.one_line(data.title, "title", LONGEST_TITLE),
        "goal": checks.long_text(data.goal, "goal", LONGEST_GOAL),
        "sdg_code": checks.optional_text(data.sdg_code, "sdg_code", LONGEST_CODE),
        "legal_basis": checks.optional_text(data.legal_basis, "legal_basis", LONGEST_LEGAL_BASIS),
        "file_reference": checks.optional_text(data.file_reference, "file_reference", LONGEST_FILE_REFERENCE),
    }


def _technical_bases(ids: tuple[int, ...]) -> list[TechnicalBasis]:
    found = queries.technical_bases_by_id(ids)
    if len(found) < len(set(ids)):
        raise UnknownTechnicalBasis
    return found


def _free_code(project: Project, code: str) -> str:
    code = checks.one_line(code, "code", LONGEST_CODE)
    if queries.code_is_taken(code, project.id):
        raise CodeTaken
    return code
