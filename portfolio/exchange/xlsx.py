"""XLSX, parsed in a process of its own.

A small workbook can keep a parser busy for minutes or fill the memory. So the parsing is done by a
child with limits, which knows neither the configuration nor the database; here arrive plain texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from portfolio.exchange.limits import PARSER_WALL_SECONDS
from portfolio.exchange.problems import Defect, NotATable
from portfolio.exchange.table import RawRow, Table, build_table

_ROOT: Final = Path(__file__).resolve().parents[2]
_COMMAND: Final = (sys.executable, "-s", "-E", "-m", "portfolio.exchange.xlsx_child")


def read_workbook(data: bytes) -> tuple[Table, int]:
    """The first visible sheet, and how many further sheets were left aside."""
    with TemporaryFile() as source, TemporaryFile() as result:
        source.write(data)
        source.seek(0)
        _parse(source, result)
        result.seek(0)
        messages = _messages(result)
        other_sheets = int(next(messages)["other_sheets"])
        return build_table(_rows(messages)), other_sheets


def _parse(source: IO[bytes], result: IO[bytes]) -> None:
    try:
        subprocess.run(  # noqa: S603 (a fixed command; the file is its input, no part of it)
            _COMMAND,
            stdin=source,
            stdout=result,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={},
            timeout=PARSER_WALL_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotATable(Defect.TOO_COSTLY) from error


def _messages(result: IO[bytes]) -> Iterator[Any]:
    for line in result:
        message = json.loads(line)
        if "defect" in message:
            raise NotATable(Defect(message["defect"]), message["line"])
        yield message


def _rows(messages: Iterator[Any]) -> Iterator[RawRow]:
    for message in messages:
        yield message["line"], message["cells"]
