"""`python3 -m tests [check | long | pictures | pytest arguments]`: sets up the development environment on first use."""

import os
import sys

from app.bootstrap import ROOT, enter

MOST = 8
"""Workers, each with a server and a browser of its own."""


def main() -> None:
    """Exit with 0 where everything holds."""
    enter(ROOT / "requirements-dev.lock", ROOT / ".venv-dev")
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    if arguments[:1] == ["check"]:
        from .check import check

        sys.exit(check())
    if arguments[:1] == ["pictures"]:
        from .pictures import pictures

        sys.exit(pictures())
    if arguments[:1] == ["long"]:
        arguments[0] = "--long"
    import pytest

    sys.exit(pytest.main([*arguments, *(() if set(arguments) - {"--long"} else in_parallel())]))


def in_parallel() -> list[str]:
    """The options with which every core takes its share of the tests.

    What workers would otherwise install at the same time, each for itself, is installed first.
    """
    from . import node
    from .browser.chromium import chromium
    from .redis_server import find_or_install

    node.modules()
    find_or_install()
    with chromium():
        # In the order in which they were collected: whoever is free takes the next ones.
        # One worker more than cores: each waits for its browser or server for much of its time.
        return [f"--numprocesses={min((os.cpu_count() or 1) + 1, MOST)}", "--dist=load"]


if __name__ == "__main__":
    main()
