"""Programs that tests need beside Python's own: found on this machine or installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def find_or_install(package: str, *names: str) -> str:
    """The path of a program by one of its names; empty where it is absent and cannot be installed.

    Args:
        package: Debian's, which has it.
    """
    if not _find(names) and shutil.which("apt-get") and sys.platform == "linux" and os.geteuid() == 0:
        print(f"Installing {package} for the tests (only this once) ...", flush=True)
        # Of runlevel 1: no service is to be started.
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return _find(names)


def _find(names: tuple[str, ...]) -> str:
    return next((path for path in map(shutil.which, names) if path), "")
