"""Makes a database eight times as big: more of everything, and more below each thing that was there."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, func, insert, select, text

from portfolio.extensions import db
from portfolio.planning.weeks import Week

APART = 100_000  # between the id of a row and that of its copy
WORLDS, NEIGHBOURS = (1, 2, 3), (4, 5, 6, 7)
ONLY_ONE = {"settings"}


def grow() -> None:
    """Copy each row seven times: three in worlds of their own, four beside it, below what it belongs to.

    For reading alone, on SQLite alone: the triggers that sum up weeks and chain the change log are gone afterwards.
    """
    with db.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for trigger in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f'DROP TRIGGER "{trigger}"'))
        for table in db.metadata.sorted_tables:
            rows = connection.execute(select(table)).mappings().all()
            copies = [_copy(table, dict(row), number) for row in rows for number in (*WORLDS, *NEIGHBOURS)]
            if copies:
                connection.execute(insert(table).prefix_with("OR IGNORE"), copies)
            count = connection.scalar(select(func.count()).select_from(table))
            assert count == 8 * len(rows) or table.name in ONLY_ONE, f"{table.name}: {count} rows of {len(rows)}"


def _copy(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
    parents = {column.name for column in table.columns if column.foreign_keys}
    moved = parents if number in WORLDS else set()
    changed = {_what_differs(columns) for columns in _unique(table)}
    return row | {name: _other(row[name], number, is_id=name in parents | {"id"}) for name in moved | changed}


def _unique(table: Table) -> Iterator[list[Column[Any]]]:
    yield list(table.primary_key)
    yield from (list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint))
    yield from (list(each.columns) for each in table.indexes if each.unique)


def _what_differs(columns: list[Column[Any]]) -> str:
    """What tells two rows with the same parents apart; of two that join parents, the second parent."""
    own = [column for column in columns if not column.foreign_keys]
    return (own or columns)[-1].name


def _other(value: Any, number: int, *, is_id: bool) -> Any:
    match value:
        case int():
            return value + number * (APART if is_id else 1_000)
        case str() if value.isdecimal():  # keys keep their form
            return str(int(value) + 1_000 * number)
        case str():
            return f"{value}~{number}"
        case date():
            return value - timedelta(days=number)
        case Week():
            return value + 40 * number
    return value
