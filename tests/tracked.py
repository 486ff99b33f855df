"""The files that a clone has, and the largest of those that people write."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from app.bootstrap import ROOT

BUDGET_LINES = 250
SHOWN = 10
OF_OTHERS = ("static/vendor/", "tests/reference/", "tests/js/package-lock.json")


def tracked() -> list[Path]:
    """Every file that a clone will have; in an unpacked archive, every source file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and not re.search(r"/\.|__pycache__", str(path))]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    """Its path from the repository's root, written the same on every system."""
    return path.relative_to(ROOT).as_posix()


def largest() -> str:
    """A budget, not a limit: each file above it is a place to ask whether it is two things."""
    sizes = sorted(
        (
            (len(path.read_text(encoding="utf-8").splitlines()), name(path))
            for path in tracked()
            if path.suffix in (".py", ".js", ".css", ".html") and not name(path).startswith(OF_OTHERS)
        ),
        reverse=True,
    )
    lines = [f"  {lines:4} {path}" for lines, path in sizes[:SHOWN]]
    return "\n".join([f"The {SHOWN} largest files (soft budget {BUDGET_LINES} lines):", *lines])
