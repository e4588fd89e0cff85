"""The risks of a project, for those who keep them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Choice, Day, Id, Text
from portfolio.api.resource import Change, Creation, Parent, Removal, Resource, Values, merged, reached
from portfolio.api.resources.projects import PROJECTS
from portfolio.api.schema import StoredSchema
from portfolio.projects import services
from portfolio.projects.models import Risk, RiskLevel, RiskState
from portfolio.projects.queries import risks_changeable_by
from portfolio.projects.services import RiskData


class RiskSchema(StoredSchema):
    project_id = Id(dump_only=True)
    title = Text(300, required=True)
    likelihood = Choice(RiskLevel, required=True)
    impact = Choice(RiskLevel, required=True)
    measure = Text(10_000, blank=True, load_default="")
    owner = Text(200, load_default=None)
    due = Day(load_default=None)
    state = Choice(RiskState, load_default=RiskState.OPEN)

    example = {
        "title": "Schnittstelle kommt später",
        "likelihood": "medium",
        "impact": "high",
        "measure": "Test mit Beispieldaten",
        "owner": "Projektleitung",
        "due": "2027-01-29",
    }
    answered = {"project_id": 1, "state": "open"}


def _rows(actor: Actor) -> Select[Risk]:
    return risks_changeable_by(actor)


def _add(values: Values, _actor: Actor, project: Any) -> Risk:
    return services.add_risk(project, RiskData(**values))


def _change(risk: Risk, values: Values, _actor: Actor) -> None:
    services.change_risk(risk, merged(RiskData, risk, values))


def _remove(risk: Risk, _actor: Actor) -> None:
    services.remove_risk(risk)


_of_risk = reached(Action.CHANGE_RISKS, lambda risk: risk.project)

RISKS = Resource(
    address="risks",
    title=_l("Risiken"),
    schema=RiskSchema(),
    model=Risk,
    read=Action.CHANGE_RISKS,
    rows=_rows,
    parent=Parent(resource=PROJECTS, parameter="project_id", key=Risk.project_id),
    creation=Creation(permits=reached(Action.CHANGE_RISKS), do=_add),
    change=Change(permits=_of_risk, do=_change),
    removal=Removal(permits=_of_risk, do=_remove),
)
