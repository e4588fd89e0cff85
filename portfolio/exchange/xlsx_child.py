"""The process that parses one workbook: the file on standard input, JSON lines on standard output.

The first line says how many sheets are left aside, each further one is a row; a line with a defect
may take the place of any of them and is the last. A process that ends otherwise ran into a limit.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import IO, Any

from portfolio.exchange.limits import PARSER_CPU_SECONDS, PARSER_MEMORY_BYTES, PARSER_OUTPUT_BYTES
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.table import within_limits
from portfolio.exchange.xlsx_archive import check_archive


class Output:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._written = 0

    def send(self, **message: Any) -> None:
        line = json.dumps(message, ensure_ascii=False).encode() + b"\n"
        self._written += len(line)
        # A long text that a thousand cells share is small in the file and large here.
        if self._written > PARSER_OUTPUT_BYTES:
            raise NotATable(Defect.TOO_LARGE, message.get("line"))
        self._stream.write(line)

    def send_defect(self, reason: Defect, line: int | None) -> None:
        self._stream.write(json.dumps({"defect": reason, "line": line}).encode() + b"\n")


def limit_resources() -> None:
    limits = {
        resource.RLIMIT_CPU: PARSER_CPU_SECONDS,
        resource.RLIMIT_AS: PARSER_MEMORY_BYTES,
        resource.RLIMIT_FSIZE: 2 * PARSER_OUTPUT_BYTES,
        # A core dump would leave the contents of the file on the disk.
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in limits.items():
        allowed = resource.getrlimit(kind)[1]
        limit = value if allowed == resource.RLIM_INFINITY else min(value, allowed)
        resource.setrlimit(kind, (limit, limit))


def parse(source: IO[bytes], output: Output) -> None:
    check_archive(source)
    # Imported late: openpyxl loads numpy where it finds it, which costs more time and memory than
    # the whole parsing, and it shall be loaded under the limits.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    from portfolio.exchange.xlsx_sheet import open_first_sheet, sheet_rows

    sheet, other_sheets = open_first_sheet(source)
    output.send(other_sheets=other_sheets)
    for line, cells in within_limits(sheet_rows(sheet)):
        output.send(line=line, cells=cells)


def main() -> None:
    limit_resources()
    output = Output(sys.stdout.buffer)
    try:
        parse(sys.stdin.buffer, output)
    except NotATable as problem:
        output.send_defect(problem.reason, problem.line)
    except MemoryError:
        raise
    except Exception:
        # A malformed workbook makes the parser raise whatever comes its way.
        output.send_defect(Defect.BROKEN_WORKBOOK, None)


if __name__ == "__main__":
    main()
