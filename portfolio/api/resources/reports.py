"""Status reports of a project: drafted, released, frozen."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Choice, Day, Id, Moment, Text
from portfolio.api.lists import One
from portfolio.api.resource import Change, Creation, Parent, Removal, Resource, Step, Values, merged, reached
from portfolio.api.resources.projects import PROJECTS
from portfolio.api.schema import ApiSchema, StoredSchema
from portfolio.planning.lights import Light
from portfolio.projects import services
from portfolio.projects.models import StatusReport
from portfolio.projects.services import ReportData
from portfolio.staffing.visibility import reports_visible_to


class LightsSchema(ApiSchema):
    overall = Choice(Light, required=True)
    dates = Choice(Light, required=True)
    cost = Choice(Light, required=True)
    scope = Choice(Light, required=True)
    staff = Choice(Light, required=True)


def _words() -> Text:
    return Text(10_000, blank=True, load_default="")


class ReportSchema(StoredSchema):
    project_id = Id(dump_only=True)
    as_of = Day(required=True)
    lights = One(LightsSchema(), required=True)
    achieved = _words()
    next = _words()
    reason = _words()
    risks = _words()
    measures = _words()
    decisions_needed = _words()
    released_at = Moment(dump_only=True, allow_none=True)

    example = {
        "as_of": "2026-11-23",
        "lights": {"overall": "yellow", "dates": "yellow", "cost": "green", "scope": "green", "staff": "green"},
        "achieved": "Fachkonzept abgenommen",
        "reason": "Die Schnittstelle kommt drei Wochen später.",
        "measures": "Test mit Beispieldaten bis KW 50",
    }
    answered = {"project_id": 1, "released_at": None}


def _rows(actor: Actor) -> Select[StatusReport]:
    return reports_visible_to(actor).options(joinedload(StatusReport.project))


def _flat(values: Values) -> Values:
    """With the lights as fields of their own, as the service takes them."""
    rest = {name: value for name, value in values.items() if name != "lights"}
    return {**rest, **values.get("lights", {})}


def _draft(values: Values, _actor: Actor, project: Any) -> StatusReport:
    return services.draft_report(project, ReportData(**_flat(values)))


def _change(report: StatusReport, values: Values, _actor: Actor) -> None:
    services.change_report(report, merged(ReportData, report, _flat(values)))


def _remove(report: StatusReport, _actor: Actor) -> None:
    services.remove_report(report)


def _release(report: StatusReport, _values: Values, actor: Actor) -> None:
    services.release_report(report, actor)


_of_report = reached(Action.CHANGE_REPORTS, lambda report: report.project)

REPORTS = Resource(
    address="reports",
    title=_l("Statusberichte"),
    schema=ReportSchema(),
    model=StatusReport,
    read=Action.READ_PROJECTS,
    rows=_rows,
    parent=Parent(resource=PROJECTS, parameter="project_id", key=StatusReport.project_id),
    creation=Creation(permits=reached(Action.CHANGE_REPORTS), do=_draft),
    change=Change(permits=_of_report, do=_change),
    removal=Removal(permits=_of_report, do=_remove),
    steps=(Step(name="release", summary=_l("Statusbericht freigeben"), permits=_of_report, do=_release),),
)
