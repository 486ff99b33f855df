"""Tables through the API: read as they come, previewed, and made sessions of; whatever is sent is answered."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from tests.data.tables import CASES, NOISE, Case

from .client import Client, MakeClient, error_of

TEXT = "größe;gewicht;art\r\n1,5;10;apfel\r\n2,5;20;birne\r\n3,5;;apfel\r\n4,25;40;birne\r\n"
SECONDS = 5
"""Enough for a hundred thousand rows on a slow machine; what is measured is processor time."""


def sent(client: Client, content: bytes, **query: Any) -> Any:
    answer = client.request("POST", "/api/data/table", content=content, params=query)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


@pytest.mark.parametrize("case", [*CASES, *NOISE], ids=lambda case: case.name)
def test_every_table_is_answered_or_refused_and_becomes_a_session(client: Client, case: Case) -> None:
    start = process_time()
    answer = client.request("POST", "/api/data/table", content=case.content)
    assert process_time() - start < SECONDS
    if answer.status_code != 200:
        assert answer.status_code == 422
        error_of(answer)
        assert case.rows is None
        return
    told = answer.json()
    assert case.rows in (None, told["rows"])
    if case.rows is None or case.rows > 1000 or (case.columns or 0) > 100:
        return
    text = case.content.decode(told["encoding"]).removeprefix("\ufeff")
    answer = client.request("POST", "/api/data/preview", {"table": {"text": text, "missing": "drop"}})
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        suggested = answer.json()["suggested"]
        client.session({"spec": suggested, "data": {"table": {"text": text, "missing": "drop"}}})


def test_a_table_says_how_it_was_read(client: Client) -> None:
    told = sent(client, TEXT.encode("cp1252"))
    columns = told.pop("columns")
    assert told == {
        "encoding": "windows-1252",
        "delimiter": ";",
        "decimal": ",",
        "header": True,
        "rows": 4,
        "first": [["1,5", "10", "apfel"], ["2,5", "20", "birne"], ["3,5", "", "apfel"], ["4,25", "40", "birne"]],
        "guess": {"inputs": ["größe", "gewicht"], "targets": ["art"], "task": "classes"},
    }
    assert [(column["name"], column["kind"], column["missing"]) for column in columns] == [
        ("größe", "number", 0),
        ("gewicht", "number", 1),
        ("art", "text", 0),
    ]
    assert columns[2]["values"] == ["apfel", "birne"]


def test_what_is_told_of_a_table_wins(client: Client) -> None:
    told = sent(client, b"1,2\n3,4\n", header=True, decimal=",", delimiter=";")
    assert (told["header"], told["rows"], told["columns"][0]["name"]) == (True, 1, "1,2")
    client.refused(422, "POST", "/api/data/table", content=b"1", params={"delimiter": "x"})


def test_a_table_becomes_the_session_that_was_previewed(client: Client) -> None:
    data = {"table": {"text": TEXT, "missing": "drop"}, "standardize": True}
    preview = client.post("/api/data/preview", data)
    assert (preview["rows"], preview["inputs"], preview["outputs"]) == (3, 2, 1)
    session = client.session({"spec": preview["suggested"], "data": data})
    assert client.get(f"{session}/data") == preview["first"]
    assert client.get(session)["data"]["classes"] == ["apfel", "birne"]
    error = client.refused(422, "POST", "/api/data/preview", {"table": {"text": TEXT}})
    assert error["message"] == "Row 4, column 'gewicht': got '', expected a value. 1 of 4 rows lack one."
    assert error["where"] == "data.table.missing"


def test_every_ready_set_is_previewed_with_the_spec_that_the_catalog_suggests(client: Client) -> None:
    for entry in client.get("/api/catalog")["datasets"]:
        preview = client.post("/api/data/preview", entry["suggested"]["data"])
        layers = [layer["units"] for layer in preview["suggested"]["layers"]]
        assert layers == [layer["units"] for layer in entry["suggested"]["spec"]["layers"]]
        assert (preview["inputs"], preview["outputs"]) == (entry["inputs"], entry["outputs"])
        assert len(preview["first"]["inputs"]) <= 12


def test_more_rows_than_allowed_are_refused_before_they_are_read(make_client: MakeClient) -> None:
    client = make_client(max_rows=100)
    error = client.refused(422, "POST", "/api/data/table", content=b"a,b\n" + b"1,2\n" * 200_000)
    assert error["message"] == "The table has more than 100 rows."
    assert "--max-rows" in error["hint"]


@pytest.mark.parametrize("way", ["name", "table", "inputs"])
def test_what_is_null_is_not_said(client: Client, way: str) -> None:
    error = client.refused(422, "POST", "/api/data/preview", {way: None})
    assert error["message"] == "There are no inputs."
    assert client.post("/api/data/preview", {"name": "xor", way: "xor" if way == "name" else None})["rows"] == 4
