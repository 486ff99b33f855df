"""`python3 -m tests check`: format, lint, types of both languages, and the hashes of vendored files."""

from __future__ import annotations

import subprocess
import sys

from app.bootstrap import ROOT

from . import node, vendor
from .tracked import largest


def check() -> int:
    """Run every check, even after one has failed; 0 where all hold."""
    python = [sys.executable, "-m"]
    failed = [
        *_failing("format", [*python, "ruff", "format", "--check", "."]),
        *_failing("lint", [*python, "ruff", "check", "."]),
        *_failing("types", [*python, "mypy"]),
        *_failing("JavaScript types", [*node.typescript(), "--project", str(ROOT)]),
        *vendor.problems(),
    ]
    print(largest())
    print("\n".join(["Not good:", *failed]) if failed else "All checks hold.", flush=True)
    return 1 if failed else 0


def _failing(title: str, command: list[str]) -> list[str]:
    print(f"== {title}", flush=True)
    return [title] if subprocess.run(command, cwd=ROOT, check=False).returncode else []
