"""Start-up: the secret key, the database address, and a refusal to run an unsafe production."""

import os
import secrets
import tempfile
from pathlib import Path

from flask import Flask

KNOWN_SECRETS = {"dev", "secret", "changeme", "change-me", "development"}
MIN_SECRET_LENGTH = 32


class UnsafeConfiguration(SystemExit):
    """Raised with one clear line; the process ends with exit code 1."""


def settle(app: Flask) -> None:
    """Complete the configuration of `app`, or end the process with one line that says what is wrong."""
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_DATABASE_URI"] = database_address(address)
    if app.config["ENVIRONMENT"] == "production":
        _refuse_unsafe(app)
    elif not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = stored_secret(Path(app.config["SECRET_KEY_FILE"]))
    if address.startswith("sqlite:///"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


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
            os.unlink(draft)
    return path.read_text().strip()


def _refuse_unsafe(app: Flask) -> None:
    secret = app.config["SECRET_KEY"]
    if len(secret) < MIN_SECRET_LENGTH or secret.lower() in KNOWN_SECRETS:
        raise UnsafeConfiguration("SECRET_KEY is missing, too short or known: set at least 32 random characters.")
    if app.debug or os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise UnsafeConfiguration("Debug mode is on: unset FLASK_DEBUG in production.")
    if not app.config["TRUSTED_HOSTS"]:
        raise UnsafeConfiguration("TRUSTED_HOSTS is empty: name the hosts this server answers for.")
    if not app.config["SESSION_COOKIE_SECURE"]:
        raise UnsafeConfiguration("Session cookies would travel over plain HTTP: keep SESSION_COOKIE_SECURE on.")
