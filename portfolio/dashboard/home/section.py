"""A list on the home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func

from portfolio.extensions import db

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Section:
    """The first rows of a list and how many there are; `kind` names its template in dashboard/home/."""

    kind: str
    rows: Sequence[Any] = ()
    total: int = 0

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


def first(kind: str, statement: Select[Any]) -> Section:
    """The first objects of `statement`, counted in the same query."""
    found = db.session.execute(statement.add_columns(func.count().over()).limit(SHOWN)).all()
    return Section(kind, [row[0] for row in found], found[0][-1] if found else 0)
