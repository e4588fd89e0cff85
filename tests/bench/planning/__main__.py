"""`make bench-planning`: the targets of the optimiser, measured with `flask plan solve` on this machine.

Each thing is done three times and the table shows the median. Every plan is held against the rules by `flask plan
check`, which shares no code with the optimiser; a plan that breaks one fails its row. Instances S1, M1 and L1 are in
the repository, public ones are read from a directory. TaskJuggler is measured beside it where `tj3` is installed.
"""

import argparse
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from tests.bench.planning import taskjuggler
from tests.bench.planning.runs import Refused
from tests.bench.planning.targets import ROWS, Chosen, Measured
from tests.bench.report import machine, table, write_section

HEADING = "Staffing plans"
HEAD = """Written by `make bench-planning ARGS="--write docs/benchmarks.md"`: {machine}, HiGHS {highs},
{beside}. {times} with two workers; each plan was held against the rules by `flask plan check`. Seconds are
those of the whole command, start and explanations included, unless it says otherwise. S1: 25 persons, 40 needs,
26 weeks; M1: 120, 250, 52; L1: 500, 1,000, 104. *load* is how many processes waited for the machine while a row was
measured: where it is above the number of cores, the row says less than it could."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-planning", description=__doc__)
    rows = ", ".join(f"{number} {row.title}" for number, row in ROWS.items())
    parser.add_argument("--only", type=_numbers, default=tuple(ROWS), help=f"rows to measure, as in 2,3: {rows}")
    parser.add_argument("--quick", action="store_true", help="each thing once, without the longest runs")
    public = "directory of public instances; BENCH_INSTANCES unless given"
    parser.add_argument("--public", type=Path, default=os.environ.get("BENCH_INSTANCES"), help=public)
    parser.add_argument("--write", type=Path, help="page whose table is replaced by the rows measured")
    asked = parser.parse_args()
    chosen = Chosen(1 if asked.quick else 3, asked.quick, Path(asked.public) if asked.public else None)
    print(_announcement(asked.only, chosen), flush=True)
    lines = [line for number in asked.only for line in _measured(number, chosen)]
    if asked.write:
        write_section(asked.write, HEADING, f"{_head(chosen)}\n\n{_table(lines)}")


def _announcement(numbers: tuple[int, ...], chosen: Chosen) -> str:
    minutes = -(-sum(ROWS[number].seconds_of(chosen) for number in numbers) // 60)
    public = "; the public instances come on top" if chosen.public else ""
    return f"{_runs(chosen)}: about {minutes} min on an idle machine with two cores{public}."


def _runs(chosen: Chosen) -> str:
    return "Each thing once (--quick)" if chosen.quick else f"Medians of {chosen.times} runs"


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(","))
    if unknown := set(numbers) - set(ROWS):
        raise argparse.ArgumentTypeError(f"no such row: {min(unknown)}")
    return numbers


def _measured(number: int, chosen: Chosen) -> Iterator[tuple[str, ...]]:
    """The lines of a row, printed on the way."""
    row = ROWS[number]
    print(f"\n{number} {row.title}", flush=True)
    begun = monotonic()
    for found in _going_on(row.lines(chosen)):
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
    other = taskjuggler.version()
    beside = f"TaskJuggler {other}" if other else "no TaskJuggler"
    return HEAD.format(machine=machine(), highs=version("highspy"), beside=beside, times=_runs(chosen))


if __name__ == "__main__":
    main()
