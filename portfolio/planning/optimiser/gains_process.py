"""Gains in a process of their own, which may be ended at any time: what it found by then has been said.

Run as `python -m portfolio.planning.optimiser.gains_process`; `estimated` starts it.
"""

from __future__ import annotations

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

from portfolio.planning.instance import Instance
from portfolio.planning.optimiser.gains import Estimate, estimates
from portfolio.planning.optimiser.solve import MEMORY


def estimated(instance: Instance, seconds: float | None) -> tuple[Estimate, ...]:
    """The estimates found within so many seconds, those that promise most first; all of them without a limit."""
    command = [sys.executable, "-m", "portfolio.planning.optimiser.gains_process"]
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603
    try:
        output, _errors = process.communicate(pickle.dumps(instance), seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _errors = process.communicate()
    finally:
        process.kill()
    return tuple(_read(output))


def main() -> None:
    """Write the estimates for the instance on standard input, one by one. What solvers print goes nowhere."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    instance: Instance = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent process
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for estimate in estimates(instance):
        pickle.dump(estimate, output)
        output.flush()


def _read(output: bytes) -> Iterator[Estimate]:
    stream = BytesIO(output)
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301 - from our own child
        except (EOFError, pickle.UnpicklingError):
            return


if __name__ == "__main__":
    main()
