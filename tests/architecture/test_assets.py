"""Style sheets and scripts of our own: named by the page frame, and free of outside addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRAME = (ROOT / "templates/base.html").read_text()
OWN = sorted([*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").rglob("*.js")])


@pytest.mark.parametrize("folder", ["css", "js/modules"])
def test_page_frame_names_every_file_with_its_hash(folder: str) -> None:
    present = {path.stem for path in (ROOT / "static" / folder).iterdir()}

    assert {name for name in present if f'"{name}"' not in FRAME} == set()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_file_asks_another_host(path: Path) -> None:
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]+", path.read_text()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").rglob("*.js")), ids=lambda path: path.name)
def test_no_module_imports_a_file_whose_address_has_no_hash(path: Path) -> None:
    assert re.findall(r"""(?:from|import)\s*\(?\s*["'`]""", path.read_text()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda path: path.name)
def test_addresses_in_style_sheets_exist(path: Path) -> None:
    named = re.findall(r'url\("([^"]+)"\)', path.read_text())

    assert [name for name in named if not (path.parent / name).resolve().is_file()] == []


@pytest.mark.parametrize("name", re.findall(r"static_url\('([^'~]+\.[a-z0-9]+)'\)", FRAME))
def test_files_named_by_the_page_frame_exist(name: str) -> None:
    assert (ROOT / "static" / name).is_file()
