"""What every page must get right: HTML that parses without error, ids used once, a token in forms that post."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E

CONTAINERS = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "option": "select"}
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def faults(text: str, *, fragment: bool = False) -> list[str]:
    """One line for each fault, with the place in the source where the parser knows it."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parseFragment(text, container=_container(text)) if fragment else parser.parse(text)
    return [
        *_parse_errors(parser, text),
        *_repeated_ids(tree),
        *_labels_without_field(tree, fragment=fragment),
        *_forms_without_token(tree),
    ]


def _container(fragment: str) -> str:
    """Rows and cells are HTML only inside a table."""
    first = re.match(r"\s*<(\w+)", fragment)
    return CONTAINERS.get(first[1].lower() if first else "", "div")


def _parse_errors(parser: html5lib.HTMLParser, text: str) -> Iterator[str]:
    lines = text.splitlines()
    for (line, column), code, values in parser.errors:
        source = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        yield f"line {line}, column {column}: {E[code] % values}\n      {source[:160]}"


def _repeated_ids(tree: Element) -> Iterator[str]:
    counted = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    yield from (f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1)


def _labels_without_field(tree: Element, *, fragment: bool) -> Iterator[str]:
    """A fragment may label a field of the page around it."""
    ids = {element.get("id") for element in tree.iter()}
    for label in tree.iter(f"{NAMESPACE}label"):
        target = label.get("for")
        if not fragment and target is not None and target not in ids:
            yield f"label for {target!r}, but no field has this id"


def _forms_without_token(tree: Element) -> Iterator[str]:
    for form in tree.iter(f"{NAMESPACE}form"):
        names = {field.get("name") for field in form.iter(f"{NAMESPACE}input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"form that posts to {form.get('action', 'its own address')!r} has no csrf_token"
