"""`python3 -m tests [check | long | pictures | pytest arguments]`: sets up the development environment on first use."""

import os
import subprocess
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

    if set(arguments) - {"--long"}:
        sys.exit(pytest.main(arguments))
    status = pytest.main([*arguments, *in_parallel()])
    if status == pytest.ExitCode.TESTS_FAILED:
        # A fault fails alone as well; what only a busy machine made too late does not, and is named above.
        print("What failed beside others is tried once more alone.")
        again = ["--last-failed", "--last-failed-no-failures=none", "--maxfail=1"]
        status = subprocess.run([sys.executable, "-m", "pytest", *arguments, *again], check=False).returncode
    sys.exit(status)


def in_parallel() -> list[str]:
    """The options with which every core takes its share of the tests.

    What workers would otherwise install at the same time, each for itself, is installed first.
    """
    from . import nginx, node, redis_server
    from .browser.chromium import chromium

    node.modules()
    redis_server.find_or_install()
    nginx.find_or_install()
    with chromium():
        # In the order in which they were collected: whoever is free takes the next ones.
        # Twice as many as cores: each waits for its browser or server for much of its time.
        return [f"--numprocesses={min(2 * (os.cpu_count() or 1), MOST)}", "--dist=load"]


if __name__ == "__main__":
    main()
