"""GET /capacity and /capacity/skills: figures by person and week, and supply against demand by skill and week."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from portfolio.access.guard import current_actor
from portfolio.access.policy import Action, allowed
from portfolio.api.fields import Id, Shape, Text, Value, WeekOf, Whole
from portfolio.api.lists import Listed, Rows
from portfolio.api.problems import BadInput
from portfolio.api.schema import ApiSchema, load_query
from portfolio.api.views import answer_json
from portfolio.extensions import db
from portfolio.planning.weeks import MAX_WEEK, Week
from portfolio.pool.models import Person
from portfolio.staffing import queries
from portfolio.staffing.capacity import matrix
from portfolio.staffing.skill_capacity import skill_capacity
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


class PersonCapacitySchema(ApiSchema):
    id = Id()
    name = Text(200)
    pool_share = Listed(Whole(), most=MOST_WEEKS)
    booked = Listed(Whole(), most=MOST_WEEKS)
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


def capacity() -> Response:
    """Whoever is in the pool or booked in these weeks, as far as the user may see them."""
    return answer_json(_figures(*_asked(Action.READ_CAPACITY)))


def skills() -> Response:
    """What is free, booked and open by skill; everybody's free hours count once."""
    found = skill_capacity(*_asked(Action.READ_POOL_CAPACITY))
    series = {
        "supply_hours": found.supply,
        "booked_hours": found.booked,
        "open_hours": found.open,
        "missing_hours": found.missing,
    }
    rounded = {name: hours.round(1).tolist() for name, hours in series.items()}
    return answer_json(
        {
            "weeks": [str(week) for week in found.weeks],
            "skills": [
                {"id": skill.id, "name": skill.name, **{name: hours[row] for name, hours in rounded.items()}}
                for row, skill in enumerate(found.skills)
            ],
        }
    )


def _asked(action: Action) -> tuple[Sequence[Person], Week, int]:
    """The persons, the first week and the number of weeks that are asked about; 403 for whom it is not."""
    actor = current_actor()
    if not allowed(actor, action):
        abort(403)
    asked = load_query(CapacityQuery(), request.args)
    first, count = asked["from_week"], asked["weeks"]
    last = first + (count - 1)
    if last > MAX_WEEK:
        raise BadInput({"weeks": _("Geplant wird höchstens bis zur Woche %(week)s.", week=MAX_WEEK)})
    members = queries.pool_members(capacity_persons_visible_to(actor), first, last)
    return db.session.scalars(members.order_by(None).order_by(Person.id)).all(), first, count


def _figures(persons: Any, first: Week, count: int) -> dict[str, Any]:
    found = matrix(persons, first, count)
    rows = zip(persons, found.pool_share.tolist(), found.booked.tolist(), found.delivered_hours.tolist(), strict=True)
    return {
        "weeks": [str(week) for week in found.weeks],
        "persons": [
            {
                "id": person.id,
                "name": person.name,
                "pool_share": pool_share,
                "booked": booked,
                "delivered_hours": [round(hours, 1) for hours in delivered],
            }
            for person, pool_share, booked, delivered in rows
        ],
    }
