"""Solving processes: how they are started, limited, spoken with and ended.

Solvers hold the interpreter while they run and may take memory without end, so they work in processes of their own:
a module that is run, reads one order from its input, and writes messages to its output until it ends. What has been
said by then is known, however it ends.
"""

from __future__ import annotations

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, Final, cast

MEMORY: Final = 2 * 2**30
"""Bytes of address space a solving process may take; what it really uses stays far below."""

Tell = Callable[[Any], None]


@contextmanager
def started(module: str, messages: SimpleQueue[Any]) -> Iterator[Tell]:
    """A process that runs a module, and how it is told its order; what it says goes to the queue, None when it ends.

    It gets ready while its order is still made, and is ended with the block.
    """
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    pipe, output = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)

    def tell(order: Any) -> None:
        with suppress(BrokenPipeError), pipe:  # a process that is dead already says so by its end
            pickle.dump(order, pipe)

    reader = Thread(target=_read, args=(output, messages), daemon=True)
    reader.start()
    try:
        yield tell
    finally:
        process.kill()
        process.wait()
        reader.join()
        output.close()
        with suppress(BrokenPipeError):
            pipe.close()


def serve(work: Callable[[Any, Tell], None]) -> None:
    """In the process itself: do the work for the order on standard input. What solvers print goes nowhere."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent process
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def send(message: Any) -> None:
        pickle.dump(message, output)
        output.flush()

    try:
        work(order, send)
    except MemoryError:
        sys.exit("a solving process ran out of memory")


def _read(output: IO[bytes], messages: SimpleQueue[Any]) -> None:
    while True:
        try:
            messages.put(pickle.load(output))  # noqa: S301 - from our own child
        except (EOFError, pickle.UnpicklingError, OSError, ValueError):
            messages.put(None)
            return
