"""The change log, as far as somebody may read it."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from portfolio.access import queries
from portfolio.access.changes import readable_values
from portfolio.access.policy import Action, Actor
from portfolio.api.fields import Anything, Choice, Id, Moment, Text, Whole
from portfolio.api.resource import Amendments, Resource, Values
from portfolio.api.schema import ListQuery, StoredSchema
from portfolio.audit.models import AuditEntry, Verb


class ChangeSchema(StoredSchema):
    """`values` says {field: [before, after]}, null once erased; `actor_id` is a user, null for the system itself."""

    version = Whole(low=1, dump_only=True, dump_default=1)
    at = Moment(dump_only=True)
    actor_id = Id(dump_only=True, allow_none=True)
    verb = Choice(Verb, dump_only=True)
    object_type = Text(60, dump_only=True)
    object_id = Whole(dump_only=True)
    project_id = Id(dump_only=True, allow_none=True)
    person_id = Id(dump_only=True, allow_none=True)
    values = Anything(dump_only=True, allow_none=True)

    answered = {
        "at": "2026-11-23T14:00:00Z",
        "actor_id": 1,
        "verb": "changed",
        "object_type": "project",
        "object_id": 1,
        "project_id": 1,
        "person_id": None,
        "values": {"priority": [3, 1]},
    }


class ChangeQuery(ListQuery):
    object_type = Text(60)
    object_id = Whole()
    actor_id = Id()


def _rows(actor: Actor) -> Select[AuditEntry]:
    return queries.changes_visible_to(actor)


def _narrow(statement: Select[AuditEntry], asked: Values) -> Select[AuditEntry]:
    for name in ("object_type", "object_id", "actor_id"):
        if name in asked:
            statement = statement.where(getattr(AuditEntry, name) == asked[name])
    return statement


def _amend(entries: Sequence[AuditEntry], actor: Actor) -> Amendments:
    readable = readable_values(actor, entries)
    return {entry.id: {"values": readable.get(entry.id)} for entry in entries}


CHANGES = Resource(
    address="changes",
    title=_l("Änderungen"),
    schema=ChangeSchema(),
    model=AuditEntry,
    read=Action.READ_AUDIT_LOG,
    rows=_rows,
    query=ChangeQuery(),
    narrow=_narrow,
    amend=_amend,
)
