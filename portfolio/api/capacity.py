"""GET /capacity, /capacity/skills, /capacity/organisations: figures by person, by skill, by ministry and week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _
from sqlalchemy import Select

from portfolio.access.guard import current_actor
from portfolio.access.policy import Action, allowed
from portfolio.api.fields import Id, Shape, Text, Value, WeekOf, Whole
from portfolio.api.lists import Listed, Rows
from portfolio.api.problems import BadInput
from portfolio.api.schema import ApiSchema, load_query
from portfolio.api.views import answer_json
from portfolio.extensions import db
from portfolio.planning.weeks import MAX_WEEK, Week, WeekRange
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.capacity import matrix, organisation_capacity, skill_capacity
from portfolio.staffing.capacity_tables import one_decimal
from portfolio.staffing.visibility import capacity_persons_visible_to
from portfolio.web import clock

MOST_WEEKS = 260


class Hours(Value[float]):
    """Hours with one decimal."""

    def shape(self, writing: bool) -> Shape:
        return {"type": "number", "minimum": 0}


class CapacityQuery(ApiSchema):
    from_week = WeekOf(load_default=clock.this_week)
    weeks = Whole(low=1, high=MOST_WEEKS, load_default=12)
    skill_id = Id(load_default=None)
    home_organisation_id = Id(load_default=None)


class PersonCapacitySchema(ApiSchema):
    id = Id()
    name = Text(200)
    pool_share = Listed(Whole(), most=MOST_WEEKS)
    booked = Listed(Whole(), most=MOST_WEEKS)
    days_present = Listed(Whole(), most=MOST_WEEKS)
    delivered_hours = Listed(Hours(), most=MOST_WEEKS)


class CapacitySchema(ApiSchema):
    weeks = Listed(WeekOf(), most=MOST_WEEKS)
    persons = Rows(PersonCapacitySchema(), most=100_000)


class SkillCapacitySchema(ApiSchema):
    id = Id()
    name = Text(200)
    supply_hours = Listed(Hours(), most=MOST_WEEKS)
    booked_hours = Listed(Hours(), most=MOST_WEEKS)
    open_hours = Listed(Hours(), most=MOST_WEEKS)
    missing_hours = Listed(Hours(), most=MOST_WEEKS)


class SkillCapacitiesSchema(ApiSchema):
    weeks = Listed(WeekOf(), most=MOST_WEEKS)
    skills = Rows(SkillCapacitySchema(), most=100_000)


class OrganisationCapacitySchema(ApiSchema):
    id = Id()
    code = Text(40)
    delivered_hours = Listed(Hours(), most=MOST_WEEKS)
    wanted_hours = Listed(Hours(), most=MOST_WEEKS)
    covered_hours = Listed(Hours(), most=MOST_WEEKS)


class OrganisationCapacitiesSchema(ApiSchema):
    weeks = Listed(WeekOf(), most=MOST_WEEKS)
    pool_hours = Listed(Hours(), most=MOST_WEEKS)
    organisations = Rows(OrganisationCapacitySchema(), most=100_000)


@dataclass(frozen=True, slots=True)
class Asked:
    visible: Select[Person]
    weeks: WeekRange
    skill_id: int | None
    home_organisation_id: int | None

    def members(self) -> Select[Person]:
        first, last = self.weeks.first, self.weeks.last
        return queries.pool_members(self.visible, first, last, self.skill_id, self.home_organisation_id)


def capacity() -> Response:
    """Whoever is in the pool or booked in these weeks, as far as the user may see them."""
    asked = _asked(Action.READ_CAPACITY)
    persons = db.session.scalars(asked.members().order_by(None).order_by(Person.id)).all()
    found = matrix(persons, asked.weeks.first, len(asked.weeks))
    series = {
        "pool_share": found.pool_share,
        "booked": found.booked,
        "days_present": found.presence,
        "delivered_hours": one_decimal(found.delivered_hours),
    }
    return _answer(found.weeks, persons=_rows(series, [{"id": each.id, "name": each.name} for each in persons]))


def skills() -> Response:
    """What is free, booked and open by skill; everybody's free hours count once."""
    asked = _asked(Action.READ_POOL_CAPACITY)
    visible = asked.visible
    if asked.home_organisation_id is not None:
        visible = visible.where(Person.home_organisation_id == asked.home_organisation_id)
    found = skill_capacity(visible, asked.weeks, clock.this_week())
    names = ("supply_hours", "booked_hours", "open_hours", "missing_hours")
    series = {name: one_decimal(hours) for name, hours in zip(names, found.series, strict=True)}
    rows = _rows(series, [{"id": skill.id, "name": skill.name} for skill in found.skills])
    return _answer(found.weeks, skills=[row for row in rows if asked.skill_id in (None, row["id"])])


def organisations() -> Response:
    """What the pool delivers to each ministry, what its needs demand and how much of that is covered."""
    asked = _asked(Action.READ_POOL_CAPACITY)
    persons = db.session.execute(asked.members().with_only_columns(Person.id)).all()
    found = organisation_capacity(persons, asked.weeks, asked.skill_id)
    series = {"delivered_hours": found.hours, "wanted_hours": found.wanted, "covered_hours": found.covered}
    rounded = {name: one_decimal(hours) for name, hours in series.items()}
    heads = [{"id": organisation.id, "code": organisation.code} for organisation in found.organisations]
    pool = one_decimal(found.pool).tolist()
    return _answer(found.weeks, pool_hours=pool, organisations=_rows(rounded, heads))


def _asked(action: Action) -> Asked:
    """Who and which weeks are asked about; 403 for whom it is not."""
    actor = current_actor()
    if not allowed(actor, action):
        abort(403)
    asked = load_query(CapacityQuery(), request.args)
    weeks = WeekRange(asked["from_week"], asked["from_week"] + (asked["weeks"] - 1))
    if weeks.last > MAX_WEEK:
        raise BadInput({"weeks": _("Geplant wird höchstens bis zur Woche %(week)s.", week=MAX_WEEK)})
    return Asked(capacity_persons_visible_to(actor), weeks, asked["skill_id"], asked["home_organisation_id"])


def _rows(series: Mapping[str, Any], heads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each head with its row of every array."""
    lists = zip(*(array.tolist() for array in series.values()), strict=True)
    return [head | dict(zip(series, row, strict=True)) for head, row in zip(heads, lists, strict=True)]


def _answer(weeks: Sequence[Week], **parts: Any) -> Response:
    return answer_json({"weeks": [str(week) for week in weeks], **parts})
