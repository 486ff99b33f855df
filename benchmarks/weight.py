"""What a server holds now: its memory and its open files, where the system tells."""

from __future__ import annotations

import re
from pathlib import Path


def memory(pid: int) -> list[float]:
    """Its memory in MB, or nothing where it cannot be known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return []
    return [int(found) / 1000 for found in re.findall(r"VmRSS:\s+(\d+) kB", status)]


def descriptors(pid: int) -> list[float]:
    """How many files and connections it has open, or nothing where that cannot be known."""
    try:
        return [float(sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()))]
    except OSError:
        return []
