"""Pages of a list: which one, the address says."""

from typing import Any

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select

from portfolio.extensions import db

PER_PAGE = 25
LAST_PAGE = 1_000_000  # a larger number in an address names no page, and no database counts that far


def page_of(statement: Select[Any], per_page: int = PER_PAGE) -> Pagination:
    """The page of `statement` that the request asks for; 404 past the end."""
    number = request.args.get("page", 1, type=int)
    return db.paginate(statement, page=min(number, LAST_PAGE), per_page=per_page)
