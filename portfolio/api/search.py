"""?q=: every typed piece stands somewhere in one of the columns; case and umlauts make no difference."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from portfolio.api.fields import Text
from portfolio.api.schema import ListQuery
from portfolio.web.text import like, pieces


class SearchQuery(ListQuery):
    """The query of a list that can be searched."""

    q = Text(200, blank=True)


def searching(*columns: InstrumentedAttribute[str]) -> Callable[[Select[Any], dict[str, Any]], Select[Any]]:
    """Narrows a list to the rows in which each piece of `q` stands; columns hold folded text or plain codes."""

    def narrow(statement: Select[Any], asked: dict[str, Any]) -> Select[Any]:
        return statement.where(true(), *(_somewhere(piece) for piece in pieces(asked.get("q", ""))))

    def _somewhere(piece: str) -> ColumnElement[bool]:
        return or_(*(func.lower(column).like(like(piece), escape="/") for column in columns))

    return narrow
