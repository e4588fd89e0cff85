"""Runs what the Procfile names until one of it ends or a signal comes; then nothing of it is left within 8 seconds."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 6
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # stop, Ctrl-C, the terminal was closed


async def serve(commands: list[str]) -> int:
    stopped = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    # Each in a session of its own: Ctrl-C reaches this process alone, and a kill reaches what they started too.
    started = [await asyncio.create_subprocess_shell(command, start_new_session=True) for command in commands]
    ends = [asyncio.create_task(process.wait()) for process in started]
    stop = asyncio.create_task(stopped.wait())
    await asyncio.wait([stop, *ends], return_when=asyncio.FIRST_COMPLETED)
    failed = not stopped.is_set()
    stop.cancel()
    _signal(started, signal.SIGTERM)
    await asyncio.wait(ends, timeout=GRACE_SECONDS)
    _signal(started, signal.SIGKILL)
    await asyncio.wait(ends)
    return 1 if failed else 0


def _signal(processes: list[Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def main() -> int:
    lines = Path("Procfile").read_text(encoding="utf-8").splitlines()
    return asyncio.run(serve([line.partition(": ")[2] for line in lines if line]))


if __name__ == "__main__":
    sys.exit(main())
