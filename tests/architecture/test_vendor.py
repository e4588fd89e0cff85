"""The committed browser assets are the ones the manifest names, untouched and complete."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("static/vendor", "tests/vendor")


def entries() -> list[dict[str, str]]:
    return [entry for folder in FOLDERS for entry in json.loads((ROOT / folder / "MANIFEST.json").read_text())["files"]]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["path"])
def test_vendored_file_is_unchanged(entry: dict[str, str]) -> None:
    digest = hashlib.sha384((ROOT / entry["path"]).read_bytes()).digest()

    assert entry["integrity"] == f"sha384-{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_missing_from_the_manifest(folder: str) -> None:
    present = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}

    assert present - {f"{folder}/MANIFEST.json"} == {e["path"] for e in entries() if e["path"].startswith(folder)}


def test_every_vendored_package_brings_its_licence() -> None:
    folders = {Path(entry["path"]).parts[2] for entry in entries()}
    licensed = {Path(e["path"]).parts[2] for e in entries() if Path(e["path"]).stem in {"LICENSE", "OFL"}}

    assert licensed == folders


def test_versions_are_those_of_package_json() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]

    assert {entry["package"] for entry in entries()} == {f"{name}@{version}" for name, version in wanted.items()}


def test_no_registry_address_is_committed() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
