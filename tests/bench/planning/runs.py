"""Runs of `flask plan solve` as anybody starts it, each plan checked by `flask plan check`, its processes watched."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from portfolio.planning.formats import instance_as_json, read_instance, read_plan
from portfolio.planning.instance import Assignment, Instance, Level, Mode, Plan
from portfolio.planning.optimiser.greedy import greedy
from portfolio.planning.optimiser.options import options_of
from portfolio.planning.score import Score, score

DATA = Path("tests/planning/data")
LOOK = 0.25
"""Seconds between two looks at the processes."""
SLACK = 120.0
"""Seconds after which a command that should have ended is ended."""


@dataclass(frozen=True)
class Run:
    """What one run came to. `memory` is the most its solving processes used together, in bytes."""

    instance: Instance
    plan: Plan
    seconds: float
    """From start to end of the command."""
    solving: float
    """Of these, what the solver says it took."""
    memory: int
    trace: list[list[float]]
    load: float

    @property
    def gap(self) -> float:
        """As a ratio; 1 without a bound."""
        return 1.0 if self.plan.gap is None else self.plan.gap

    @property
    def first(self) -> float:
        """Seconds until the first plan, of those the solver had."""
        return self.trace[0][0]

    @property
    def score(self) -> Score:
        return score(self.instance, self.plan.assignments)

    def bound(self, level: Level) -> float | None:
        """What the solver proved for a later level."""
        return self.plan.figure_bounds.get(level)


class Refused(Exception):
    """The command ended with an error; its last line says which."""


@cache
def load(name: str) -> Instance:
    """One of the instances in the repository, by its name without the ending."""
    return read_instance((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def by_hand(instance_name: str) -> tuple[Assignment, ...]:
    """The plan that goes by priority, volume and fit, as a planner would."""
    options = options_of(load(instance_name))
    return options.assignments(greedy(options))


def with_goals(instance: Instance, *levels: Level, tolerance: float = 0.0, **values: Any) -> Instance:
    """The instance asked for something else."""
    goals = replace(instance.goals, levels=levels or instance.goals.levels, tolerance=tolerance)
    return replace(instance, goals=goals, **values)


def with_handover(instance: Instance) -> Instance:
    """The same when persons may share a need and hand it over."""
    return replace(instance, goals=replace(instance.goals, mode=Mode.HANDOVER))


def solve(instance: Instance, seconds: float, *words: object, at: Callable[[int], None] | None = None) -> Run:
    """One run; Refused when the command or the check of its plan fails. `at` is told the process once it works."""
    with tempfile.TemporaryDirectory() as folder:
        problem, output = Path(folder, "instance.json"), Path(folder, "plan.json")
        problem.write_text(json.dumps(instance_as_json(instance)), encoding="utf-8")
        begun = monotonic()
        memory = _watched(_flask("solve", problem, "--output", output, "--seconds", seconds, *words), seconds, at)
        taken = monotonic() - begun
        _finished(_flask("check", problem, output))
        text = output.read_text(encoding="utf-8")
    told = json.loads(text)
    return Run(instance, read_plan(text, instance), taken, told["seconds"], memory, told["trace"], os.getloadavg()[0])


def solving(process: int) -> list[int]:
    """Ids of the solving processes that a command has started."""
    children = (int(each.parent.name) for each in Path("/proc").glob("[0-9]*/stat") if _parent(each) == process)
    return [child for child in children if _is_solver(child)]


def _flask(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flask", "plan", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _watched(process: subprocess.Popen[str], seconds: float, at: Callable[[int], None] | None) -> int:
    """The most memory of its solving processes until it ends, each at its highest."""
    highest: dict[int, int] = {}
    deadline = monotonic() + seconds + SLACK
    while process.poll() is None and monotonic() < deadline:
        for solver in solving(process.pid):
            highest[solver] = max(highest.get(solver, 0), _memory(solver))
        if highest and at is not None:
            at(process.pid)
            at = None
        sleep(LOOK)
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    _finished(process)
    return sum(highest.values())


def _finished(process: subprocess.Popen[str]) -> None:
    _output, errors = process.communicate()
    if process.returncode:
        raise Refused(errors.strip().splitlines()[-1] if errors.strip() else f"ended with {process.returncode}")


def _parent(status: Path) -> int:
    try:
        return int(status.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _is_solver(process: int) -> bool:
    try:
        return b"portfolio.planning.optimiser.child" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _memory(process: int) -> int:
    """The most bytes in memory that the process has had so far."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
