"""The databases tests run on: migrated once a run, as good as new for each test, real commits in between."""

import hashlib
import os
import shutil
import sqlite3
from functools import cache
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from tests.support import postgres, run

MIGRATED = "migrated"


class Database(Protocol):
    name: str
    url: str
    states: set[str]

    def reset(self, state: str = MIGRATED) -> None:
        """Bring back a remembered state; at first, that after migration. No connection may be in a transaction."""

    def remember(self, state: str) -> None:
        """Keep what is in it now under a name."""

    def pulse(self) -> int:
        """A number that moves whenever somebody wrote something; it may move for other reasons too."""

    def close(self) -> None:
        """Let go of it; the end of the run removes it."""


class SqliteDatabase:
    """A file, copied anew from the migrated one; takes less than a millisecond."""

    name = "sqlite"

    def __init__(self, label: str) -> None:
        self.path = run.folder() / f"{label}-{os.getpid()}.db"
        self.url = f"sqlite:///{self.path}"
        self.states = {MIGRATED}
        self._watch: sqlite3.Connection | None = None
        shutil.copyfile(_sqlite_template(), self._kept(MIGRATED))

    def reset(self, state: str = MIGRATED) -> None:
        self._look_away()
        for suffix in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._kept(state), self.path)

    def remember(self, state: str) -> None:
        self.states.add(state)
        shutil.copyfile(self.path, self._kept(state))

    def _kept(self, state: str) -> Path:
        return self.path.with_suffix(f".{state}")

    def pulse(self) -> int:
        self._watch = self._watch or sqlite3.connect(self.path, isolation_level=None)
        (version,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _look_away(self) -> None:
        if self._watch:
            self._watch.close()
            self._watch = None

    def close(self) -> None:
        self._look_away()
        self.path.unlink(missing_ok=True)


class PostgresDatabase:
    """A database of its own, copied from the migrated one, then emptied row by row.

    Measured with 50 tables: DELETE 2 ms, CREATE DATABASE 40 ms, TRUNCATE 50 ms. Triggers are off meanwhile, or
    the audit log could not be emptied; the rows of a remembered state come back, and sequences go on from there.
    """

    name = "postgresql"

    def __init__(self, label: str) -> None:
        template = _postgres_template()
        self._database = database = f"{template}_{label}_{os.getpid()}"
        with psycopg.connect(_server_url(), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        address = _server_url(database)
        self.url = address.replace("postgresql://", "postgresql+psycopg://", 1)
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("SET session_replication_role = replica; SET lock_timeout = '5s'")
        self._statements: dict[str, sql.Composed] = {}
        self.remember(MIGRATED)

    @property
    def states(self) -> set[str]:
        return set(self._statements)

    def reset(self, state: str = MIGRATED) -> None:
        self._connection.execute(self._statements[state])

    def remember(self, state: str) -> None:
        tables = self._names("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = map(sql.Identifier, tables)
        statements: list[sql.Composable] = [sql.SQL("DELETE FROM {}").format(name) for name in names]
        schema = sql.Identifier(state)
        self._connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}").format(schema))
        for table in tables:
            statements += self._keep_rows(state, table)
        self._statements[state] = sql.SQL("; ").join(statements + self._set_sequences())

    def pulse(self) -> int:
        row = self._connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()
        if os.environ.get("TEST_POSTGRES_URL"):  # our own server goes as a whole
            with psycopg.connect(_server_url(), autocommit=True) as server:
                server.execute(f'DROP DATABASE "{self._database}" WITH (FORCE)')

    def _keep_rows(self, state: str, table: str) -> list[sql.Composable]:
        name, kept = sql.Identifier(table), sql.Identifier(state, table)
        row = self._connection.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(name)).fetchone()
        if row == (False,):
            return []
        self._connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, name))
        columns = self._names(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            table,
        )
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        copy = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}"
        return [sql.SQL(copy).format(name, listed, listed, kept)]

    def _set_sequences(self) -> list[sql.Composable]:
        rows = self._connection.execute(
            "SELECT schemaname, sequencename, coalesce(last_value, start_value), last_value IS NOT NULL"
            " FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
        calls = [
            sql.SQL("setval({}, {}, {})").format(sql.Literal(f'{schema}."{name}"'), value, called)
            for schema, name, value, called in rows
        ]
        return [sql.SQL("SELECT ") + sql.SQL(", ").join(calls)] if calls else []

    def _names(self, query: str, *values: str) -> list[str]:
        return [name for (name,) in self._connection.execute(query, values).fetchall()]


KINDS: dict[str, type[SqliteDatabase] | type[PostgresDatabase]] = {
    "sqlite": SqliteDatabase,
    "postgresql": PostgresDatabase,
}


@cache
def _sqlite_template() -> str:
    """Kept from run to run until a migration changes: a single test then starts at once."""
    path = run.folder() / "template.db"
    kept = run.ROOT / ".pytest_cache" / f"schema-{_digest_of_migrations()}.db"
    with run.lock("sqlite"):
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            draft = kept.with_suffix(f".{os.getpid()}")
            run.migrate(f"sqlite:///{draft}")
            draft.rename(kept)
        if not path.exists():
            shutil.copyfile(kept, path)
    return str(path)


def _digest_of_migrations() -> str:
    content = hashlib.sha256()
    for source in sorted((run.ROOT / "migrations").rglob("*.py")):
        content.update(source.read_bytes())
    return content.hexdigest()[:16]


@cache
def _postgres_template() -> str:
    name = f"projektpool_{run.owner()}"
    done = run.folder() / "template.postgresql"
    with run.lock("postgresql"):
        postgres.ensure_running(_server_folder(), run.owner())
        if not done.exists():
            with psycopg.connect(_server_url(), autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            run.migrate(_server_url(name))
            done.touch()
    return name


def _server_folder() -> "os.PathLike[str]":
    return run.folder() / "postgresql"


def _server_url(database: str = "postgres") -> str:
    url = postgres.server_url(_server_folder())
    return url if database == "postgres" else _with_database(url, database)


def _with_database(url: str, database: str) -> str:
    start, separator, options = url.partition("?")
    return f"{start.rpartition('/')[0]}/{database}{separator}{options}"
