#!/bin/sh
# Pins every package with its hashes for all supported Pythons and platforms.
set -eu
compile() {
    uv pip compile --universal --generate-hashes --python-version 3.11 --quiet "$1" --output-file "$2"
}
compile requirements.in requirements.txt
compile requirements-dev.in requirements-dev.txt
compile scripts/uv.in scripts/uv.txt
