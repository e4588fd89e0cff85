"""What a bench measures: how thorough it is, its lines, and the runs that several rows look at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

from portfolio.planning.formats import read_instance
from portfolio.planning.instance import Instance, Level
from tests.bench.planning.runs import Run, load, solve, with_handover


@dataclass(frozen=True)
class Chosen:
    """How thorough a bench is: runs of each thing, whether the long ones are left out, where public instances lie."""

    times: int = 3
    quick: bool = False
    public: Path | None = None


@dataclass(frozen=True)
class Measured:
    """A line of the table; `met` is None where there is nothing to hold it against."""

    what: str
    target: str
    measured: str
    met: bool | None


def at_most(what: str, ratio: float, limit: float) -> Measured:
    return Measured(what, f"≤ {100 * limit:g} %", percent(ratio), ratio <= limit)


def within(what: str, seconds: float, limit: float) -> Measured:
    return Measured(what, f"≤ {limit:g} s", f"{seconds:.2f} s", seconds <= limit)


def stated(what: str, measured: str) -> Measured:
    """For the reader to know; nothing is asked for."""
    return Measured(what, "–", measured, None)


def percent(ratio: float, digits: int = 3) -> str:
    return f"{100 * ratio:.{digits}f} %"


def middle(values: Iterable[float]) -> float:
    return median(list(values))


def gap_of(found: Sequence[Run]) -> float:
    return middle(run.gap for run in found)


def typical(found: Sequence[Run]) -> Run:
    """The run in the middle by value."""
    return sorted(found, key=lambda run: run.plan.value)[len(found) // 2]


def several(chosen: Chosen, instance: Instance, seconds: float, *words: object) -> list[Run]:
    return [solve(instance, seconds, *words) for _ in range(chosen.times)]


@cache
def whole(name: str, seconds: float, times: int) -> Sequence[Run]:
    """Runs for the most work by one person a need."""
    return several(Chosen(times), load(name), seconds)


@cache
def handed_over(name: str, seconds: float, times: int) -> Sequence[Run]:
    """Runs for the most work when persons may share a need and hand it over."""
    return several(Chosen(times), with_handover(load(name)), seconds)


def public(chosen: Chosen, level: Level) -> Iterator[Instance]:
    """Instances from elsewhere that ask for full coverage and then for this."""
    if chosen.public is not None:
        for path in sorted(chosen.public.glob("*.json")):
            text = path.read_text(encoding="utf-8")
            if "projektpool-instance" in text[:200]:
                problem = read_instance(text)
                if problem.goals.levels[:2] == (Level.COVERAGE, level):
                    yield replace(problem, name=path.stem)
