"""Nothing unsafe starts: the process ends with a code other than 0 and one clear line."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portfolio import create_app
from tests.support.databases import Database

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "PROJEKTPOOL_ENV": "production",
    "SECRET_KEY": "Zw4vSx1nQbE8rTk0pLm6yHc3uJd9aFg2",
    "TRUSTED_HOSTS": "projektpool.example.org",
}
Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def start(database: Database) -> Start:
    """Start a program on the migrated database with the environment of a safe server, changed as asked."""

    def run(*command: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = kept | {"DATABASE_URL": database.url} | SAFE | changes
        command = command or (sys.executable, "-c", "import wsgi")
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def test_safe_configuration_starts(start: Start) -> None:
    done = start()

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.only("sqlite")  # settled before the database is looked at
@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "Only for tests, but long enough to be accepted"}, "SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "Debug"),
        ({"TRUSTED_HOSTS": " "}, "TRUSTED_HOSTS"),
        ({"PROJEKTPOOL_ENV": "prod"}, "PROJEKTPOOL_ENV"),
        ({"DATABASE_URL": "sqlite://"}, "SQLite"),
    ],
)
def test_unsafe_configuration_is_refused(start: Start, changes: dict[str, str], word: str) -> None:
    done = start(**changes)

    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert word in done.stderr


@pytest.mark.parametrize(
    "unsafe",
    [
        {"SESSION_COOKIE_SECURE": False},
        {"SESSION_COOKIE_HTTPONLY": False},
        {"SESSION_COOKIE_SAMESITE": None},
        {"SESSION_COOKIE_NAME": "session"},
        {"SECRET_KEY": "change-me-change-me-change-me-change-me"},
        {"TRUSTED_HOSTS": []},
    ],
)
def test_unsafe_override_is_refused(unsafe: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    safe = {"ENVIRONMENT": "production", "SECRET_KEY": SAFE["SECRET_KEY"], "TRUSTED_HOSTS": ["example.org"]}
    cookie = {"SESSION_COOKIE_NAME": "__Host-projektpool", "SESSION_COOKIE_SECURE": True}

    with pytest.raises(SystemExit):
        create_app(safe | cookie | unsafe)

    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("environment", "command"),
    [("production", ("-c", "import wsgi")), ("local", ("-m", "flask", "--app", "wsgi", "worker"))],
)
def test_other_schema_is_refused_and_left_alone(
    start: Start, tmp_path: Path, environment: str, command: tuple[str, ...]
) -> None:
    empty = tmp_path / "empty.db"

    done = start(sys.executable, *command, DATABASE_URL=f"sqlite:///{empty}", PROJEKTPOOL_ENV=environment)

    assert done.returncode != 0
    assert "flask db upgrade" in done.stderr
    assert empty.stat().st_size == 0


@pytest.mark.only("postgresql")
def test_server_whose_database_is_away_starts_and_waits(start: Start) -> None:
    done = start(DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    assert done.returncode == 0


@pytest.mark.only("sqlite")
def test_web_server_gives_up_instead_of_trying_for_ever(start: Start, tmp_path: Path) -> None:
    gunicorn = (sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", "127.0.0.1:0", "wsgi:app")

    done = start(*gunicorn, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.db'}")

    assert done.returncode == 3
    assert "flask db upgrade" in done.stderr
