"""Assignments: who works where, with which share; over-booking is refused or overridden, the rest is warned of."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from portfolio.access.policy import Action, Actor, Role, may
from portfolio.api.concealment import concealing
from portfolio.api.fields import Choice, Day, Id, Share, Text, WeekOf
from portfolio.api.lists import Listed
from portfolio.api.problems import BadInput
from portfolio.api.resource import (
    Amendments,
    Change,
    Creation,
    Names,
    Removal,
    Resource,
    Values,
    merged,
    reached,
    whoever,
)
from portfolio.api.schema import ListQuery, StoredSchema
from portfolio.staffing import queries, services
from portfolio.staffing.labels import caution_words
from portfolio.staffing.models import Assignment, AssignmentForm, AssignmentState
from portfolio.staffing.services import AssignmentData
from portfolio.staffing.visibility import assignments_visible_to

AGREEMENT = frozenset({"agreed_on", "reference"})


class AssignmentSchema(StoredSchema):
    person_id = Id(required=True)
    project_id = Id(required=True)
    need_id = Id(load_default=None)
    share = Share(required=True)
    from_week = WeekOf(required=True)
    to_week = WeekOf(required=True)
    state = Choice(AssignmentState, load_default=AssignmentState.PROPOSED)
    form = Choice(AssignmentForm, load_default=AssignmentForm.MATRIX)
    agreed_on = Day(dump_only=True, allow_none=True)
    reference = Text(200, dump_only=True, allow_none=True, attribute="agreement_reference")
    warnings = Listed(Text(500), dump_only=True)
    override_reason = Text(1000, load_only=True, load_default=None)

    concealed = frozenset({"share", "warnings"})
    example = {
        "person_id": 1,
        "project_id": 1,
        "need_id": None,
        "share": 40,
        "from_week": "2026-W49",
        "to_week": "2027-W07",
    }
    answered = {"agreed_on": None, "reference": None, "warnings": []}


class AssignmentChangeSchema(AssignmentSchema):
    """The home authority agrees by moving the state, with date and reference."""

    agreed_on = Day(allow_none=True)
    reference = Text(200, allow_none=True)


class AssignmentQuery(ListQuery):
    person_id = Id()
    project_id = Id()
    need_id = Id()
    state = Choice(AssignmentState)


_SEEN: Mapping[Role, frozenset[str]] = dict.fromkeys(
    (Role.CIO_OFFICE, Role.COORDINATOR, Role.PROJECT_LEAD, Role.POOL_MEMBER), AssignmentSchema.concealed
)
_conceal = concealing(AssignmentSchema.concealed, _SEEN, assignments_visible_to)


def _rows(actor: Actor) -> Select[Assignment]:
    return queries.with_names(assignments_visible_to(actor))


def _narrow(statement: Select[Assignment], asked: Values) -> Select[Assignment]:
    for name in ("person_id", "project_id", "need_id", "state"):
        if name in asked:
            statement = statement.where(getattr(Assignment, name) == asked[name])
    return statement


def _amend(assignments: Sequence[Assignment], actor: Actor) -> Amendments:
    concealed = _conceal(assignments, actor)
    cautions = services.warnings_of([row for row in assignments if not concealed[row.id]])
    words = {
        identity: {"warnings": [str(caution_words(each)) for each in found]} for identity, found in cautions.items()
    }
    return {**concealed, **words}


_ALL_FIELDS = frozenset(AssignmentSchema().fields)


def _may_change(actor: Actor, assignment: Assignment, names: Names) -> bool:
    """All of it, or only agree to it for the home authority."""
    if may(actor, Action.CHANGE_ASSIGNMENTS, assignment):
        return True
    own = AGREEMENT | {"state"}
    return may(actor, Action.GIVE_AGREEMENT, assignment.person) and not names & (_ALL_FIELDS - own)


def _create(values: Values, actor: Actor, _parent: Any) -> Assignment:
    reason = values.pop("override_reason")
    return services.assign(AssignmentData(**values), actor, reason)


def _change(assignment: Assignment, values: Values, actor: Actor) -> None:
    """Change the booking, then take the step: each is judged by itself."""
    agreement = {name: values.pop(name) for name in AGREEMENT & values.keys()}
    reason = values.pop("override_reason", None)
    state = values.pop("state", assignment.state)
    if agreement and (state is assignment.state or state is not AssignmentState.AGREED):
        words = _("Datum und Aktenzeichen gehören zum Schritt in den Stand „agreed“.")
        raise BadInput(dict.fromkeys(agreement, words))
    if values:
        data = merged(AssignmentData, assignment, values)
        services.change_assignment(assignment, data, actor, reason)
    if state is not assignment.state:
        services.move_to_state(assignment, state, actor, **agreement)


def _remove(assignment: Assignment, _actor: Actor) -> None:
    services.remove_assignment(assignment)


ASSIGNMENTS = Resource(
    address="assignments",
    title=_l("Zuordnungen"),
    schema=AssignmentSchema(),
    model=Assignment,
    read=Action.READ_ASSIGNMENTS,
    rows=_rows,
    query=AssignmentQuery(),
    narrow=_narrow,
    amend=_amend,
    creation=Creation(permits=whoever(Action.CHANGE_ASSIGNMENTS), do=_create),
    change=Change(permits=_may_change, do=_change, schema=AssignmentChangeSchema()),
    removal=Removal(permits=reached(Action.CHANGE_ASSIGNMENTS), do=_remove),
)
