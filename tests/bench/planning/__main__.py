"""`make bench-planning`: the targets of the optimiser, measured with `flask plan solve` on this machine.

Every plan is held against the rules by `flask plan check`, which shares no code with the optimiser; a plan that breaks
one ends the bench. Instances S1, M1 and L1 are in the repository, public ones are read from a directory.
"""

import argparse
import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from tests.bench.planning.runs import Refused
from tests.bench.planning.targets import ROWS, Chosen, Measured
from tests.bench.report import machine, table, write_section

HEADING = "Staffing plans"
HEAD = """Written by `make bench-planning ARGS="--write docs/benchmarks.md"`: {machine}, HiGHS {highs}. Medians of
{times} runs with two workers{quick}; each plan was held against the rules by `flask plan check`. Seconds are those of
the whole command, start and explanations included, unless it says otherwise. S1: 25 persons, 40 needs, 26 weeks;
M1: 120, 250, 52; L1: 500, 1,000, 104. *load* is how many processes waited for the machine while a row was measured:
where it is above the number of cores, the row says less than it could."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-planning", description=__doc__)
    parser.add_argument("--only", type=_numbers, default=tuple(ROWS), help="rows to measure: 2,3")
    parser.add_argument("--quick", action="store_true", help="each thing once, without the longest runs")
    parser.add_argument("--public", type=Path, default=os.environ.get("BENCH_INSTANCES"), help="where public ones lie")
    parser.add_argument("--write", type=Path, help="the page to write what was measured to")
    asked = parser.parse_args()
    chosen = Chosen(1 if asked.quick else 3, asked.quick, Path(asked.public) if asked.public else None)
    lines = [line for number in asked.only for line in _measured(number, chosen)]
    if asked.write:
        write_section(asked.write, HEADING, f"{_head(chosen)}\n\n{_table(lines)}\n\n{_beside()}")


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(","))
    if unknown := set(numbers) - set(ROWS):
        raise argparse.ArgumentTypeError(f"no such row: {min(unknown)}")
    return numbers


def _measured(number: int, chosen: Chosen) -> Iterator[tuple[str, ...]]:
    """The lines of a row, printed on the way."""
    title, row = ROWS[number]
    print(f"\n{number} {title}", flush=True)
    begun = monotonic()
    for found in _going_on(row(chosen)):
        line = (str(number), found.what, found.target, found.measured, _met(found), f"{os.getloadavg()[0]:.0f}")
        print("  " + " | ".join(line[1:]), flush=True)
        yield line
    print(f"  ({monotonic() - begun:.0f} s)", flush=True)


def _going_on(found: Iterator[Measured]) -> Iterator[Measured]:
    """What is measured until a command fails, and how it failed."""
    try:
        yield from found
    except Refused as refusal:
        yield Measured("the command", "a plan", f"failed: {refusal}", met=False)


def _met(found: Measured) -> str:
    return {True: "yes", False: "**no**", None: "–"}[found.met]


def _table(lines: list[tuple[str, ...]]) -> str:
    return table(("#", "what", "target", "measured", "met", "load"), lines)


def _head(chosen: Chosen) -> str:
    quick = ", the quick version" if chosen.quick else ""
    return HEAD.format(machine=machine(), highs=version("highspy"), times=chosen.times, quick=quick)


def _beside() -> str:
    """TaskJuggler plans something else, and is not on every machine."""
    if shutil.which("tj3") is None:
        return "TaskJuggler (`tj3`) is not on this machine and was not measured beside it."
    return ""


if __name__ == "__main__":
    main()
