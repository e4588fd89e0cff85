"""GET /capacity: pool share, booked share and delivered hours by person and week."""

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


def capacity() -> Response:
    """Whoever is in the pool or booked in these weeks, as far as the user may see them."""
    actor = current_actor()
    if not allowed(actor, Action.READ_CAPACITY):
        abort(403)
    asked = load_query(CapacityQuery(), request.args)
    first, count = asked["from_week"], asked["weeks"]
    last = first + (count - 1)
    if last > MAX_WEEK:
        raise BadInput({"weeks": _("Geplant wird höchstens bis zur Woche %(week)s.", week=MAX_WEEK)})
    members = queries.pool_members(capacity_persons_visible_to(actor), first, last)
    persons = db.session.scalars(members.order_by(None).order_by(Person.id)).all()
    return answer_json(_figures(persons, first, count))


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
