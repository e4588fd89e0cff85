#!/bin/sh
# Prints the interpreter to build .venv with: the one already there, else the newest suitable one on PATH.
set -u
for candidate in .venv/bin/python python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
done
echo "Projektpool needs Python 3.11 or newer: install it, or name one with make PYTHON=/path/to/python3." >&2
exit 1
