"""The page of measurements: one file, a section for each bench, each written without touching the others."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path("docs/benchmarks.md")
TITLE = "# Benchmarks"


def machine() -> str:
    """Where and when something was measured, and how busy the machine was meanwhile."""
    load = f"{os.getloadavg()[2]:.0f} processes waiting for the machine on average"
    return f"{datetime.now(UTC).date()}, {_processor()}, Python {platform.python_version()}, {load}"


def write_section(page: Path, heading: str, text: str) -> None:
    """Put a section (a heading of the second level and what stands below it) in place of the one of this heading."""
    _, *sections = ("\n" + page.read_text(encoding="utf-8")).split("\n## ") if page.exists() else [""]
    texts = {section.partition("\n")[0]: section.partition("\n")[2].strip() for section in sections}
    texts[heading] = text.strip()
    body = "\n\n".join(f"## {each}\n\n{found}" for each, found in texts.items())
    page.write_text(f"{TITLE}\n\n{body}\n", encoding="utf-8")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    name = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores ({name})"
