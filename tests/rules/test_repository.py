"""What holds for the repository as a whole: vendored files, locks, versions, and no trace of one machine."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

import app
from app.bootstrap import ROOT
from tests import vendor
from tests.tracked import name, tracked

# Spelled so that this file does not match itself.
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:ro[o]t|wo[r]k|Use[r]s)/|(?<![\w.])/hom[e]/\w")
REGISTRY = re.compile(
    r"\bpyp[i]\.org|pythonhoste[d]\.org|registr[y]\.(npmjs|yarnpkg)|npmj[s]\.(com|org)|de[b]\.debian\.org"
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture
        found += [
            f"{name(path)}:{number} {match[0]}"
            for number, line in enumerate(lines, 1)
            if not name(path).startswith("static/vendor/")
            and (match := ONE_MACHINE.search(line) or REGISTRY.search(line))
        ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-redis.lock", "requirements-dev.lock"])
def test_every_locked_package_is_pinned_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.split()[0] for entry in entries if not re.match(r"\S+==\S+.*--hash=sha256:", entry, re.S)] == []
    assert re.findall(r"(?m)^--?\w.*|https?:\S+", text) == []


def test_what_runs_needs_no_marker_so_that_bootstrap_can_read_its_lock() -> None:
    assert ";" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_what_develops_holds_what_runs_unchanged() -> None:
    running, extra, developing = (
        set(re.findall(r"(?m)^[\w.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8")))
        for lock in ("requirements.lock", "requirements-redis.lock", "requirements-dev.lock")
    )
    assert (running | extra) - developing == set()


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == app.__version__
    assert f"## {app.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_vendored_files_have_the_listed_hashes() -> None:
    assert vendor.problems() == []


def test_every_vendored_module_brings_its_licence_and_lists_what_it_imports() -> None:
    for module in vendor.modules():
        paths = {item["path"] for item in module["files"]}
        assert any(path.endswith("/LICENSE") for path in paths), module["name"]
        assert set(module["imports"].values()) <= paths, module["name"]


def test_the_type_checker_knows_the_same_modules_as_the_import_map() -> None:
    """Each specifier has a declaration, from the package that the browser loads."""
    paths = json.loads((ROOT / "tsconfig.json").read_text(encoding="utf-8"))["compilerOptions"]["paths"]
    imports = {specifier: path for module in vendor.modules() for specifier, path in module["imports"].items()}
    assert set(paths) == set(imports)
    for specifier, (declaration,) in paths.items():
        assert (ROOT / declaration).is_file()
        assert declaration.startswith(f"./static/vendor/{imports[specifier].split('/')[0]}/")


def test_the_architecture_shows_every_part_of_the_app() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    parts = {name(path).split("/")[1].removesuffix(".py") for path in tracked() if name(path).startswith("app/")}
    assert [part for part in parts - {"__init__"} if not re.search(rf"\b{part}\b", drawn)] == []


def test_every_module_begins_with_a_sentence_that_says_what_it_is_for() -> None:
    texts = {name(path): path.read_text(encoding="utf-8") for path in tracked() if path.suffix in (".py", ".js")}
    python = [file for file, text in texts.items() if file.endswith(".py") and text and not text.startswith('"""')]
    page = [file for file in texts if file.startswith("static/js/")]
    assert len(page) > 100
    assert python == [file for file in page if not texts[file].startswith("/**")] == []
