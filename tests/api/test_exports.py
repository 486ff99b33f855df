"""Taking away over HTTP: every exporter of the catalog, as a file with a name."""

from __future__ import annotations

import re

import pytest

from app.export.exporter import GROUPS, Exporter, Option
from app.export.exporters import exporters

from .client import Client


def test_every_exporter_of_the_catalog_answers_a_file_for_every_preset(client: Client) -> None:
    catalog = client.get("/api/catalog")
    assert [entry["name"] for entry in catalog["exporters"]] == [entry.name for entry in exporters]
    assert {entry["group"] for entry in catalog["exporters"]} <= set(GROUPS)
    for preset in catalog["presets"]:
        session = client.session({"preset": preset["name"]})
        client.post(f"{session}/train", {"iterations": 2}, view="step")
        for entry in catalog["exporters"]:
            response = client.request("GET", f"{session}/exports/{entry['name']}")
            assert response.status_code in (200, 422), (preset["name"], entry["name"], response.text[:300])
            if response.status_code == 200:
                name = re.fullmatch(r'attachment; filename="([a-z0-9.-]+)"', response.headers["content-disposition"])
                assert name
                assert name[1].endswith(f"-3-{entry['name']}.{entry['extension']}")
                assert response.headers["content-type"].split(";")[0] == exporters.named(entry["name"]).media_type
                assert response.content
                assert response.headers["cache-control"] == "no-store"


def test_taking_away_leaves_the_session_as_it_is(client: Client) -> None:
    session = client.session({"preset": "xor"})
    client.post(f"{session}/train", {"iterations": 3}, view="step")
    client.put(f"{session}/position", {"iteration": 2, "operation": 7})
    before = client.get(session)
    for entry in exporters:
        client.request("GET", f"{session}/exports/{entry.name}")
    assert client.get(session) == before


def test_an_option_that_cannot_be_chosen_is_refused_by_name(client: Client) -> None:
    options = (Option("size", "2", "how many", low=1, high=5), Option("kind", "a", "which", words=("a", "b")))
    exporters.add(
        Exporter(
            "echo", "Echo", "Says what was chosen.", "numbers", "txt", "text/plain", lambda _, c: str(dict(c)), options
        )
    )
    try:
        session = client.session({"preset": "xor"})
        response = client.request("GET", f"{session}/exports/echo", params={"kind": "b"})
        assert response.text == "{'size': '2', 'kind': 'b'}"
        for name, value in [
            ("size", "0"),
            ("size", "6"),
            ("size", "²"),
            ("size", "9" * 5000),
            ("kind", "c"),
            ("kind", ""),
        ]:
            error = client.refused(422, "GET", f"{session}/exports/echo", params={name: value})
            assert error["where"] == name
    finally:
        exporters.remove("echo")


@pytest.mark.parametrize("path", ["/api/sessions/nobody/exports/numpy", "{session}/exports/"])
def test_where_there_is_nothing_to_take_away_it_is_said(client: Client, path: str) -> None:
    session = client.session({"preset": "xor"})
    client.refused(404, "GET", path.format(session=session))
