"""House rules that no linter knows. Each test lists every place that breaks its rule."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import source
from tests.support.source import expect_none

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50
COMMITTING = ("routes", "cli", "api", "jobs")
SOLVERS = {"highspy", "numpy"}


def test_commit_stands_at_the_edge_only() -> None:
    faults = [
        f"{path}:{line}"
        for path in source.portfolio()
        if not source.is_layer(path, *COMMITTING)
        for line, name in source.calls(source.tree(path))
        if name.endswith("session.commit")
    ]
    expect_none(faults)


def test_get_routes_do_not_commit() -> None:
    faults = [
        f"{path}:{function.lineno} {function.name}"
        for path in source.portfolio()
        if source.is_layer(path, "routes")
        for function in source.functions(source.tree(path))
        if _answers_get_only(function)
        if any(name.endswith(".commit") for _line, name in source.calls(function))
    ]
    expect_none(faults)


def _answers_get_only(function: ast.FunctionDef) -> bool:
    decorators = [source.dotted(decorator) for decorator in function.decorator_list]
    return any(name.endswith(".get()") for name in decorators) and "writes_access_log" not in decorators


def test_routes_load_through_named_queries() -> None:
    bypasses = ("select", "db.select", "db.session.get", "db.session.query", "db.get_or_404")
    faults = [
        f"{path}:{line} {name}"
        for path in source.portfolio()
        if source.is_layer(path, "routes")
        for line, name in source.calls(source.tree(path))
        if name in bypasses
    ]
    expect_none(faults)


def test_services_speak_no_german() -> None:
    """They raise typed facts; the sentence is chosen at the edge."""
    faults = [
        f"{path}:{line} {words!r}"
        for path in source.portfolio()
        if source.is_layer(path, "services")
        for line, words in _texts(source.tree(path))
        if re.search("[äöüÄÖÜß]", words)
    ]
    faults += [
        f"{path}:{line} gettext"
        for path in source.portfolio()
        if source.is_layer(path, "services")
        for line, name in source.calls(source.tree(path))
        if name in ("_", "_l", "gettext", "ngettext", "lazy_gettext")
    ]
    expect_none(faults)


def _texts(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The text constants that are no docstrings."""
    bare = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_imports_inside_functions_give_their_reason() -> None:
    faults = [
        f"{path}:{node.lineno}"
        for path in source.files(".py")
        for function in source.functions(source.tree(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _has_reason(path, node.lineno)
    ]
    expect_none(faults)


def _has_reason(path: Path, line: int) -> bool:
    """A comment on the line or in one of the three above it."""
    return any(re.search("# (?!type:|noqa)", text) for text in source.text(path).splitlines()[line - 4 : line])


def test_planning_needs_the_standard_library_only() -> None:
    faults = [
        f"{path}:{line} {module}"
        for path in source.portfolio()
        if path.parts[1] == "planning"
        for line, module in _imports(source.tree(path))
        if not _planning_may_import(path, module)
    ]
    expect_none(faults)


def _imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _planning_may_import(path: Path, module: str) -> bool:
    top = module.partition(".")[0]
    solver = path.parts[2] == "optimiser" and top in SOLVERS
    return top in sys.stdlib_module_names or module.startswith("portfolio.planning") or solver


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_no_file_is_too_long(suffix: str) -> None:
    lengths = {path: source.text(path).count("\n") for path in source.files(suffix)}
    expect_none(f"{path}: {lines} lines" for path, lines in lengths.items() if lines > MOST_LINES)


def test_functions_fit_on_a_screen() -> None:
    faults = [
        f"{path}:{function.lineno} {function.name}: {function.end_lineno - function.lineno + 1} lines"
        for path in source.portfolio()
        for function in source.functions(source.tree(path))
        if function.end_lineno and function.end_lineno - function.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    expect_none(faults)


IN_TEMPLATES = {
    r"\sstyle\s*=": "inline style",
    r"<style\b": "style element",
    r"\son[a-z]+\s*=\s*[\"']": "inline event handler",
    r"<script\b(?![^>]*(?:\bsrc=|type=\"application/json\"))": "inline script",
    r"javascript:": "javascript: address",
    r"(?:src|href|action)=[\"'](?:https?:)?//": "foreign address",
}


@pytest.mark.parametrize("pattern", IN_TEMPLATES, ids=IN_TEMPLATES.values())
def test_templates_hold_nothing_the_content_policy_blocks(pattern: str) -> None:
    faults = [
        f"{path}:{number} {line.strip()}"
        for path in source.files(".html")
        for number, line in enumerate(source.text(path).splitlines(), start=1)
        if path.parts[0] == "templates" and re.search(pattern, line)
    ]
    expect_none(faults)


def test_templates_are_pages_components_or_fragments() -> None:
    """A page extends base.html; macros live in components/; a fragment's name begins with an underscore."""
    faults = [
        str(path)
        for path in source.files(".html")
        if path.parts[0] == "templates"
        if path.name != "base.html" and "components" not in path.parts and not path.name.startswith("_")
        if not re.search(r"{%-?\s*extends\s", source.text(path))
    ]
    expect_none(faults)


def test_tests_neither_sleep_nor_mock() -> None:
    faults = [
        f"{path}:{line} {name}"
        for path in source.files(".py")
        if path.name.startswith("test_")
        for line, name in [*source.calls(source.tree(path)), *_imports(source.tree(path))]
        if name in ("time.sleep", "sleep", "unittest.mock", "mock", "MagicMock")
    ]
    expect_none(faults)
