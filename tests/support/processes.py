"""Real servers for tests of operation: started with make, watched through /proc."""

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1  # Linux
MARK = "PROJEKTPOOL_TEST_SERVER"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(check: Callable[[], bool], seconds: float, what: str) -> None:
    """Return as soon as `check` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


@dataclass
class MadeServer:
    """`make run` in a process group of its own."""

    database_url: str
    log: Path
    settings: dict[str, str] = field(default_factory=lambda: {"DEMO": "0"})
    port: int = field(default_factory=free_port)
    mark: str = field(default_factory=lambda: uuid4().hex)

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        environment |= {"PORT": str(self.port), "DATABASE_URL": self.database_url, MARK: self.mark, **self.settings}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it calls nothing that a thread could hold
            )

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=2) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait_until_ready(self, seconds: float = 60) -> None:
        try:
            wait_until(lambda: self.status("/readyz") == 200 or self.process.poll() is not None, seconds, "/readyz")
        finally:
            print(self.log.read_text(errors="replace")[-4000:])
        assert self.process.poll() is None, "make run ended early"

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def processes(self) -> list[str]:
        """The command lines of everything this `make run` started that still lives."""
        wanted = f"{MARK}={self.mark}".encode()
        return [command for command, environment in _all_processes() if wanted in environment.split(b"\0")]

    def kill(self) -> None:
        """The last resort at the end of a test that failed."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"{MARK}={self.mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), signal.SIGKILL)
            except OSError:
                continue
        self.process.wait(timeout=5)


def end_with_parent() -> None:
    """A test run that is killed must not leave its servers behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _all_processes() -> list[tuple[str, bytes]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found.append((command, (folder / "environ").read_bytes()))
        except OSError:  # it ended meanwhile, or is another user's
            continue
    return found
