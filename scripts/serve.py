"""Runs what the Procfile names until one of it ends or a signal comes; then nothing is left within 8 seconds.

honcho's own command waits for a first process to end before it counts the seconds to the kill; two that hang
together would hang for ever.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Timer

from honcho.environ import parse_procfile
from honcho.manager import Manager

GRACE_SECONDS = 6


class Server(Manager):
    def terminate(self) -> None:
        if not self._terminating:
            deadline = Timer(GRACE_SECONDS, self.kill)
            deadline.daemon = True
            deadline.start()
        super().terminate()

    def _killall(self, force: bool = False) -> None:
        if self._all_started():
            super()._killall(force)
        else:  # a signal in the first moment: honcho does not know the processes yet
            Timer(0.05, self._killall, [force]).start()


def main() -> int:
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # the terminal was closed
    procfile = parse_procfile(Path("Procfile").read_text(encoding="utf-8"))
    server = Server()
    for name, command in procfile.processes.items():
        server.add_process(name, command, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    server.loop()
    return int(server.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
