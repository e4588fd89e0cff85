"""One test run: the folder and the databases its processes share, made once and removed at the end."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from portfolio import create_app
from portfolio.extensions import db

SETTINGS = {"TESTING": True, "SECRET_KEY": "only for tests, but long enough to be accepted"}
ROOT = Path(__file__).resolve().parents[2]
FOLDER = "PROJEKTPOOL_TEST_RUN"
OWNER = "PROJEKTPOOL_TEST_OWNER"


def begin() -> None:
    """Called once, by the process that was started; the xdist workers inherit the environment."""
    memory = Path("/dev/shm")  # SQLite waits for the disk at every commit; this one is memory
    place = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30 else None
    _remove_leftovers(place or Path(tempfile.gettempdir()))
    os.environ[FOLDER] = tempfile.mkdtemp(prefix=f"projektpool-{os.getpid()}-", dir=place)
    os.environ[OWNER] = str(os.getpid())
    folder().chmod(0o755)  # the database server runs as another user


def _remove_leftovers(place: Path) -> None:
    """Folders of runs that were killed."""
    for left in place.glob("projektpool-*-*"):
        if not Path(f"/proc/{left.name.split('-')[1]}").exists() and Path("/proc/self").exists():
            shutil.rmtree(left, ignore_errors=True)


def end() -> None:
    shutil.rmtree(folder(), ignore_errors=True)


def folder() -> Path:
    return Path(os.environ[FOLDER])


def owner() -> int:
    return int(os.environ[OWNER])


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Only one process of the run at a time."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(url: str) -> None:
    """Bring the empty database at `url` to the present schema."""
    app = create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        upgrade()
        db.engine.dispose()
