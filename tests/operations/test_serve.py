"""`scripts/serve.py` runs server and worker, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SERVE = Path(__file__).resolve().parents[2] / "scripts" / "serve.py"
BRIEF = "os.write(1, f'PID {os.getpid()}{os.linesep}'.encode())"  # in one piece, both write to one place
OBEDIENT = f"{BRIEF}; signal.pause()"
STUBBORN = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); {OBEDIENT}"


def _start(folder: Path, **programs: str) -> "subprocess.Popen[str]":
    lines = [f'{name}: exec {sys.executable} -c "import os, signal; {text}"' for name, text in programs.items()]
    (folder / "Procfile").write_text("\n".join(lines))
    return subprocess.Popen(
        [sys.executable, SERVE], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _pids(server: "subprocess.Popen[str]", count: int) -> list[int]:
    """The processes, as soon as all have said that they run."""
    assert server.stdout is not None
    found: list[int] = []
    for line in server.stdout:
        if "PID" in line:
            found.append(int(line.rpartition(" ")[2]))
        if len(found) == count:
            break
    return found


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_all_processes(tmp_path: Path, number: signal.Signals) -> None:
    server = _start(tmp_path, web=OBEDIENT, worker=OBEDIENT)
    pids = _pids(server, 2)
    server.send_signal(number)
    server.communicate(timeout=8)
    assert [pid for pid in pids if _alive(pid)] == []


def test_process_that_ignores_the_signal_is_killed_within_8_seconds(tmp_path: Path) -> None:
    server = _start(tmp_path, web=STUBBORN, worker=STUBBORN)
    pids = _pids(server, 2)
    server.terminate()
    server.communicate(timeout=8)
    assert [pid for pid in pids if _alive(pid)] == []


def test_end_of_one_process_ends_the_other(tmp_path: Path) -> None:
    server = _start(tmp_path, web=OBEDIENT, worker=BRIEF)
    pids = _pids(server, 2)
    server.communicate(timeout=8)
    assert [pid for pid in pids if _alive(pid)] == []
