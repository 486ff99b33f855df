"""Builds the wheel: the package `app` under the name `stepgrad`, with the page in it.

It is the build backend that pyproject.toml names (PEP 517) and needs nothing but Python, so that `pip install .` works
without a network where the packages that Stepgrad runs on are there already.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"app": "stepgrad", "static": "stepgrad/static", "templates": "stepgrad/templates"}
"""Where what lies in a folder of the repository is in the wheel."""

SOURCES = (*FOLDERS, "packing", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file, so that the same sources are the same wheel."""


def build_wheel(
    wheel_directory: str, config_settings: Mapping[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Write the wheel into a folder; its name."""
    project = _project()
    tag, version = "py3-none-any", project["version"]
    name = f"stepgrad-{version}-{tag}.whl"
    info = f"stepgrad-{version}.dist-info"
    files = dict(_files())
    files[f"{info}/METADATA"] = _metadata(project).encode()
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: stepgrad\nRoot-Is-Purelib: true\nTag: {tag}\n".encode()
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\nstepgrad = stepgrad.__main__:main\n"
    files[f"{info}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EARLIEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            wheel.writestr(entry, content)
    return name


def build_sdist(sdist_directory: str, config_settings: Mapping[str, Any] | None = None) -> str:
    """Write what the wheel is built from into a folder; its name."""
    project = _project()
    base = f"stepgrad-{project['version']}"
    with tarfile.open(Path(sdist_directory) / f"{base}.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for source in SOURCES:
            for path in _inside(ROOT / source):
                archive.add(path, f"{base}/{path.relative_to(ROOT).as_posix()}", recursive=False)
        content = _metadata(project).encode()
        entry = tarfile.TarInfo(f"{base}/PKG-INFO")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return f"{base}.tar.gz"


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def _files() -> Iterator[tuple[str, bytes]]:
    """Every file of the package: its path in the wheel, and what is in it."""
    for folder, place in FOLDERS.items():
        for path in _inside(ROOT / folder):
            yield f"{place}/{path.relative_to(ROOT / folder).as_posix()}", path.read_bytes()


def _inside(place: Path) -> Iterator[Path]:
    """The files of a folder, or the file itself; nothing that only this machine made."""
    if place.is_file():
        yield place
        return
    for path in sorted(place.rglob("*")):
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(place).parts)
        if path.is_file() and not hidden and path.suffix != ".pyc":
            yield path


def _metadata(project: Mapping[str, Any]) -> str:
    lines = [
        "Metadata-Version: 2.4",
        "Name: stepgrad",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License-Expression: {project['license']}",
        "License-File: LICENSE",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {name}" for name in project["dependencies"]),
    ]
    for extra, names in project["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {name}; extra == "{extra}"' for name in names]
    readme = (ROOT / project["readme"]).read_text(encoding="utf-8")
    return "\n".join([*lines, "Description-Content-Type: text/markdown", "", readme])


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
