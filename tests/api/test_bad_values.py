"""Values, addresses and queries that make no sense are refused by name, never with a failure, always at once."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import httpx
import pytest

from .client import Client
from .mutations import check_answer

HOLE = "@"
JSON = {"content-type": "application/json"}


def spec_with(**fields: object) -> dict[str, Any]:
    return {
        "spec": {"layers": [{"units": 1}, {"units": 1}], **fields},
        "data": {"inputs": [[1]], "targets": [[1]]},
    }


def layer(W: object, b: object) -> dict[str, Any]:
    return {**spec_with(), "parameters": [{"W": W, "b": b}]}


def change(tensor: object, index: object, value: object) -> dict[str, Any]:
    return {"changes": [{"tensor": tensor, "index": index, "value": value}]}


PLACES: list[tuple[str, str, object]] = [
    *(("POST", "/api/sessions", spec_with(**{name: HOLE})) for name in ("l1", "l2", "seed", "batch_size", "layers")),
    *(("POST", "/api/sessions", spec_with(**{name: HOLE})) for name in ("loss", "frozen", "dtype", "optimizer")),
    ("POST", "/api/sessions", spec_with(optimizer={"name": "sgd", "learning_rate": HOLE})),
    ("POST", "/api/sessions", spec_with(initializer={"name": "uniform", "low": HOLE})),
    ("POST", "/api/sessions", spec_with(layers=[{"units": HOLE}, {"units": 1}])),
    ("POST", "/api/sessions", spec_with(layers=[{"units": 1}, {"units": 1, "activation": HOLE}])),
    ("POST", "/api/sessions", layer([[HOLE]], [0])),
    ("POST", "/api/sessions", layer([[1]], [HOLE])),
    ("POST", "/api/sessions", {**spec_with(), "data": {"inputs": [[HOLE]], "targets": [[1]]}}),
    ("POST", "/api/sessions", {**spec_with(), "data": {"inputs": [[1]], "targets": [[HOLE]]}}),
    ("POST", "/api/sessions", {"preset": HOLE}),
    ("POST", "{session}/predict", {"inputs": [[HOLE, 1]]}),
    ("POST", "{session}/answer", {"operation": 0, "kind": "number", "answer": HOLE}),
    ("POST", "{session}/train", {"iterations": HOLE}),
    ("POST", "{session}/train", {"epochs": HOLE}),
    ("POST", "{session}/step", {"revision": HOLE}),
    ("PUT", "{session}/position", {"iteration": HOLE}),
    ("PUT", "{session}/position", {"iteration": 0, "operation": HOLE}),
    ("PATCH", "{session}/parameters", change("b1", [0], HOLE)),
    ("PATCH", "{session}/parameters", change("b1", [HOLE], 1)),
    ("PATCH", "{session}/parameters", change(HOLE, [0], 1)),
]
NEVER_RIGHT = [
    *("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "true", '"1"', '"\\ud800"', '{"\\ud800": 1}', "{}", "[[[]]]"),
    *("9" * 400, "-" + "9" * 400, "9" * 5000, "[" * 50_000, '{"a":' * 50_000, '"' + "x" * 100_000 + '"'),
]


def put_in(body: object, text: str) -> str:
    return json.dumps(body).replace(json.dumps(HOLE), text)


@pytest.mark.parametrize("text", NEVER_RIGHT, ids=lambda text: text[:12].encode("ascii", "replace").decode())
def test_what_is_never_right_is_refused_wherever_it_stands(client: Client, text: str) -> None:
    session = client.session({"preset": "xor"})
    for method, path, body in PLACES:
        start = process_time()
        response = client.request(method, path.format(session=session), content=put_in(body, text), headers=JSON)
        check_answer(response.status_code, response.content, process_time() - start, put_in(body, text[:40]))
        assert response.status_code in (400, 422), (path, body)
    assert client.get(session)["revision"] == 0


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("spec.layers", spec_with(layers=[])),
        ("spec.layers", spec_with(layers=[{"units": 1}])),
        ("spec.layers[1].units", spec_with(layers=[{"units": 1}, {"units": 0}])),
        ("spec.layers[1].units", spec_with(layers=[{"units": 1}, {"units": -5}])),
        ("spec.layers[1].units", spec_with(layers=[{"units": 1}, {"units": 10**9}, {"units": 1}])),
        ("spec.layers[0].activation", spec_with(layers=[{"units": 1, "activation": "relu"}, {"units": 1}])),
        ("spec.layers", spec_with(layers=[{"units": 1}] * 1001)),
        ("spec.batch_size", spec_with(batch_size=0)),
        ("spec.seed", spec_with(seed=-1)),
        ("spec.l2", spec_with(l2=-1)),
        ("spec.l1", spec_with(l1=1e300)),
        ("spec.clip", spec_with(clip=-1)),
        ("spec.schedule", spec_with(schedule={"name": "hope"})),
        ("spec.schedule.length", spec_with(schedule={"name": "warm_up", "length": 0})),
        ("spec.frozen", spec_with(frozen=["W7"])),
        ("spec.optimizer.learning_rate", spec_with(optimizer={"name": "sgd", "learning_rate": -1e300})),
        ("spec.optimizer.speed", spec_with(optimizer={"name": "sgd", "speed": 1})),
        ("spec.optimizer", spec_with(optimizer={"name": "levitation"})),
        ("spec.initializer", spec_with(initializer={"name": "hope"})),
        ("parameters", {**spec_with(), "parameters": [{"W": [[1]], "b": [1]}] * 2}),
        ("parameters[0].W", layer([], [1])),
        ("parameters[0].W", layer([[]], [1])),
        ("parameters[0].W", layer([[1, 2]], [1])),
        ("parameters[0].W[1]", layer([[1, 2], [1]], [1])),
        ("parameters[0].b", layer([[1]], [])),
        ("data.inputs", {**spec_with(), "data": {"inputs": [], "targets": []}}),
        ("data.inputs", {**spec_with(), "data": {"inputs": [[]], "targets": [[]]}}),
        ("data.inputs[1]", {**spec_with(), "data": {"inputs": [[1], [1, 2]], "targets": [[1], [1]]}}),
        ("data.targets", {**spec_with(), "data": {"inputs": [[1], [2]], "targets": [[1]]}}),
        ("data.targets", {**spec_with(), "data": {"inputs": [[1]]}}),
        ("data.features", {**spec_with(), "data": {"inputs": [[1]], "targets": [[1]], "features": ["a", "b"]}}),
        ("data.classes", {**spec_with(), "data": {"inputs": [[1]], "targets": [[1]], "classes": ["a"]}}),
        ("data", {**spec_with(), "data": {"name": "xor", "inputs": [[1]]}}),
    ],
)
def test_what_makes_no_network_is_refused_where_it_is_wrong(client: Client, where: str, body: object) -> None:
    assert client.refused(422, "POST", "/api/sessions", body)["where"] == where


@pytest.mark.parametrize(
    "path",
    [
        *("?example=-1", "?example=4", "?example=1.5", "?example=", "?example=x", f"?example={'9' * 4000}"),
        *("?digits=-1", "?digits=13", "?digits=1e3", "?digits=NaN", "?view=all", "?view=", f"?view={'x' * 9000}"),
        *("?notation=", "?notation=%ff", "?notation=%00", "?notation=%F0%9F%98%80", f"?notation={'x' * 9000}"),
        *("/tape/-1", "/tape/3", "/tape/x", "/tape/1.5", f"/tape/{'9' * 4000}", f"/tape/{'9' * 5000}"),
        *("/tape/0?example=4", "/tape/0?example=-1", f"/tape/0?example={'9' * 4000}"),
        *("/explanations/z1", "/explanations/z1?index=3", "/explanations/z1?index=-1", "/explanations/z1?index=0,0"),
        *("/explanations/z1?index=a", "/explanations/z1?index=%D9%A1", f"/explanations/z1?index={'9' * 5000}"),
        *("/explanations/W1?index=0", "/explanations/W1?index=0,0,0", "/explanations/C?index=0", "/explanations/Q"),
        *("/explanations/z3?index=0", "/explanations/z01?index=0", "/explanations/dz0?index=0", "/explanations/W0.new"),
        *("/explanations/%00", "/explanations/%F0%9F%98%80", "/explanations/%ED%A0%80", "/explanations/z1.new?index=0"),
        *("/explanations/" + "z" * 9000, "/explanations/__class__", "/explanations/max1", "/explanations/a0?index=2"),
    ],
    ids=lambda path: path[:30],
)
def test_an_address_or_a_query_out_of_range_is_refused(client: Client, path: str) -> None:
    session = client.session({"preset": "xor"})
    start = process_time()
    response = client.request("GET", session + path)
    check_answer(response.status_code, response.content, process_time() - start, path)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b" ", b"null", b"[]", b"3", b"true", b'"x"', b"{", b"{}}", b"\xff\xfe", b"\x00", b"[" * 10**6, b"{1:2}"),
        b'{"data": {"inputs": [[' + b'"",' * 1_000_000 + b'1]], "targets": [[1]]}}',
        b'{"data": {"inputs": [' + b'[""],' * 500_000 + b'[1]], "targets": [[1]]}}',
        b'{"parameters": [' + b"{}," * 1_000_000 + b"{}]}",
        b"{" + b",".join(b'"%d":0' % number for number in range(200_000)) + b"}",
    ],
    ids=lambda content: content[:20].decode("ascii", "replace") + f" {len(content)}",
)
def test_a_body_that_is_no_request_is_refused_at_once_however_much_is_wrong(client: Client, content: bytes) -> None:
    start = process_time()
    response: httpx.Response = client.request("POST", "/api/sessions", content=content, headers=JSON)
    check_answer(response.status_code, response.content, process_time() - start, content[:100])
    assert response.status_code in (400, 422)


def test_a_ragged_matrix_of_any_size_is_told_in_a_short_sentence(client: Client) -> None:
    ragged = [[1] * length for length in range(1, 500)]
    error = client.refused(422, "POST", "/api/sessions", layer(ragged, [1]))
    assert error["message"] == "Row 1 has 2 numbers; the rows before it have 1."


def test_a_target_that_is_no_probability_is_named_without_its_whole_row(client: Client) -> None:
    body = {
        "spec": {"layers": [{"units": 1}, {"units": 500, "activation": "sigmoid"}], "loss": "binary_cross_entropy"},
        "data": {"inputs": [[1], [2]], "targets": [[0] * 500, [0] * 499 + [7.5]]},
    }
    error = client.refused(422, "POST", "/api/sessions", body)
    assert error["where"] == "data.targets[1]"
    assert "row 1 has 7.5" in error["message"]
