"""Writes the change log in the same transaction as the change.

Changes are collected while the session flushes and written once, as the last act before the commit, under a lock that
orders the chain. Statements that bypass the session are refused unless they say `unaudited=True`.
"""

import secrets
from contextvars import ContextVar
from typing import Any, cast

from sqlalchemy import Table, TextClause, event, insert, select, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, object_session, scoped_session

from portfolio.audit import parts
from portfolio.audit.chain import GENESIS, digest_of, digest_of_values
from portfolio.audit.changes import Change, Changes
from portfolio.audit.models import AuditDetail, AuditEntry
from portfolio.extensions import Model, Unaudited
from portfolio.web import clock
from portfolio.web.logs import request_id

actor_id: ContextVar[int | None] = ContextVar("actor_id", default=None)
"""The user on whose behalf the current work runs; None is the system itself."""

_CHAIN_LOCK = 7_302_001
_LAYERS = "audit_layers"
_ENTRIES, _DETAILS = (cast(Table, model.__table__) for model in (AuditEntry, AuditDetail))


class BypassesAudit(RuntimeError):
    """A bulk statement: say `execution_options(unaudited=True)`, and why nothing of it belongs into the log."""


def install(session: scoped_session[Any]) -> None:
    """Attach the recorder to the application's session factory; more than once does no harm."""
    factory = session.session_factory
    if not event.contains(factory, "before_commit", _write):
        event.listen(factory, "before_commit", _write)
        event.listen(factory, "after_commit", _hand_down)
        event.listen(factory, "after_transaction_end", _forget)
        event.listen(factory, "do_orm_execute", _refuse_bypass)


def record_export(session: Session | scoped_session[Any], object_type: str, rows: int) -> None:
    """Log that the current user exported `rows` rows; written with the next commit."""
    changes_of(session).note(Change(object_type, 0, exported=True, values={"rows": [None, rows]}))


def changes_of(session: Session | scoped_session[Any]) -> Changes:
    """What the current transaction, or the innermost savepoint in it, has changed so far."""
    return _layer(session() if isinstance(session, scoped_session) else session)


# ---- collecting ----


@event.listens_for(Model, "after_insert", propagate=True)
def _inserted(_mapper: object, _connection: object, thing: Any) -> None:
    _note(thing, parts.creation)


@event.listens_for(Model, "after_update", propagate=True)
def _updated(_mapper: object, _connection: object, thing: Any) -> None:
    _note(thing, parts.alteration)


@event.listens_for(Model, "before_delete", propagate=True)
def _deleting(_mapper: object, connection: Any, thing: Any) -> None:
    """Log the row, and what the database deletes or empties along with it."""
    _note(thing, parts.deletion)
    for change in parts.consequences(connection, thing):
        _layer(cast(Session, object_session(thing))).note(change)


def _note(thing: Any, describe: Any) -> None:
    if not isinstance(thing, Unaudited):
        _layer(cast(Session, object_session(thing))).note(describe(thing))


def _layer(session: Session) -> Changes:
    """The changes of the innermost savepoint, else of the transaction: each is undone by itself."""
    transaction = session.get_nested_transaction() or session.get_transaction() or session.begin()
    layers: dict[SessionTransaction, Changes] = session.info.setdefault(_LAYERS, {})
    return layers.setdefault(transaction, Changes())


def _hand_down(session: Session) -> None:
    """A released savepoint leaves its changes to what is around it."""
    savepoint = session.get_nested_transaction()
    if savepoint is None or savepoint.parent is None:
        return
    layers: dict[SessionTransaction, Changes] = session.info.get(_LAYERS, {})
    for change in layers.pop(savepoint, ()):
        layers.setdefault(savepoint.parent, Changes()).note(change)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    """Whatever ends without having been committed has changed nothing."""
    session.info.get(_LAYERS, {}).pop(transaction, None)


def _refuse_bypass(state: ORMExecuteState) -> None:
    bulk = state.is_update or state.is_delete or state.is_insert
    if isinstance(state.statement, TextClause):
        bulk = state.statement.text.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
    if bulk and not state.execution_options.get("unaudited"):
        raise BypassesAudit(str(state.statement))


# ---- writing ----


def _write(session: Session) -> None:
    if session.get_nested_transaction() is not None:
        return  # a savepoint is released: the log is written with the transaction itself
    session.flush()
    changes = _layer(session)
    parts.resolve_owners(session, changes)
    left = [change for change in changes if change.verb is not None]
    if not left:
        return
    number, previous = _lock_chain(session)
    entries, details = [], []
    for change in left:
        number += 1
        entry, detail = _entry(number, previous, change)
        previous = entry["digest"]
        entries.append(entry)
        details.append(detail)
    connection = session.connection()
    connection.execute(insert(_ENTRIES), entries)
    connection.execute(insert(_DETAILS), details)


def _lock_chain(session: Session) -> tuple[int, str]:
    """Order writers (SQLite's write lock is already held) and read the end of the chain."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = session.execute(select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)).first()
    return (last.id, last.digest) if last else (0, GENESIS)


def _entry(number: int, previous: str, change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    salt, values = secrets.token_hex(16), change.differing()
    facts: dict[str, Any] = {
        "id": number,
        "at": (change.made_at or clock.now()).replace(microsecond=0),
        "actor_id": change.made_by or actor_id.get(),
        "request_id": request_id.get(),
        "verb": change.verb,
        "object_type": change.object_type,
        "object_id": change.object_id,
        "project_id": change.project_id,
        "person_id": change.person_id,
        "details_digest": digest_of_values(salt, values),
    }
    entry = {**facts, "previous": previous, "digest": digest_of(previous, facts)}
    return entry, {"entry_id": number, "salt": salt, "values": values}
