"""Pages of a list: which one, the address says."""

from typing import Any

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select

from portfolio.extensions import db

PER_PAGE = 25
LAST_PAGE = 1_000_000  # a larger number in an address names no page, and no database counts that far


def page_of(statement: Select[Any], per_page: int = PER_PAGE) -> Pagination:
    """The page of `statement` that the request asks for; 404 past the end."""
    number = request.args.get("page", 1, type=int)
    return ObjectPage(page=min(number, LAST_PAGE), per_page=per_page, statement=statement)


class ObjectPage(Pagination):
    """A page of objects; to count them only their ids are read, where `db.paginate` reads every column."""

    def _query_items(self) -> list[Any]:
        statement = self._query_args["statement"]
        return list(db.session.scalars(statement.limit(self.per_page).offset(self._query_offset)).unique())

    def _query_count(self) -> int:
        statement = self._query_args["statement"]
        entity = statement.column_descriptions[0]["entity"]
        counted = statement.with_only_columns(entity.id).order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(counted)) or 0


class RowPage(Pagination):
    """A page of rows, where `db.paginate` knows objects only."""

    def _query_items(self) -> list[Any]:
        statement = self._query_args["statement"]
        return list(db.session.execute(statement.limit(self.per_page).offset(self._query_offset)))

    def _query_count(self) -> int:
        counted = self._query_args["statement"].order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(counted)) or 0


def rows_page_of(statement: Select[*tuple[Any, ...]], per_page: int = PER_PAGE) -> RowPage:
    """The page that the request asks for, of a statement that names columns; 404 past the end."""
    number = request.args.get("page", 1, type=int)
    return RowPage(page=min(number, LAST_PAGE), per_page=per_page, statement=statement)
