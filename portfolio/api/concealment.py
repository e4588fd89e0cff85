"""Fields that not everybody who sees an object may see: answered as null, never left out.

Rights are the union over a user's roles, taken row by row: who leads one project and stands for a ministry that owns
another sees in each what the role that reaches it may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select

from portfolio.access.policy import Actor, Role
from portfolio.api.resource import Amendments
from portfolio.extensions import db

Seen = Mapping[Role, frozenset[str]]
"""By role: which of the concealed fields it sees in the rows it reaches."""


def concealing(
    concealed: frozenset[str], seen: Seen, rows_of: Callable[[Actor], Select[Any]]
) -> Callable[[Sequence[Any], Actor], Amendments]:
    """Turns fields into null that no role by which the actor reaches the row may see."""

    def amend(rows: Sequence[Any], actor: Actor) -> Amendments:
        visible: dict[int, frozenset[str]] = {row.id: frozenset() for row in rows}
        for role in actor.roles & seen.keys():
            for identity in _reached_as(role, actor, list(visible), rows_of):
                visible[identity] |= seen[role]
        return {identity: dict.fromkeys(concealed - fields) for identity, fields in visible.items()}

    return amend


def _reached_as(role: Role, actor: Actor, ids: Sequence[int], rows_of: Callable[[Actor], Select[Any]]) -> Sequence[int]:
    """Which of the rows the actor would see by this role alone."""
    if actor.roles == {role}:
        return ids
    organisation_id = actor.organisation_id if role is Role.MINISTRY else None
    statement = rows_of(replace(actor, roles=frozenset({role}), organisation_id=organisation_id))
    model = statement.column_descriptions[0]["entity"]
    return db.session.scalars(statement.with_only_columns(model.id).where(model.id.in_(ids))).all()
