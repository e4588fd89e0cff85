"""Changes that are logged later: those of autosave, which commits at every pause while somebody types.

An entry for each would bury the log under half sentences. They wait beside it instead, written in the transaction
that makes them, so that none is lost. What one user changed in one sitting becomes one entry for each object: with the
next step that anybody takes on purpose, or when somebody else types on, or after a while. See docs/adr/0011.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.orm import Session, scoped_session

from portfolio.audit.changes import Change, Changes, Key
from portfolio.audit.models import DeferredChanges
from portfolio.audit.record import actor_id, changes_of
from portfolio.web import clock

SITTING: Final = timedelta(hours=1)
"""Whoever types on later than that begins a new entry."""

AnySession = Session | scoped_session[Any]


def defer(session: AnySession, thing: Key) -> None:
    """Keep what this transaction changed so far, of `thing` and its parts, for later."""
    session.flush()
    typed = changes_of(session).take()
    waiting = session.get(DeferredChanges, thing)
    if waiting is not None and not _is_same_sitting(waiting):
        bring_up(session, thing)
        waiting = None
    if waiting is None:
        waiting = DeferredChanges(object_type=thing[0], object_id=thing[1], actor_id=actor_id.get(), changes=[])
        session.add(waiting)
    waiting.at = clock.now()
    waiting.changes = _written(_merged(waiting.changes, typed))
    session.flush()


def bring_up(session: AnySession, thing: Key) -> None:
    """Log with this transaction what waits of `thing`, under the name of whoever typed it."""
    waiting = session.get(DeferredChanges, thing)
    if waiting is None:
        return
    changes = list(map(_read, waiting.changes))
    for change in changes:
        change.made_by, change.made_at = waiting.actor_id, waiting.at
    changes_of(session).put_first(changes)
    session.delete(waiting)
    session.flush()


def _is_same_sitting(waiting: DeferredChanges) -> bool:
    return waiting.actor_id == actor_id.get() and clock.now() - waiting.at < SITTING


def _merged(earlier: list[dict[str, Any]], later: list[Change]) -> Changes:
    changes = Changes()
    for change in (*map(_read, earlier), *later):
        changes.note(change)
    return changes


def _written(changes: Changes) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes if change.verb is not None]


def _read(stored: dict[str, Any]) -> Change:
    """A change of its own: merging it must not alter what is stored behind the back of the session."""
    owner = stored["owner"]
    return Change(**stored | {"owner": tuple(owner) if owner else None, "values": dict(stored["values"])})
