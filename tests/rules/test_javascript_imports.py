"""The same for the page: geometry knows no DOM, drawing no state, panels neither the server nor each other."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from app.bootstrap import ROOT
from tests import vendor

JS = ROOT / "static" / "js"
FILES = sorted(JS.rglob("*.js"))
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|(?:^\s*import\s*|\bimport\()['"]([^'"]+)['"]""", re.M
)
#: What each folder, and each file beside main.js, may import; `vendor` is any vendored module.
MAY_IMPORT = {
    "number": set[str](),
    "types": set[str](),
    "wire": {"types"},
    "owner": set[str](),
    "api": {"types", "wire", "words", "owner"},
    "events": {"types", "wire"},
    "roomapi": {"types", "api"},
    "line": set[str](),
    "link": {"words"},
    "words": {"words", "vendor"},
    "net": {"net", "words", "number", "types"},
    "render": {"render", "net", "words", "number", "types", "vendor"},
    "ui": {"ui", "words", "number", "types", "vendor"},
    "export": {"export", "ui", "types"},
    "state": {"state", "net", "words", "number", "api", "roomapi", "events", "line", "link", "wire", "types", "vendor"},
    "views": {"views", "export", "ui", "render", "net", "state", "words", "number", "types", "vendor"},
    "main": {"views", "ui", "render", "net", "state", "number", "api", "events", "wire", "types", "vendor"},
}
DOM = re.compile(r"\b(document|window|localStorage|navigator|requestAnimationFrame|HTML\w*Element|SVG\w*Element)\b")
NETWORK = re.compile(r"\b(fetch|EventSource|XMLHttpRequest|WebSocket)\s*\(")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part(path: Path) -> str:
    return path.relative_to(JS).parts[0].removesuffix(".js")


def without_comments(source: str) -> str:
    """The same lines with comments blanked, so that prose may say `window` and types may say `HTMLElement`."""
    return re.sub(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", lambda found: re.sub(r"[^\n]", " ", found[0]), source, flags=re.S)


def line_of(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


def targets(path: Path, source: str) -> list[tuple[int, str]]:
    """(line, where it leads): a part of `static/js`, `vendor`, or the specifier itself where it leads nowhere."""
    specifiers = {specifier for module in vendor.modules() for specifier in module["imports"]}
    found = []
    for match in IMPORT.finditer(without_comments(source)):
        specifier = match[1] or match[2]
        if specifier in specifiers:
            target = "vendor"
        elif specifier.startswith("."):
            file = JS / posixpath.normpath(posixpath.join(path.parent.relative_to(JS).as_posix(), specifier))
            target = part(file) if file in FILES else specifier
        else:
            target = specifier
        found.append((line_of(source, match.start(1) if match[1] else match.start(2)), target))
    return found


def offences(path: Path, source: str) -> list[str]:
    """Every line of one file that breaks a rule."""
    here = part(path)
    found = [
        f"{name(path)}:{line} imports from {target}"
        for line, target in targets(path, source)
        if target not in MAY_IMPORT.get(here, set())
    ]
    banned = {"net": (DOM, NETWORK), "views": (NETWORK,), "ui": (NETWORK,), "render": (NETWORK,)}.get(here, ())
    code = without_comments(source)
    return found + [
        f"{name(path)}:{line_of(code, match.start())} uses {match[1]}"
        for pattern in banned
        for match in pattern.finditer(code)
    ]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    assert offences(path, path.read_text(encoding="utf-8")) == []


def test_only_the_view_that_lays_them_out_imports_views() -> None:
    """One of `views`, and one of each folder in it, which has the folder's name."""
    layouts: dict[Path, set[Path]] = {}
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        if part(path) == "views":
            for match in IMPORT.finditer(without_comments(source)):
                target = (path.parent / (match[1] or match[2])).resolve()
                if target in FILES and part(target) == "views":
                    layouts.setdefault(target.parent, set()).add(path)
    own = {folder: {folder.with_suffix(".js")} for folder in layouts if folder != JS / "views"}
    assert len(layouts.pop(JS / "views")) == 1
    assert layouts == {folder: own[folder] for folder in layouts}


@pytest.mark.parametrize(
    ("file", "source", "offence"),
    [
        ("net/layout.js", "// window\ndocument.body", "static/js/net/layout.js:2 uses document"),
        ("net/layout.js", "import { h } from 'preact';", "static/js/net/layout.js:1 imports from vendor"),
        ("views/network.js", "\nawait fetch('/api');", "static/js/views/network.js:2 uses fetch"),
        ("ui/math.js", "import x from 'https://x.org/x.js';", "static/js/ui/math.js:1 imports from https://x.org/x.js"),
    ],
)
def test_a_wrong_line_is_named(file: str, source: str, offence: str) -> None:
    assert offences(JS / file, source) == [offence]
