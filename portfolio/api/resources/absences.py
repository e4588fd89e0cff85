"""Absences of a person: days, and no field that could say why."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Day, Id
from portfolio.api.resource import Change, Creation, Parent, Removal, Resource, Values, reached
from portfolio.api.resources.persons import PERSONS
from portfolio.api.schema import StoredSchema
from portfolio.pool.models import Absence, Person
from portfolio.staffing import services
from portfolio.staffing.visibility import persons_visible_to


class AbsenceSchema(StoredSchema):
    person_id = Id(dump_only=True)
    from_date = Day(required=True)
    to_date = Day(required=True)

    example = {"from_date": "2026-12-21", "to_date": "2026-12-31"}
    answered = {"person_id": 1}


def _rows(actor: Actor) -> Select[Absence]:
    reached_persons = persons_visible_to(actor, Action.READ_ABSENCES).with_only_columns(Person.id)
    return select(Absence).where(Absence.person_id.in_(reached_persons))


def _create(values: Values, _actor: Actor, person: Any) -> Absence:
    return services.add_absence(person, **values)


def _change(absence: Absence, values: Values, _actor: Actor) -> None:
    days = {"from_date": absence.from_date, "to_date": absence.to_date} | values
    services.change_absence(absence, **days)


def _remove(absence: Absence, _actor: Actor) -> None:
    services.remove_absence(absence)


ABSENCES = Resource(
    address="absences",
    title=_l("Abwesenheiten"),
    schema=AbsenceSchema(),
    model=Absence,
    read=Action.READ_ABSENCES,
    rows=_rows,
    parent=Parent(resource=PERSONS, parameter="person_id", key=Absence.person_id),
    creation=Creation(permits=reached(Action.CHANGE_ABSENCES), do=_create),
    change=Change(permits=reached(Action.CHANGE_ABSENCES), do=_change),
    removal=Removal(permits=reached(Action.CHANGE_ABSENCES), do=_remove),
)
