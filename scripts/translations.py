"""The English catalogue: `update` brings it up to date with the source, `check` demands that it is complete,
`compile` makes the binary catalogues that the program reads (they are not committed).

The .po carries no line numbers and is sorted, so that it changes only where a text does.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("portfolio/**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
HEADER = {
    "project": "Projektpool",
    "version": "1",
    "msgid_bugs_address": "projektpool@example.org",
    "last_translator": "Projektpool",
    "language_team": "English",
}
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}


def extract() -> Catalog:
    """The German texts of Python source and templates."""
    template = Catalog(project="Projektpool")
    found = extract_from_dir(str(ROOT), METHODS, OPTIONS, KEYWORDS, directory_filter=_own_directory)
    for _name, _line, message, _comments, context in found:
        template.add(message, context=context)
    return template


def _own_directory(path: str) -> bool:
    parts = Path(path).relative_to(ROOT).parts
    return not parts or parts[0] in ("portfolio", "templates")


def english() -> Catalog:
    if not ENGLISH.exists():
        begun = datetime(2026, 11, 23, tzinfo=UTC)
        return Catalog("en", creation_date=begun, revision_date=begun, fuzzy=False, **HEADER)
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    catalog = english()
    catalog.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment = "# English texts of Projektpool; the German ones in the source lead."
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    print(f"{ENGLISH.relative_to(ROOT)}: {len(catalog)} texts, {len(list(_missing(catalog)))} not translated")
    return 0


def check() -> int:
    source, catalog = extract(), english()
    wanted = {_key(message) for message in source if message.id}
    known = {_key(message) for message in catalog if message.id}
    faults = [f"not in the catalogue: {text!r}" for text, _context in sorted(wanted - known, key=repr)]
    faults += [f"no longer in the source: {text!r}" for text, _context in sorted(known - wanted, key=repr)]
    faults += list(_missing(catalog))
    faults += [f"{error}: {message.id!r}" for message, errors in catalog.check() for error in errors]
    faults += list(_other_placeholders(catalog))
    for fault in faults:
        print(f"translations: {fault}", file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults; `make translate` adds what is missing.", file=sys.stderr)
    return 1 if faults else 0


def _key(message: object) -> tuple[str, str | None]:
    text = message.id[0] if isinstance(message.id, tuple) else message.id  # type: ignore[attr-defined]
    return text, message.context  # type: ignore[attr-defined]


def _missing(catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            yield f"not translated: {message.id!r}"
        elif message.id and message.fuzzy:
            yield f"fuzzy: {message.id!r}"


def _other_placeholders(catalog: Catalog) -> Iterator[str]:
    """A plural may leave out its number ("eine Woche"), any other text holds what the German one holds."""
    for message in catalog:
        texts = (message.id, message.string)
        if all(texts) and all(isinstance(text, str) for text in texts):
            german, english = (set(PLACEHOLDER.findall(text)) for text in texts)
            if german != english:
                yield f"other placeholders than in: {message.id!r}"


def compile_all() -> int:
    """Write each .mo whose .po is newer, in one step, so that a running server never reads half a file."""
    for source in ROOT.glob("translations/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            write_mo(draft, catalog)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(target)
    return 0


if __name__ == "__main__":
    actions = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        sys.exit(f"usage: translations.py {'|'.join(actions)}")
    sys.exit(actions[sys.argv[1]]())
