"""Imports run one way: the shape of the code, as docs/architecture.md draws it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import ROOT

APP = ROOT / "app"

#: What each part of `app` may import from the others. `__init__` holds the version, which anyone may read.
MAY_IMPORT = {
    "errors": set[str](),
    "words": {"errors", "files"},
    "settings": {"errors", "values"},
    "values": {"errors"},
    "files": set[str](),
    "bootstrap": set[str](),
    "joining": {"settings"},
    "serve": {"connection", "errors", "settings", "joining"},
    "transport": set[str](),
    "protection": set[str](),
    "connection": {"protection", "transport"},
    "logs": {"settings"},
    "nn": {"errors"},
    "data": {"errors"},
    "steps": {"errors", "words", "nn"},
    "line": {"transport"},
    "redis": {"errors", "line"},
    "rates": {"errors", "redis"},
    "sessions": {"errors", "words", "redis", "nn", "steps", "data"},
    "classroom": {"errors", "rates", "redis", "steps", "sessions"},
    "export": {"errors", "words", "nn", "steps", "data"},
    "api": {
        *("errors", "settings", "words", "files", "joining", "protection", "rates", "redis"),
        *("nn", "steps", "data", "sessions", "classroom", "export"),
    },
    "main": {"errors", "settings", "values", "files", "rates", "redis", "sessions", "classroom", "api", "joining"},
    "python": {"api", "errors", "export", "nn", "sessions", "settings", "steps", "words"},
    "showing": {"main", "python", "serve", "sessions", "settings"},
    "__main__": {"errors", "settings", "bootstrap", "logs", "serve", "main"},
}
#: Which packages from elsewhere each part may use, besides the standard library.
MAY_USE = {
    "nn": {"numpy"},
    "data": {"numpy"},
    "steps": {"numpy"},
    "sessions": {"numpy", "pydantic"},
    "export": {"numpy"},
    "api": {"fastapi", "starlette", "pydantic", "pydantic_core", "jinja2", "numpy"},
    "joining": {"segno"},
    "main": {"fastapi", "starlette"},
    "serve": {"uvicorn", "starlette"},
    "connection": {"uvicorn", "h11"},
    "python": {"numpy"},
    "showing": {"uvicorn"},
    # An extra, which may be missing: what imports it is imported only where such a store is named.
    "line": {"hiredis", "redis"},
    "redis": {"hiredis", "redis"},
    "sessions/redis.py": {"redis"},
    "classroom/redis.py": {"pydantic"},
}


def imports(tree: ast.Module, path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import in the file; relative ones are made absolute."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join((*package[: len(package) - node.level + 1], *filter(None, [node.module])))
            yield from ((node.lineno, f"{base}.{name.name}") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, f"{node.module}"


def part_of(dotted: str) -> str:
    """`app.nn.plan` -> `nn`; `app` and `app.__version__` -> ``."""
    name = dotted.split(".")[1] if "." in dotted else ""
    return name if name in MAY_IMPORT else ""


def offences(path: Path, source: str) -> list[str]:
    """Every import that breaks a rule, as `file:line imports x`."""
    part = path.relative_to(APP).parts[0].removesuffix(".py")
    may_use = MAY_USE.get(part, set()) | MAY_USE.get(path.relative_to(APP).as_posix(), set())
    found = []
    for line, name in imports(ast.parse(source), path):
        top = name.split(".")[0]
        if top == "app":
            allowed = part_of(name) in ("", part) or part_of(name) in MAY_IMPORT.get(part, set())
        else:
            allowed = top in sys.stdlib_module_names or top in may_use
        if not allowed:
            found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    assert offences(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_inside_app_are_relative(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    absolute = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "app")
        or (isinstance(node, ast.Import) and any(name.name.split(".")[0] == "app" for name in node.names))
    ]
    assert absolute == []


def test_every_part_of_app_has_a_rule() -> None:
    parts = {path.name.removesuffix(".py") for path in APP.iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert parts - set(MAY_IMPORT) == set()


@pytest.mark.parametrize(
    ("file", "line", "offence"),
    [
        ("nn/plan.py", "from ..steps import tape", "app/nn/plan.py:1 imports app.steps.tape"),
        ("nn/plan.py", "from .. import steps", "app/nn/plan.py:1 imports app.steps"),
        ("nn/plan.py", "import fastapi", "app/nn/plan.py:1 imports fastapi"),
        ("steps/tape.py", "from ..api.wire import packed", "app/steps/tape.py:1 imports app.api.wire.packed"),
        ("api/pages.py", "from ..main import create_app", "app/api/pages.py:1 imports app.main.create_app"),
    ],
)
def test_a_wrong_import_is_named_with_its_line(file: str, line: str, offence: str) -> None:
    assert offences(APP / file, line) == [offence]
