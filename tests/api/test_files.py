"""The page's files: each as it is in the folder, compressed once, and kept by browsers under an address of its own."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest

from app.api import files
from app.api.files import Files
from app.bootstrap import ROOT

from .client import Client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.mjs").write_text("export const a = 1;\n" * 50, encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    return tmp_path


def test_every_file_of_the_folder_is_there_and_nothing_else() -> None:
    served = Files(ROOT / "static")
    for path in (ROOT / "static").rglob("*"):
        name = path.relative_to(ROOT / "static").as_posix()
        file = served.found(name)
        assert (file is not None) == path.is_file()
        if file is not None:
            assert file.content == path.read_bytes()
            assert file.packed == b"" or gzip.decompress(file.packed) == file.content
    for wrong in ("", "js", "../README.md", "js/../icon.svg", "/icon.svg", "icon.svg/", "js//main.js"):
        assert served.found(wrong) is None


def test_modules_are_scripts_whatever_this_machine_takes_them_for(folder: Path) -> None:
    file = Files(folder).found("js/main.mjs")
    assert file is not None
    assert file.media == b"text/javascript; charset=utf-8"


def test_the_version_is_the_contents_not_the_times(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOOK_SECONDS", 0)
    served = Files(folder)
    first = served.version()
    os.utime(folder / "icon.svg", (1, 1))
    assert served.version() == first == Files(folder).version()
    (folder / "icon.svg").write_text("<svg />", encoding="utf-8")
    changed = served.version()
    assert changed != first
    found = served.found("icon.svg")
    assert found is not None
    assert found.content == b"<svg />"
    (folder / "icon.svg").unlink()
    assert served.version() not in (first, changed)
    assert served.found("icon.svg") is None


def test_what_the_page_names_may_be_kept_for_ever_and_nothing_else(client: Client) -> None:
    page = client.request("GET", "/").text
    named = re.findall(r'(?:href|src)="(static/[^"]+)"', page) + re.findall(r'"\./(static/[^"]+)"', page)
    assert len(named) > 20
    for address in named:
        response = client.request("GET", f"/{address}")
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable", address
        plain = "/static/" + address.split("/", 2)[2]
        again = client.request("GET", plain)
        assert again.content == response.content
        assert again.headers["cache-control"] == "no-cache"
    old = client.request("GET", "/static/v-0000000000/icon.svg")
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")


def test_who_has_a_file_is_told_that_it_is_the_same(client: Client) -> None:
    first = client.request("GET", "/static/js/main.js")
    assert first.headers["content-encoding"] == "gzip"
    again = client.request("GET", "/static/js/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.request("GET", "/static/js/main.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text == (ROOT / "static/js/main.js").read_text(encoding="utf-8")
    head = client.request("HEAD", "/static/js/main.js")
    assert (head.status_code, head.content) == (200, b"")
