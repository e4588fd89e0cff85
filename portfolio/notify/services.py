"""The outbox: notices are written in the transaction of what they tell of, so neither exists without the other."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, delete, event, insert, literal, or_, select, update

from portfolio.extensions import Model, db
from portfolio.jobs.tasks import task
from portfolio.notify.kinds import Facts, Kind, names_about
from portfolio.notify.models import Notice
from portfolio.web import clock

KEPT_READ = timedelta(days=90)
KEPT_UNREAD = timedelta(days=365)
_UNAUDITED = {"unaudited": True, "synchronize_session": False}  # what happened stands in the change log already


def write(kind: Kind[Any], object_id: int, readers: Select[Any], facts: Facts) -> None:
    """Tell each user that `readers` selects the id of; what they have not read of the same topic gives way."""
    earlier = select(Notice.id).where(
        Notice.user_id.in_(readers), _about(kind.model, object_id, kind.topic), Notice.read_at.is_(None)
    )
    # Nobody waits for a notice that somebody else is just replacing: better two than a queue of bookings.
    _change(delete(Notice).where(Notice.id.in_(earlier.with_for_update(skip_locked=True))))
    told = readers.add_columns(
        literal(kind.name, String),
        literal(object_id),
        literal(dict(facts), Notice.facts.type),
        literal(clock.now(), Notice.at.type),
    )
    _change(insert(Notice).from_select(["user_id", "kind", "object_id", "facts", "at"], told))


def settle(user_id: int, model: type, object_id: int) -> None:
    """Whoever acts on a thing has seen it: what the user has not read about it counts as read."""
    _mark(Notice.user_id == user_id, _about(model, object_id))


def mark_read(notice: Notice) -> None:
    _mark(Notice.id == notice.id)


def mark_all_read(user_id: int) -> None:
    _mark(Notice.user_id == user_id)


@task("forget_notices", every=timedelta(days=1))
def forget() -> dict[str, int]:
    """Remove what was read long ago, and what nobody has read for a year."""
    now = clock.now()
    old = or_(Notice.read_at < now - KEPT_READ, Notice.at < now - KEPT_UNREAD)
    return {"removed": _change(delete(Notice).where(old))}


@event.listens_for(Model, "before_delete", propagate=True)
def _forget_about(_mapper: object, connection: Connection, thing: Any) -> None:
    """A thing that is no more takes its notices along: its number may be given to another one."""
    if names_about(type(thing)):
        connection.execute(delete(Notice).where(_about(type(thing), thing.id)))


def _about(model: type, object_id: int, topic: str | None = None) -> ColumnElement[bool]:
    return (Notice.object_id == object_id) & Notice.kind.in_(names_about(model, topic))


def _mark(*which: ColumnElement[bool]) -> None:
    _change(update(Notice).where(*which, Notice.read_at.is_(None)).values(read_at=clock.now()))


def _change(statement: Any) -> int:
    result: Any = db.session.execute(statement, execution_options=_UNAUDITED)
    return int(result.rowcount)
