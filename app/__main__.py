"""`python3 -m app`: sets up on first use, then serves. Older Pythons must be able to read this file."""

import os
import signal
import sys

from .bootstrap import ROOT, enter, repair

LOCK, ENVIRONMENT = ROOT / "requirements.lock", ROOT / ".venv"


def main() -> None:
    """Run until told to stop. Exits with 2 on a wrong setting and 1 where the server cannot start."""
    from dataclasses import replace

    from .errors import SettingsError, StepgradError
    from .settings import Settings

    try:
        settings = Settings.read(sys.argv[1:], os.environ)
        if LOCK.is_file():  # else it is installed, by someone who sees to what it needs
            enter(LOCK, ENVIRONMENT)
        _stop_without_complaint()
        try:
            from .logs import write_log
            from .main import create_app, let_go
            from .serve import listen, run
        except ImportError as error:
            repair(LOCK, ENVIRONMENT, error)
        write_log(settings)
        bound = listen(settings)
        settings = replace(settings, port=bound.getsockname()[1])
        app = create_app(settings)
        run(app, bound, settings, lambda: let_go(app), lambda: app.state.invitation)
    except StepgradError as error:
        print(f"{error.message} {error.hint}".strip(), file=sys.stderr)
        sys.exit(2 if isinstance(error, SettingsError) else 1)


def _stop_without_complaint() -> None:
    """Being told to stop is a normal end: exit 0. The server sends these signals again once it has stopped."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))


if __name__ == "__main__":
    main()
