# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]==4.68.0", "brotli==1.2.1"]
# ///
"""Fetch the pinned browser assets of package.json and keep the few files the pages need.

Needs node on a developer's machine; a server only ever sees the committed result. Run `uv run scripts/vendor.py`.
"""

import base64
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset as subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
STATIC = "static/vendor"
TESTS = "tests/vendor"
MANIFEST = "MANIFEST.json"

# Latin, Latin-1, Latin Extended-A (names from neighbouring countries), ẞ, punctuation, currency, arrows, signs.
UNICODES = (
    "U+0020-007E,U+00A0-017F,U+1E9E,U+2010-2027,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,"
    "U+2190-2193,U+2196-2199,U+2212,U+2248,U+2260,U+2264-2265"
)
# Fira is a reserved font name: a subset is a modified version and has to be called something else.
FONT_FAMILY = "Projektpool Sans"


@dataclass(frozen=True, slots=True)
class Asset:
    """Files of one npm package, `(path in the package, name here)`, and where they go."""

    package: str
    licence: str
    files: tuple[tuple[str, str], ...]
    folder: str = STATIC


ASSETS = (
    Asset("@kern-ux/native", "EUPL-1.2", (("dist/kern.min.css", "kern.min.css"), ("LICENSE.md", "LICENSE.md"))),
    Asset("htmx.org", "0BSD", (("dist/htmx.min.js", "htmx.min.js"), ("LICENSE", "LICENSE"))),
    Asset(
        "plotly.js-cartesian-dist-min",
        "MIT",
        (("plotly-cartesian.min.js", "plotly-cartesian.min.js"), ("LICENSE", "LICENSE")),
    ),
    Asset(
        "plotly.js",
        "MIT",
        (
            ("dist/plotly.css", "plotly.css"),
            ("dist/plotly-locale-de.js", "plotly-locale-de.js"),
            ("LICENSE", "LICENSE"),
        ),
    ),
    Asset(
        "axe-core",
        "MPL-2.0",
        (
            ("axe.min.js", "axe.min.js"),
            ("locales/de.json", "locales/de.json"),
            ("LICENSE", "LICENSE"),
            ("LICENSE-3RD-PARTY.txt", "LICENSE-3RD-PARTY.txt"),
        ),
        TESTS,
    ),
)
FONT_SOURCE = "@kern-ux/native"
FONTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}


def main() -> int:
    versions = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    manifests: dict[str, list[dict[str, str]]] = {STATIC: [], TESTS: []}
    with tempfile.TemporaryDirectory() as folder:
        for asset in ASSETS:
            version = versions[asset.package]
            archive = fetch(asset.package, version, Path(folder))
            verify(archive, locked[f"node_modules/{asset.package}"]["integrity"])
            target = f"{asset.folder}/{short_name(asset.package)}-{version}"
            for source, name in asset.files:
                data = member(archive, source)
                manifests[asset.folder] += store(data, f"{target}/{name}", f"{asset.package}@{version}", asset.licence)
            if asset.package == FONT_SOURCE:
                manifests[STATIC] += fonts(archive, version)
    for folder_name, entries in manifests.items():
        text = json.dumps({"files": sorted(entries, key=lambda entry: entry["path"])}, indent=2) + "\n"
        (ROOT / folder_name / MANIFEST).write_text(text)
    return 0


def short_name(package: str) -> str:
    return package.removeprefix("@").replace("/", "-")


def fetch(package: str, version: str, folder: Path) -> Path:
    """Download one package; always with its version, an unversioned name may give any."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package}@{version}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return folder / done.stdout.strip().splitlines()[-1]


def verify(archive: Path, integrity: str) -> None:
    algorithm, _, expected = integrity.partition("-")
    digest = hashlib.new(algorithm, archive.read_bytes()).digest()
    if base64.b64encode(digest).decode() != expected:
        raise SystemExit(f"{archive.name} does not match the integrity in package-lock.json")


def member(archive: Path, path: str) -> bytes:
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{path}")
        if file is None:
            raise SystemExit(f"{path} is missing in {archive.name}")
        return file.read()


def store(data: bytes, path: str, source: str, licence: str) -> list[dict[str, str]]:
    """Write one file, a script or style sheet for pages also compressed, and return the lines of the manifest."""
    contents = {path: data}
    if path.startswith(STATIC) and path.endswith((".css", ".js")):
        contents[f"{path}.gz"] = gzip.compress(data, compresslevel=9, mtime=0)
    return [
        {"path": name, "package": source, "licence": licence, "integrity": write(ROOT / name, content)}
        for name, content in contents.items()
    ]


def write(target: Path, data: bytes) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return f"sha384-{base64.b64encode(hashlib.sha384(data).digest()).decode()}"


def fonts(archive: Path, version: str) -> list[dict[str, str]]:
    """Subset the cuts the pages use: a whole cut weighs 150 KB, a Latin one a sixth of it."""
    target, source = f"{STATIC}/fira-sans-{version}", f"{FONT_SOURCE}@{version}"
    entries = store((ROOT / "scripts/OFL.txt").read_bytes(), f"{target}/OFL.txt", source, "OFL-1.1")
    for cut, weight in FONTS.items():
        data = subset(member(archive, f"dist/fonts/fira-sans/FiraSans-{cut}.woff2"), cut)
        entries += store(data, f"{target}/latin-{weight}.woff2", source, "OFL-1.1")
    return entries


def subset(font: bytes, cut: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.woff2", Path(folder) / "after.woff2"
        before.write_bytes(font)
        subsetter.main(
            [
                str(before),
                f"--output-file={after}",
                f"--unicodes={UNICODES}",
                "--layout-features=kern,liga,ccmp,locl,mark,tnum,lnum,case",
                "--name-IDs=0,1,2,3,4,5,6,7,13,14",
                "--flavor=woff2",
            ]
        )
        with TTFont(after, recalcTimestamp=False) as result:
            rename(result, cut)
            result.save(after)
        return after.read_bytes()


def rename(font: TTFont, cut: str) -> None:
    names = {
        1: FONT_FAMILY,
        3: f"{FONT_FAMILY} {cut}",
        4: f"{FONT_FAMILY} {cut}",
        6: f"ProjektpoolSans-{cut}",
    }
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


if __name__ == "__main__":
    sys.exit(main())
