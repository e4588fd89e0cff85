"""Writes the change log in the same transaction as the change.

Changes are collected at each flush and written once, as the last act before the commit, under a lock that orders the
chain. Statements that bypass the session are refused unless they say `unaudited=True`.
"""

import hashlib
import json
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import event, insert, inspect, select, text
from sqlalchemy.orm import ORMExecuteState, Session, scoped_session

from portfolio.audit.models import AuditDetail, AuditEntry, Verb
from portfolio.extensions import Unaudited
from portfolio.planning.weeks import Week
from portfolio.web import clock
from portfolio.web.logs import request_id

actor_id: ContextVar[int | None] = ContextVar("actor_id", default=None)
"""The user on whose behalf the current work runs; None is the system itself."""

GENESIS = "0" * 64
_CHAIN_LOCK = 7_302_001
_PENDING = "audit_pending"
_SECRET_FIELDS = frozenset({"password_hash", "token_hash", "sort_key", "search_text", "version"})


@dataclass
class Change:
    """What a transaction does to one object, over all its flushes."""

    verb: Verb
    project_id: int | None = None
    person_id: int | None = None
    values: dict[str, list[Any]] = field(default_factory=dict)


class BypassesAudit(RuntimeError):
    """A bulk statement on an audited table: say `execution_options(unaudited=True)` and why."""


def install(session: scoped_session[Any]) -> None:
    """Attach the recorder to the application's session factory."""
    factory = session.session_factory
    event.listen(factory, "after_flush", _collect)
    event.listen(factory, "before_commit", _write)
    event.listen(factory, "after_rollback", lambda session: session.info.pop(_PENDING, None))
    event.listen(factory, "do_orm_execute", _refuse_bypass)


def record_export(session: Any, object_type: str, rows: int) -> None:
    """Log that the current user exported `rows` rows; written with the next commit."""
    pending = session.info.setdefault(_PENDING, {})
    pending[(f"export:{object_type}", 0)] = Change(Verb.EXPORTED, values={"rows": [None, rows]})


def _refuse_bypass(state: ORMExecuteState) -> None:
    bulk = state.is_update or state.is_delete or (state.is_insert and not state.is_orm_statement)
    if bulk and not state.execution_options.get("unaudited"):
        raise BypassesAudit(str(state.statement))


def _collect(session: Session, context: Any) -> None:
    pending = session.info.setdefault(_PENDING, {})
    for state, (is_delete, list_only) in list(context.states.items()):
        thing = state.obj()
        if list_only or thing is None or isinstance(thing, Unaudited):
            continue
        verb = Verb.DELETED if is_delete else Verb.CREATED if thing in session.new else Verb.CHANGED
        if values := _values(thing, verb):
            _merge(pending, thing, verb, values)


def _values(thing: Any, verb: Verb) -> dict[str, list[Any]]:
    """{column: [before, after]} of what differs; one-sided for created and deleted things."""
    state = inspect(thing)
    values: dict[str, list[Any]] = {}
    for column in state.mapper.column_attrs:
        if column.key in _SECRET_FIELDS:
            continue
        history = state.attrs[column.key].history
        if verb is Verb.CHANGED and not (history.has_changes() and history.deleted):
            continue  # unchanged, or only touched so that the version moves on
        current = plain(state.dict.get(column.key))
        before = plain(history.deleted[0]) if history.deleted else None
        values[column.key] = [before, current] if verb is not Verb.DELETED else [current, None]
    return values


def _merge(pending: dict[tuple[str, int], Change], thing: Any, verb: Verb, values: dict[str, list[Any]]) -> None:
    table, identity = thing.__tablename__, thing.id
    earlier = pending.get((table, identity))
    if earlier is None:
        earlier = pending[(table, identity)] = Change(verb)
    elif earlier.verb is Verb.CREATED and verb is Verb.DELETED:
        del pending[(table, identity)]  # never seen by anybody
        return
    elif earlier.verb is Verb.DELETED or verb is Verb.DELETED:
        # SQLite gives a deleted row's id to the next one: what remains is a change.
        earlier.verb = Verb.CHANGED if verb is Verb.CREATED else Verb.DELETED
    for key, (before, after) in values.items():
        first = earlier.values[key][0] if key in earlier.values else before
        earlier.values[key] = [first, after]
    earlier.project_id = identity if table == "project" else getattr(thing, "project_id", None)
    earlier.person_id = identity if table == "person" else getattr(thing, "person_id", None)


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Week):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(str(plain(item)) for item in value)
    return value


def digest_of(previous: str, facts: dict[str, Any]) -> str:
    """The link of the chain: SHA-256 over the previous link and the entry's own facts."""
    return hashlib.sha256((previous + canonical(facts)).encode()).hexdigest()


def digest_of_values(salt: str, values: dict[str, Any]) -> str:
    return hashlib.sha256((salt + canonical(values)).encode()).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _write(session: Session) -> None:
    session.flush()
    pending: dict[tuple[str, int], Change] = session.info.pop(_PENDING, {})
    if not pending:
        return
    number, previous = _lock_chain(session)
    entries, details = [], []
    for (object_type, object_id), change in pending.items():
        number += 1
        entry, detail = _entry(number, previous, object_type, object_id, change)
        previous = entry["digest"]
        entries.append(entry)
        details.append(detail)
    connection = session.connection()
    connection.execute(insert(AuditEntry.__table__), entries)
    connection.execute(insert(AuditDetail.__table__), details)


def _lock_chain(session: Session) -> tuple[int, str]:
    """Order writers (SQLite's write lock is already held) and read the end of the chain."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = session.execute(select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)).first()
    return (last.id, last.digest) if last else (0, GENESIS)


def _entry(
    number: int, previous: str, object_type: str, object_id: int, change: Change
) -> tuple[dict[str, Any], dict[str, Any]]:
    salt = secrets.token_hex(16)
    facts: dict[str, Any] = {
        "id": number,
        "at": clock.now().replace(microsecond=0),
        "actor_id": actor_id.get(),
        "request_id": request_id.get(),
        "verb": change.verb,
        "object_type": object_type,
        "object_id": object_id,
        "project_id": change.project_id,
        "person_id": change.person_id,
        "details_digest": digest_of_values(salt, change.values),
    }
    link = digest_of(previous, {key: plain(value) for key, value in facts.items()})
    entry = {**facts, "previous": previous, "digest": link}
    return entry, {"entry_id": number, "salt": salt, "values": change.values}
