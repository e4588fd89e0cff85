"""What a home page is made of: lists, and cards with figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select

from portfolio.extensions import db

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a list are wanted: the first few on the home page, or a page of all."""

    size: int = SHOWN
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a list and how many there are; `kind` names the template of one row in dashboard/home/rows/."""

    kind: str
    rows: Sequence[Any] = ()
    total: int = 0

    @property
    def is_list(self) -> bool:
        return True

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True, slots=True)
class Card:
    """Figures and words of their own; `kind` names its template in dashboard/home/."""

    kind: str
    value: Any = None

    @property
    def is_list(self) -> bool:
        return False

    @property
    def is_empty(self) -> bool:
        return False


def rows_of(statement: Select[Any], window: Window) -> tuple[list[Any], int]:
    """The wanted rows of `statement`, and in the same query how many there are; each row ends with that number.

    Ids are counted, sorted and cut first: only the rows shown are read with all that they are shown with.
    """
    entity = statement.column_descriptions[0]["entity"]
    counted = statement.with_only_columns(entity.id, func.count().over().label("total"))
    wanted = counted.limit(window.size).offset(window.offset).cte("wanted")
    total = select(func.max(wanted.c.total)).scalar_subquery()
    found = list(db.session.execute(statement.add_columns(total).where(entity.id.in_(select(wanted.c.id)))))
    return found, found[0][-1] if found else 0


def objects(kind: str, statement: Select[Any], window: Window) -> Section:
    """The wanted objects of a statement that selects nothing else."""
    found, total = rows_of(statement, window)
    return Section(kind, [row[0] for row in found], total)


class SectionPage(Pagination):
    """A section as pages: its reader says how many rows there are along with the rows."""

    def _query_items(self) -> list[Any]:
        self._section: Section = self._query_args["read"](Window(self.per_page, self._query_offset))
        return list(self._section.rows)

    def _query_count(self) -> int:
        return self._section.total
