"""Start-up: the secret key, the database address, and a refusal to run what would be unsafe."""

import logging
import os
import secrets
import sqlite3
import sys
import tempfile
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from portfolio.database import expected_revision, schema_is_current, wal_is_safe
from portfolio.extensions import db
from portfolio.web.settings import of_environment

logger = logging.getLogger("portfolio.web")

ENVIRONMENTS = ("local", "production")
MIN_SECRET_LENGTH = 32
# What stands in tutorials, examples and this project's own tests.
KNOWN_SECRETS = frozenset(
    {
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "change-me-change-me-change-me-change-me",
        "changemechangemechangemechangeme",
        "only for tests, but long enough to be accepted",
        "this-is-a-secret-key-please-change-it",
        "super-secret-key-change-me-in-production",
        "you-will-never-guess-you-will-never-guess",
        "at least 32 random characters, the same for web and worker",
    }
)
# Journal mode and synchronous setting that lose nothing, by whether this SQLite is free of the WAL-reset bug.
SAFE_SQLITE_MODE = {True: ("wal", 2), False: ("delete", 3)}


class Refused(SystemExit):
    """Ends the process with one clear line; exit code 3 keeps gunicorn from trying again."""

    def __init__(self, line: str) -> None:
        super().__init__(3)
        sys.stderr.write(f"Projektpool does not start. {line}\n")


def settle(app: Flask) -> None:
    """Complete the configuration of `app`, or end the process with one line that says what is wrong."""
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_DATABASE_URI"] = database_address(address)
    if app.config["ENVIRONMENT"] not in ENVIRONMENTS:
        raise Refused(f"PROJEKTPOOL_ENV is {app.config['ENVIRONMENT']!r}: set it to one of {', '.join(ENVIRONMENTS)}.")
    if app.config["ENVIRONMENT"] == "production":
        _refuse_unsafe(app)
    elif not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = stored_secret(Path(app.config["SECRET_KEY_FILE"]))
    try:
        of_environment(app.config)
    except ValueError as error:
        raise Refused(f"DAYS_OFF, HOLIDAY_STATE or FULL_TIME_HOURS makes no sense: {error}.") from error
    if address.startswith("sqlite:///"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def check_schema(app: Flask) -> None:
    """Before a server or worker starts: refuse a schema of another version and a SQLite file that could lose data.

    Looks only. While the database is away there is nothing to look at: the pages say so until it is back.
    """
    with app.app_context():
        try:
            with db.engine.connect() as connection:
                _refuse_unsafe_sqlite(connection)
                _refuse_other_schema(connection)
        except OperationalError as error:
            logger.warning("database not reachable at the start", exc_info=error)


def database_address(address: str) -> str:
    """`postgres://` and `postgresql://` mean the psycopg driver that is installed."""
    scheme, separator, rest = address.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") and separator else address


def stored_secret(path: Path) -> str:
    """The secret in `path`, made on first use; several processes starting at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # fails if another process was first: then its key is the one
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text().strip()


def _refuse_unsafe(app: Flask) -> None:
    secret = app.config["SECRET_KEY"].strip()
    if len(secret) < MIN_SECRET_LENGTH or secret.lower() in KNOWN_SECRETS:
        raise Refused("SECRET_KEY is missing, too short or known: set at least 32 random characters.")
    if app.debug or os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise Refused("Debug mode is on: unset FLASK_DEBUG in production.")
    if not app.config["TRUSTED_HOSTS"]:
        raise Refused("TRUSTED_HOSTS is empty: name the hosts this server answers for.")
    if not _cookie_is_safe(app):
        raise Refused("Session cookies must be Secure, HttpOnly and named __Host-…: keep the settings of production.")


def _cookie_is_safe(app: Flask) -> bool:
    """Sent over HTTPS alone, out of reach of scripts, and bound to this host (`__Host-` makes the browser insist)."""
    flags = app.config["SESSION_COOKIE_SECURE"] and app.config["SESSION_COOKIE_HTTPONLY"]
    bound = app.config["SESSION_COOKIE_NAME"].startswith("__Host-") and not app.config["SESSION_COOKIE_DOMAIN"]
    return bool(flags and bound and app.config["SESSION_COOKIE_SAMESITE"] in ("Lax", "Strict"))


def _refuse_unsafe_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    if (journal, synchronous) != SAFE_SQLITE_MODE[wal_is_safe(sqlite3.sqlite_version_info)]:
        raise Refused(f"SQLite could lose data in journal mode {journal}, synchronous {synchronous}: use a local file.")


def _refuse_other_schema(connection: Connection) -> None:
    if not schema_is_current(connection):
        raise Refused(f"The database is not at schema {expected_revision()}: run `flask db upgrade`.")
