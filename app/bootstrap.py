"""Starts Stepgrad where there is nothing but Python; uses the standard library alone.

On first use an environment is made from a lock of hash-pinned wheels; then this process becomes one inside it.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

OLDEST_PYTHON = (3, 11)

# Older Pythons can read this file down to its end (no newer syntax here, please), so they get a sentence.
if sys.version_info < OLDEST_PYTHON:
    _newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    sys.exit(
        f"Stepgrad needs Python 3.11 or newer; {sys.executable} is Python {sys.version.split()[0]}. "
        + (f"This machine has a newer one: use {_newer[0]}." if _newer else "Please install a newer one.")
    )

from collections.abc import Callable, Iterator  # noqa: E402
from importlib import metadata  # noqa: E402
from typing import NoReturn  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
STAMP = "made-from.sha256"
JUST_BUILT = "STEPGRAD_JUST_BUILT"
WHEELS_ONLY = ("--require-hashes", "--only-binary", ":all:", "--no-deps", "--quiet", "--retries", "3")


def enter(lock: Path, environment: Path) -> None:
    """Return in a process that has every package of `lock`, in `environment` if not already here.

    Exits with one sentence where that is not possible.
    """
    lacking = missing(lock)
    if not lacking:
        return
    if JUST_BUILT in os.environ:
        sys.exit(f"{environment} was made just now and still lacks {', '.join(lacking)}. Delete it and try again.")
    _move_in(lock, environment, is_broken=lambda: _is_inside(environment) and bool(missing(lock)))


def repair(lock: Path, environment: Path, error: ImportError) -> NoReturn:
    """Make `environment` anew after `error`: its records are complete, yet something in it cannot be imported."""
    if not _is_inside(environment) or JUST_BUILT in os.environ:
        sys.exit(f"A package in {sys.prefix} is damaged ({error}). Reinstall it, or leave this environment.")
    _move_in(lock, environment, is_broken=lambda: True)


def _move_in(lock: Path, environment: Path, is_broken: Callable[[], bool]) -> NoReturn:
    try:
        if not _is_current(environment, lock) or is_broken():
            with _alone(environment) as held:
                # Another starter may have made it while this one waited.
                if not _is_current(environment, lock) or is_broken():
                    _build(lock, environment, held)
        _become(environment)
    except OSError as error:
        sys.exit(f"Could not set up {environment}: {error}.")
    except KeyboardInterrupt:
        sys.exit("Stopped while setting up; the next start does it again.")


def missing(lock: Path) -> list[str]:
    """The packages of `lock` that this process lacks, or has only in an older version."""
    return [f"{name} {version}" for name, version in _locked(lock) if not _is_installed(name, version)]


def _locked(lock: Path) -> list[tuple[str, str]]:
    # A line with a marker (`; sys_platform == …`) is not needed everywhere, so it is not asked for.
    return re.findall(r"^([\w.-]+)==(\S+)(?= *\\?$)", lock.read_text(encoding="utf-8"), re.MULTILINE)


def _is_installed(name: str, version: str) -> bool:
    try:
        return _release(metadata.version(name)) >= _release(version)
    except metadata.PackageNotFoundError:
        return False


def _release(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version.split("+")[0])]


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _is_current(environment: Path, lock: Path) -> bool:
    stamp = environment / STAMP
    return _python(environment).exists() and stamp.exists() and stamp.read_text() == _digest(lock)


def _is_inside(environment: Path) -> bool:
    return Path(sys.prefix).resolve() == environment.resolve()


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@contextmanager
def _alone(environment: Path) -> Iterator[int]:
    """Hold the lock file beside `environment`; yields its descriptor."""
    with environment.with_name(environment.name + ".lock").open("a") as file:
        if not _try_lock(file.fileno()):
            print(f"Another start is setting up {environment.name}; waiting for it.", flush=True)
            while not _try_lock(file.fileno()):
                time.sleep(0.1)
        yield file.fileno()


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _build(lock: Path, environment: Path, held: int) -> None:
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        sys.exit(
            f"{sys.executable} cannot make an environment: its venv module is not installed. "
            "On Debian or Ubuntu: sudo apt install python3-venv"
        )
    print(f"Setting up {environment.name} (only this once, about a minute) ...", flush=True)
    (environment / STAMP).unlink(missing_ok=True)
    # Not `sys.executable`: that one may lie in the environment that is cleared here.
    base = getattr(sys, "_base_executable", sys.executable)
    _run([base, "-I", "-m", "venv", "--clear", str(environment)], held)
    _run([str(_python(environment)), "-I", "-m", "pip", "install", *WHEELS_ONLY, "--requirement", str(lock)], held)
    (environment / STAMP).write_text(_digest(lock))
    os.environ[JUST_BUILT] = "1"


def _run(command: list[str], held: int) -> None:
    quiet = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # Inheriting the lock keeps others out even where this process is killed and the installer is not.
    done = subprocess.run(
        command,
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        pass_fds=() if os.name == "nt" else (held,),
    )
    if done.returncode:
        sys.exit(explain_failure(done.stderr + done.stdout))


def explain_failure(output: str) -> str:
    """One sentence for what `venv` or pip printed when it failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = next((line for line in reversed(lines) if "error" in line.lower()), lines[-1] if lines else "no output")
    if re.search(r"Connection|Max retries|name resolution|ProxyError|timed out|SSLError|unreachable", output):
        return "Could not reach the package index. Is there a network, or a proxy to name in HTTPS_PROXY?"
    if "DO NOT MATCH THE HASHES" in output:
        return "A downloaded package does not have the hash that the lock names, so it was not installed. Try again."
    if "No matching distribution" in output:
        return f"There is no ready-made package for this Python ({sys.version.split()[0]}) and machine. ({last})"
    return f"Setting up failed: {last}"


def _become(environment: Path) -> NoReturn:
    """Replace this process by the same command under the environment's Python."""
    command = [str(_python(environment)), *sys.orig_argv[1:]]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    import signal

    # Ctrl+C reaches both; the child decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(command))
