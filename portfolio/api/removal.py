"""Master data entered by mistake can be taken back as long as nothing names it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Column, exists, select

from portfolio.access.policy import Actor
from portfolio.extensions import Base, db
from portfolio.web.problems import Problem, describe


class StillUsed(Problem):
    """Something else names this entry."""


@describe.register
def _still_used(_problem: StillUsed) -> str:
    return _("Dieser Eintrag wird noch verwendet und kann deshalb nicht entfernt werden.")


def remove_unused(row: Any, _actor: Actor) -> None:
    """Delete the row; raises StillUsed where another one refers to it."""
    for column in _columns_naming(row.__table__.name):
        if db.session.scalar(select(exists().where(column == row.id))):
            raise StillUsed
    db.session.delete(row)
    db.session.flush()


def _columns_naming(table: str) -> Iterator[Column[Any]]:
    """The columns of all tables that hold ids of `table`."""
    for other in Base.metadata.sorted_tables:
        yield from (key.parent for key in other.foreign_keys if key.column.table.name == table)
