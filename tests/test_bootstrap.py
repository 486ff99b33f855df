"""Bootstrap decides from the lock and the stamp; where it cannot go on, it says why in one sentence."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import ROOT

LOCK = ROOT / "requirements.lock"


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock of one package that nobody has."""
    monkeypatch.delenv(bootstrap.JUST_BUILT, raising=False)  # there in the very first run of the tests
    path = tmp_path / "some.lock"
    path.write_text("no-such-package==1.2.3 \\\n    --hash=sha256:00\n", encoding="utf-8")
    return path


def started(code: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)


def test_these_tests_run_where_the_lock_holds() -> None:
    assert bootstrap.missing(LOCK) == []


def test_every_package_of_the_lock_is_looked_at() -> None:
    assert len(bootstrap._locked(LOCK)) == LOCK.read_text(encoding="utf-8").count("==")


def test_a_package_that_is_not_there_or_too_old_is_missing(tmp_path: Path) -> None:
    installed = metadata.version("numpy")
    lock = tmp_path / "some.lock"
    lock.write_text(f"no-such-package==1.2.3 \\\n    --hash=sha256:00\nnumpy=={installed}.1\nnumpy=={installed}\n")
    assert bootstrap.missing(lock) == ["no-such-package 1.2.3", f"numpy {installed}.1"]


def test_a_package_with_a_marker_is_not_asked_for(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("no-such-package==1.2.3 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert bootstrap.missing(lock) == []


def test_an_environment_is_current_only_with_the_stamp_of_this_lock(lock: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    python = bootstrap._python(environment)
    python.parent.mkdir(parents=True)
    python.touch()
    assert not bootstrap._is_current(environment, lock), "an interrupted set-up leaves no stamp"
    (environment / bootstrap.STAMP).write_text(hashlib.sha256(lock.read_bytes()).hexdigest())
    assert bootstrap._is_current(environment, lock)
    lock.write_text("other==1\n")
    assert not bootstrap._is_current(environment, lock), "the lock has changed"


def test_an_environment_whose_python_is_gone_is_not_current(lock: Path, tmp_path: Path) -> None:
    (tmp_path / bootstrap.STAMP).write_text(hashlib.sha256(lock.read_bytes()).hexdigest())
    assert not bootstrap._is_current(tmp_path, lock)


def test_what_was_just_made_and_still_lacks_a_package_is_not_made_again(
    lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.JUST_BUILT, "1")
    with pytest.raises(SystemExit, match=r"still lacks no-such-package 1\.2\.3"):
        bootstrap.enter(lock, tmp_path / "venv")


def test_what_was_just_made_and_cannot_be_imported_is_not_made_again(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.JUST_BUILT, "1")
    with pytest.raises(SystemExit, match="damaged"):
        bootstrap.repair(lock, Path(sys.prefix), ImportError("no numpy.core"))


def test_without_venv_it_says_what_to_install(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        bootstrap.enter(lock, tmp_path / "venv")


def test_a_damaged_package_outside_our_environment_is_the_persons_to_mend(lock: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"damaged \(no numpy\.core\)"):
        bootstrap.repair(lock, tmp_path / "venv", ImportError("no numpy.core"))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("WARNING: Retrying\nERROR: Temporary failure in name resolution", "Could not reach the package index"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "does not have the hash"),
        ("ERROR: No matching distribution found for numpy==9", "no ready-made package for this Python"),
        ("OSError: [Errno 28] No space left on device", "Setting up failed: OSError: [Errno 28] No space left"),
        ("", "Setting up failed: no output"),
    ],
)
def test_a_failed_installation_is_one_sentence(printed: str, said: str) -> None:
    sentence = bootstrap.explain_failure(printed)
    assert said in sentence
    assert "\n" not in sentence


def test_two_starters_exclude_each_other(tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    other = f"""
from pathlib import Path
from app import bootstrap
with open({str(tmp_path / "venv.lock")!r}, "a") as file:
    print(bootstrap._try_lock(file.fileno()))
"""
    with bootstrap._alone(environment):
        assert started(other).stdout == "False\n"
    assert started(other).stdout == "True\n"


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py", "bootstrap.py"])
def test_an_older_python_can_read_what_tells_it_so(name: str) -> None:
    ast.parse((ROOT / "app" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_older_python_gets_a_sentence() -> None:
    done = started("import sys; sys.version_info = (3, 9); sys.version = '3.9.1 (x)'; import app.bootstrap")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Stepgrad needs Python 3.11 or newer; {sys.executable} is Python 3.9.1. ")
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_setting_ends_in_one_line_and_exit_2() -> None:
    done = started("import sys; sys.argv = ['app', '--port', 'x']; import app.__main__ as m; m.main()")
    assert done.returncode == 2
    assert done.stderr == "--port should be a whole number from 0 to 65535, but it is 'x'.\n"
