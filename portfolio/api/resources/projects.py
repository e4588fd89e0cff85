"""Projects with the services they work on."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Choice, Day, Flag, Id, Text, Whole
from portfolio.api.lists import Listed, Rows
from portfolio.api.resource import Change, Creation, Resource, Values, merged, reached, whoever
from portfolio.api.schema import ApiSchema, StoredSchema
from portfolio.api.search import SearchQuery, searching
from portfolio.planning.lights import Light
from portfolio.projects import services
from portfolio.projects.models import DeliveryModel, FimStatus, MaturityModel, Phase, Project
from portfolio.projects.queries import LIGHT
from portfolio.projects.services import ProjectData, ServiceLinkData
from portfolio.staffing.visibility import projects_visible_to
from portfolio.web.models import FederalState


class ServiceLinkSchema(ApiSchema):
    service_id = Id(required=True)
    maturity_now = Whole(high=7, load_default=None)
    maturity_target = Whole(high=7, load_default=None)
    model = Choice(MaturityModel, load_default=MaturityModel.V1_1)
    as_of = Day(load_default=None)


class ProjectSchema(StoredSchema):
    code = Text(40, load_default=None)
    title = Text(300, required=True)
    goal = Text(10_000, blank=True, load_default="")
    organisation_id = Id(required=True)
    phase = Choice(Phase, load_default=Phase.PREPARATION)
    priority = Whole(low=1, high=4, load_default=3)
    start = Day(required=True)
    end = Day(required=True)
    lead_id = Id(load_default=None)
    coordinator_id = Id(load_default=None)
    delivery_model = Choice(DeliveryModel, load_default=None)
    implementing_state = Choice(FederalState, load_default=None)
    technical_basis_ids = Listed(Id(), most=50, load_default=list)
    sdg_relevant = Flag(load_default=None)
    sdg_code = Text(40, load_default=None)
    fim_service = Choice(FimStatus, load_default=None)
    fim_process = Choice(FimStatus, load_default=None)
    fim_data = Choice(FimStatus, load_default=None)
    legal_basis = Text(1000, load_default=None)
    file_reference = Text(200, load_default=None)
    mandated_on = Day(load_default=None)
    service_links = Rows(ServiceLinkSchema(), load_default=list)

    example = {
        "title": "Kita-Antrag online",
        "goal": "Eltern beantragen den Platz online.",
        "organisation_id": 1,
        "phase": "preparation",
        "start": "2026-11-30",
        "end": "2027-11-28",
        "delivery_model": "efa_reuse_open",
    }
    answered = {"code": "OZG-2026-014"}


class ProjectQuery(SearchQuery):
    organisation_id = Id()
    phase = Choice(Phase)
    lead_id = Id()
    light = Choice(Light)


_search = searching(Project.sort_key, Project.code)


def _rows(actor: Actor) -> Select[Project]:
    return projects_visible_to(actor).options(
        selectinload(Project.service_links), selectinload(Project.technical_bases)
    )


def _narrow(statement: Select[Project], asked: Values) -> Select[Project]:
    columns = {
        "organisation_id": Project.organisation_id,
        "phase": Project.phase,
        "lead_id": Project.lead_id,
        "light": LIGHT,
    }
    for name, column in columns.items():
        if name in asked:
            statement = statement.where(column == asked[name])
    return _search(statement, asked)


def _create(values: Values, _actor: Actor, _parent: Any) -> Project:
    return services.create_project(ProjectData(**_as_input(values)))


def _change(project: Project, values: Values, actor: Actor) -> None:
    links = tuple(
        ServiceLinkData(
            service_id=link.service_id,
            maturity_now=link.maturity_now,
            maturity_target=link.maturity_target,
            model=link.model,
            as_of=link.as_of,
        )
        for link in project.service_links
    )
    services.change_project(project, merged(ProjectData, project, _as_input(values), service_links=links), actor)


def _as_input(values: Values) -> Values:
    given = dict(values)
    if "service_links" in values:
        given["service_links"] = tuple(ServiceLinkData(**row) for row in values["service_links"])
    if "technical_basis_ids" in values:
        given["technical_basis_ids"] = tuple(values["technical_basis_ids"])
    return given


PROJECTS = Resource(
    address="projects",
    title=_l("Projekte"),
    schema=ProjectSchema(),
    model=Project,
    read=Action.READ_PROJECTS,
    rows=_rows,
    query=ProjectQuery(),
    narrow=_narrow,
    creation=Creation(permits=whoever(Action.CREATE_PROJECTS), do=_create),
    change=Change(permits=reached(Action.CHANGE_PROJECTS), do=_change),
)
