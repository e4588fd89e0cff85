"""How connections behave: SQLite journal modes, immediate write transactions, read-only transactions for GET.

Python's default transaction start on SQLite lets two writers read the same state; `BEGIN IMMEDIATE` does not.
"""

import sqlite3
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""Set for the length of a GET request: the database then refuses to write."""

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"

_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2, mended in three branches)."""
    return version >= _WAL_FIXED[0] or any(fixed <= version < (3, fixed[1] + 1) for fixed in _WAL_FIXED)


def configure(engine: Engine) -> None:
    """Attach the connection rules to `engine`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=15000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
    cursor.execute(f"PRAGMA synchronous={'FULL' if wal else 'EXTRA'}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = read_only.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = read_only.get()


@cache
def expected_revision() -> str | None:
    """The newest migration that this code brings along."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def schema_is_current(connection: Connection) -> bool:
    """Whether the database stands at the newest migration."""
    return MigrationContext.configure(connection).get_current_revision() == expected_revision()
