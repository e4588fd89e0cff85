"""The project's own source files, and what their syntax trees say; house rules ask here."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {"api", "charts", "cli", "forms", "jobs", "labels", "models", "queries", "routes", "services"}
_GENERATED = ("static/vendor/", "tests/vendor/", "translations/", "migrations/versions/")


@cache
def files(suffix: str) -> tuple[Path, ...]:
    """Files written by hand with this suffix, relative to the root."""
    folders = ("portfolio", "tests", "scripts", "migrations", "templates", "static")
    found = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    found += [path.relative_to(ROOT) for path in ROOT.glob(f"*{suffix}")]
    return tuple(sorted(path for path in found if not str(path).startswith(_GENERATED)))


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def portfolio() -> list[Path]:
    return [path for path in files(".py") if path.parts[0] == "portfolio"]


def is_layer(path: Path, *names: str) -> bool:
    """Whether the module belongs to one of these layers: routes.py, or a file in routes/, whatever it is called."""
    return next((part for part in path.with_suffix("").parts if part in LAYERS), None) in names


def calls(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each call below `node`: (12, "db.session.commit")."""
    for found in ast.walk(node):
        if isinstance(found, ast.Call):
            yield found.lineno, dotted(found.func)


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text; what is no plain name stands as "…"."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return node.id if isinstance(node, ast.Name) else "…"


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def expect_none(faults: Iterable[str]) -> None:
    """Fail with one line for each fault."""
    found = list(faults)
    assert not found, "\n".join(["", *found])
