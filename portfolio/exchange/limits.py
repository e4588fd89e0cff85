"""What a file may cost. The parent process and the one that parses workbooks keep the same limits."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 20_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200
# Rows times columns alone would allow 40 million cells, which no web process can hold.
MAX_CELLS: Final = 1_000_000
# Excel's own limit.
MAX_CELL_LENGTH: Final = 32_767
# One record of a CSV file in characters: far above any real one, and small enough to be held as a list.
MAX_RECORD_LENGTH: Final = 1_000_000

MAX_UNPACKED_BYTES: Final = 50_000_000
MAX_COMPRESSION_RATIO: Final = 100
MAX_ARCHIVE_MEMBERS: Final = 200

PARSER_CPU_SECONDS: Final = 3
# Generous, so that a busy machine does not refuse good files: the limit on CPU time ends the bad ones.
PARSER_WALL_SECONDS: Final = 15
PARSER_MEMORY_BYTES: Final = 512 * 1024 * 1024
PARSER_OUTPUT_BYTES: Final = MAX_FILE_BYTES

MAX_FINDINGS: Final = 10_000
