"""`python3 -m tests [check | long | pictures | pytest arguments]`: sets up the development environment on first use."""

import os
import sys

from app.bootstrap import ROOT, enter


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
    import pytest

    sys.exit(pytest.main(["--long", *arguments[1:]] if arguments[:1] == ["long"] else arguments))


if __name__ == "__main__":
    main()
