"""Needs of projects, and how far they are covered."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor, Role, may
from portfolio.api.concealment import concealing
from portfolio.api.fields import Choice, Flag, Fraction, Id, Share, WeekOf, Whole
from portfolio.api.problems import UnknownReference
from portfolio.api.resource import Amendments, Change, Creation, Removal, Resource, Values, merged, reached, whoever
from portfolio.api.schema import ApiSchema, ListQuery, StoredSchema
from portfolio.extensions import db
from portfolio.planning.problem import NeedKind
from portfolio.projects.models import Project
from portfolio.staffing import services
from portfolio.staffing.models import Need
from portfolio.staffing.outlook import coverage_of
from portfolio.staffing.services import NeedData
from portfolio.staffing.visibility import needs_visible_to, projects_visible_to
from portfolio.web.problems import NotAllowed


class NeedFields(ApiSchema):
    """What a need says, of a project as in a request."""

    skill_id = Id(required=True)
    level = Whole(high=4, required=True)
    kind = Choice(NeedKind, load_default=NeedKind.STEADY)
    share = Share(required=True)
    person_days = Whole(low=1, high=10_000, load_default=None)
    from_week = WeekOf(required=True)
    to_week = WeekOf(required=True)
    priority = Whole(low=1, high=4, load_default=3)
    mandatory = Flag(load_default=False)

    example = {
        "skill_id": 1,
        "level": 2,
        "kind": "steady",
        "share": 40,
        "person_days": None,
        "from_week": "2026-W49",
        "to_week": "2027-W07",
        "priority": 3,
        "mandatory": False,
    }


class NeedSchema(StoredSchema, NeedFields):
    project_id = Id(required=True)
    covered = Fraction(dump_only=True)

    concealed = frozenset({"covered"})
    example = {"project_id": 1, **NeedFields.example}
    answered = {"covered": 0}


class NeedQuery(ListQuery):
    project_id = Id()
    open = Flag()


# Somebody's share follows from how far they cover a need: ministries see names, no shares.
_SEEN: Mapping[Role, frozenset[str]] = dict.fromkeys(
    (Role.CIO_OFFICE, Role.COORDINATOR, Role.PROJECT_LEAD), NeedSchema.concealed
)
_conceal = concealing(NeedSchema.concealed, _SEEN, needs_visible_to)


def _rows(actor: Actor) -> Select[Need]:
    return needs_visible_to(actor).options(joinedload(Need.project))


def _narrow(statement: Select[Need], asked: Values) -> Select[Need]:
    if "project_id" in asked:
        statement = statement.where(Need.project_id == asked["project_id"])
    return statement.where(Need.open.is_(asked["open"])) if "open" in asked else statement


def _amend(needs: Sequence[Need], actor: Actor) -> Amendments:
    concealed = _conceal(needs, actor)
    coverage = coverage_of([need for need in needs if not concealed[need.id]])
    return {**concealed, **{identity: {"covered": round(found.ratio, 4)} for identity, found in coverage.items()}}


def _create(values: Values, actor: Actor, _parent: Any) -> Need:
    project = db.session.scalar(projects_visible_to(actor).where(Project.id == values["project_id"]))
    if project is None:
        raise UnknownReference("project_id")
    if not may(actor, Action.CHANGE_NEEDS, project):
        raise NotAllowed
    return services.create_need(NeedData(**values))


def _change(need: Need, values: Values, actor: Actor) -> None:
    services.change_need(need, merged(NeedData, need, values), actor)


def _remove(need: Need, actor: Actor) -> None:
    services.remove_need(need, actor)


_of_project = reached(Action.CHANGE_NEEDS, lambda need: need.project)

NEEDS = Resource(
    address="needs",
    title=_l("Bedarfe"),
    schema=NeedSchema(),
    model=Need,
    read=Action.READ_NEEDS,
    rows=_rows,
    query=NeedQuery(),
    narrow=_narrow,
    amend=_amend,
    creation=Creation(permits=whoever(Action.CHANGE_NEEDS), do=_create),
    change=Change(permits=_of_project, do=_change),
    removal=Removal(permits=_of_project, do=_remove),
)
