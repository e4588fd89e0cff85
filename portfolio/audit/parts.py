"""From rows to changes: what of a row is logged, what it is a part of, and what goes along with a deleted one."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, ForeignKey, Table, inspect, select
from sqlalchemy.orm import InstanceState, Mapper, Session

from portfolio.audit.chain import plain
from portfolio.audit.changes import HIDDEN, Change, Changes, Key, Values
from portfolio.extensions import Base, Unaudited

_DERIVED = frozenset({"id", "sort_key", "search_text", "version", "token_hash", "open", "facts"})
"""What other columns say already; the facts of a decision the log holds by their digest."""
_SECRET = frozenset({"password_hash"})


def creation(thing: Any) -> Change:
    state = inspect(thing)
    values = {name: [None, _shown(name, state.dict.get(name))] for name in _columns(state.mapper)}
    links = {name: [None, after] for name, (_before, after) in _links(state).items()}
    return _change(thing, values | links, existed=False)


def alteration(thing: Any) -> Change:
    state = inspect(thing)
    values: Values = {}
    for name in _columns(state.mapper):
        history = state.attrs[name].history
        if history.has_changes() and history.deleted:  # else unchanged, or only touched to move the version on
            values[name] = [_shown(name, history.deleted[0]), _shown(name, state.dict.get(name))]
    return _change(thing, values | _links(state))


def deletion(thing: Any) -> Change:
    state = inspect(thing)
    values: Values = {}
    for name in _columns(state.mapper):
        current = getattr(thing, name)  # loads what a commit made stale
        history = state.attrs[name].history
        values[name] = [_shown(name, history.deleted[0] if history.deleted else current), None]
    links = {name: [before, None] for name, (before, _after) in _links(state).items()}
    return _change(thing, values | links, exists=False)


def consequences(connection: Connection, thing: Any) -> Iterator[Change]:
    """What foreign keys make the database do when the row of `thing` is deleted."""
    return _consequences(connection, thing.__tablename__, inspect(thing).identity[0])


def resolve_owners(session: Session, changes: Changes) -> None:
    """Give each change without project and person those of what it is a part of."""
    known: dict[Key, tuple[int | None, int | None]] = {}
    for change in changes:
        if change.owner and change.project_id is None and change.person_id is None:
            if change.owner not in known:
                known[change.owner] = _subject(session, changes, change.owner)
            change.project_id, change.person_id = known[change.owner]


def _columns(mapper: Mapper[Any]) -> list[str]:
    return [attribute.key for attribute in mapper.column_attrs if attribute.key not in _DERIVED]


def _shown(name: str, value: Any) -> Any:
    return HIDDEN if name in _SECRET and value is not None else plain(value)


def _links(state: InstanceState[Any]) -> Values:
    """Ids linked by association tables, which are no objects of their own."""
    values: Values = {}
    for relationship in state.mapper.relationships:
        if relationship.secondary is not None and not relationship.viewonly:
            added, unchanged, deleted = state.attrs[relationship.key].history
            if added or unchanged or deleted:
                values[relationship.key] = [_ids(unchanged, deleted), _ids(unchanged, added)]
    return values


def _ids(*groups: Any) -> list[int]:
    return sorted(thing.id for group in groups for thing in group or ())


def _change(thing: Any, values: Values, existed: bool = True, exists: bool = True) -> Change:
    row = {name: getattr(thing, name, None) for name in ("project_id", "person_id", *_owner_columns(thing.__table__))}
    change = Change(thing.__tablename__, thing.id, existed=existed, exists=exists, values=values)
    _place(change, thing.__table__, row)
    return change


def _place(change: Change, table: Table, row: Any) -> None:
    """Say which project and which person the change concerns, or whose part the row is."""
    change.project_id = change.object_id if table.name == "project" else row.get("project_id")
    change.person_id = change.object_id if table.name == "person" else row.get("person_id")
    for column, owner in _owner_columns(table).items():
        if row.get(column) is not None:
            change.owner = (owner, row[column])


@cache
def _owner_columns(table: Table) -> dict[str, str]:
    """Columns that say what a row is a part of: it is deleted along with that."""
    return {key.parent.name: key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}


def _subject(session: Session, changes: Changes, owner: Key) -> tuple[int | None, int | None]:
    """Project and person of an owner, from what is to be logged of it, else from its row."""
    changed = changes.find(owner)
    if changed is not None:
        return changed.project_id, changed.person_id
    table, (name, identity) = Base.metadata.tables[owner[0]], owner
    columns = [table.c[column] for column in ("project_id", "person_id") if column in table.c]
    row = session.execute(select(table.c.id, *columns).where(table.c.id == identity)).mappings().first()
    change = Change(name, identity)
    _place(change, table, row or {})
    return change.project_id, change.person_id


def _consequences(connection: Connection, name: str, identity: int) -> Iterator[Change]:
    for key in _followers(name):
        child = key.parent
        table = child.table
        for row in connection.execute(select(table).where(child == identity)).mappings():
            if key.ondelete == "CASCADE":
                gone: Values = {each: [_shown(each, row[each]), None] for each in row if each not in _DERIVED}
                change = Change(table.name, row["id"], exists=False, values=gone)
                yield from _consequences(connection, table.name, row["id"])
            else:
                change = Change(table.name, row["id"], values={child.name: [plain(row[child.name]), None]})
            _place(change, table, row)
            yield change


@cache
def _followers(name: str) -> tuple[ForeignKey, ...]:
    """Foreign keys of logged tables by which a deleted row of the table `name` takes others along or empties them."""
    logged = {mapper.local_table for mapper in Base.registry.mappers if not issubclass(mapper.class_, Unaudited)}
    return tuple(
        key
        for table in Base.metadata.sorted_tables
        if table in logged
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == name and key.ondelete in ("CASCADE", "SET NULL")
    )
