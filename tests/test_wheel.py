"""The wheel: built, installed into a fresh environment, imported as `stepgrad`, and served."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import __version__
from app.bootstrap import ROOT
from packing.wheel import build_sdist, build_wheel

SERVE = "import stepgrad.__main__ as main; main.main()"


def run(python: Path, *arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [str(python), *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wheel")


@pytest.fixture(scope="module")
def installed(folder: Path) -> Path:
    """The Python of a fresh environment with the wheel; what it depends on it finds in this one: nothing is fetched."""
    wheel = folder / build_wheel(str(folder))
    home = folder / "environment"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    pip = "from pip._internal.cli.main import main; raise SystemExit(main())"
    command = [sys.executable, "-c", pip, "install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    done = subprocess.run([*command, "--target", str(site), str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (site / "beside.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def test_the_same_sources_are_the_same_wheel_with_page_and_licence_and_no_tests(folder: Path) -> None:
    one, two = folder / "one", folder / "two"
    for place in (one, two):
        place.mkdir()
    name = build_wheel(str(one))
    assert name == build_wheel(str(two)) == f"stepgrad-{__version__}-py3-none-any.whl"
    assert (one / name).read_bytes() == (two / name).read_bytes()
    with zipfile.ZipFile(one / name) as wheel:
        names = wheel.namelist()
    for wanted in ("stepgrad/nn/plan.py", "stepgrad/static/js/main.js", "stepgrad/templates/index.html"):
        assert wanted in names
    assert not [path for path in names if re.search(r"(^|/)(tests?|\.venv|__pycache__)/|^app/", path)]
    assert all(path.startswith(("stepgrad/", f"stepgrad-{__version__}.dist-info/")) for path in names)


def test_a_wheel_can_be_built_from_the_source_archive(folder: Path) -> None:
    archive = folder / build_sdist(str(folder))
    unpacked = folder / "unpacked"
    subprocess.run([sys.executable, "-m", "tarfile", "-e", str(archive), str(unpacked)], check=True)
    (source,) = unpacked.iterdir()
    script = "import sys; from packing.wheel import build_wheel; print(build_wheel(sys.argv[1]))"
    assert run(Path(sys.executable), "-c", script, str(folder), cwd=source).strip().endswith(".whl")


def test_what_is_installed_steps_and_explains(installed: Path, folder: Path) -> None:
    script = (
        "import stepgrad; session = stepgrad.Session(preset='xor'); print(session.step('neuron').sentence);"
        "print(stepgrad.__file__); print(len(session.export('iteration')))"
    )
    sentence, file, length = run(installed, "-W", "error", "-c", script, cwd=folder).splitlines()
    assert sentence.startswith("Hidden neuron 1 puts its sum through Tanh")
    assert str(ROOT) not in file
    assert int(length) > 10_000


@pytest.fixture
def served(installed: Path, folder: Path) -> Iterator[str]:
    command = [str(installed), "-m", "stepgrad", "--no-open", "--port", "0", "--store", "memory:"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield found[0]
        process.terminate()
        process.wait(30)


def test_what_is_installed_serves_the_page_with_its_files(served: str) -> None:
    page = httpx.get(served).raise_for_status().text
    paths = re.findall(r'(?:href|src)="(static/[^"]+)"', page)
    assert len(paths) > 10
    for path in paths:
        assert httpx.get(f"{served}{path}").status_code == 200
    assert httpx.get(f"{served}static/words/de.json").status_code == 200
    assert httpx.post(f"{served}api/sessions", json={"preset": "iris"}).status_code == 201
