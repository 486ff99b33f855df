"""The page, the documentation and the health check come from this server alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from app import __version__
from app.bootstrap import ROOT

from .client import Client, MakeClient


def html(client: Client, path: str) -> str:
    response = client.request("GET", path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def links(page: str) -> list[str]:
    found: list[str] = re.findall(r'\b(?:href|src)="([^"#]+)"', page)
    return found


def test_the_server_says_that_it_is_alive(client: Client) -> None:
    assert client.get("/healthz") == {"status": "ok"}


def test_the_policy_allows_the_one_inline_script_of_the_page_by_its_hash(client: Client) -> None:
    response = client.request("GET", "/")
    (inline,) = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", response.text, re.S)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert "unsafe" not in response.headers["content-security-policy"]


def test_the_import_map_names_vendored_files_that_are_served(client: Client) -> None:
    (inline,) = re.findall(r'<script type="importmap">(.*?)</script>', html(client, "/"), re.S)
    imports = json.loads(inline)["imports"]
    assert {"preact", "htm"} <= set(imports)
    for path in imports.values():
        response = client.request("GET", f"/{path}")
        assert response.status_code == 200, path
        assert response.headers["content-type"].startswith("text/javascript"), path


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_loads_and_links_only_what_this_server_has(client: Client, path: str) -> None:
    """Relative, so that it works behind a prefix too."""
    found = links(html(client, path))
    assert found
    for link in found:
        assert not re.match(r"[a-z]+:|/", link), link
        assert client.request("GET", f"/{link}").status_code == 200, link


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_has_no_inline_style_and_no_handler(client: Client, path: str) -> None:
    assert re.findall(r"<style|\bstyle=|\bon\w+=", html(client, path)) == []


def test_the_documentation_has_every_route_and_every_field(client: Client) -> None:
    page, schema = html(client, "/docs"), client.get("/openapi.json")
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert f"<h2><code>{method.upper()} {path}</code></h2>" in page
            assert operation["description"].split("\n")[0].replace("'", "&#39;") in page
    for name, model in schema["components"]["schemas"].items():
        assert f'<section id="{name}"' in page
        for field in model.get("properties", {}):
            assert f"<code>{field}</code>" in page


def test_every_link_within_the_documentation_has_its_place(client: Client) -> None:
    page = html(client, "/docs")
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_every_route_of_the_api_says_what_it_does_and_how_it_fails(client: Client) -> None:
    for path, methods in client.get("/openapi.json")["paths"].items():
        for method, operation in methods.items():
            assert operation["description"].endswith("."), (method, path)
            assert operation["responses"]["4XX"]["content"]["application/json"]["schema"]["$ref"].endswith(
                "ErrorAnswer"
            )


def test_what_is_served_is_what_is_in_the_folder(client: Client) -> None:
    response = client.request("GET", "/static/icon.svg")
    assert response.content == (ROOT / "static" / "icon.svg").read_bytes()
    assert response.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["../app/main.py", "%2e%2e/app/main.py", "..%2fapp/main.py", "%00", "a" * 5000, ""])
def test_nothing_beside_the_static_folder_is_served(client: Client, path: str) -> None:
    assert client.refused(404, "GET", f"/static/{path}")["code"] == "not_found"


def test_the_version_is_told(client: Client) -> None:
    assert client.get("/openapi.json")["info"]["version"] == __version__ == client.get("/api/catalog")["version"]
    assert f"Stepgrad {__version__}" in html(client, "/docs")


def test_a_page_behind_a_prefix_still_finds_its_files(make_client: MakeClient) -> None:
    client = make_client(root_path="/stepgrad")
    assert all(not link.startswith("/") for link in links(html(client, "/stepgrad/")))
    # Who has forgotten the slash stays with TLS, if a proxy has taken that off.
    assert client.request("GET", "/stepgrad").headers["location"] == "//127.0.0.1/stepgrad/"
    for prefix in ("", "/stepgrad"):  # some proxies take it off
        assert client.request("GET", f"{prefix}/static/icon.svg").status_code == 200
        assert client.get(f"{prefix}/healthz") == {"status": "ok"}
        assert client.post(f"{prefix}/api/sessions", {"preset": "or"})["data"]["name"] == "or"
