"""The binary tape: held by one file that both languages read, and the same numbers as everything else says."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.api.wire import MEDIA_TYPE, encode
from app.bootstrap import ROOT
from app.nn.spec import LayerSpec, Spec
from app.steps.tape import Tape

from .client import Client
from .tapes import decode

GOLDEN = ROOT / "tests" / "golden"
WORDS = {"NaN": nan, "Infinity": inf, "-Infinity": -inf}

TENSORS: dict[str, list[Any]] = {
    "a0": [[0.5, -2], [0.1, 1e300]],
    "z1": [[1 / 3], [nan]],
    "own": [0.0625, inf],
    "W1": [[-0.0, 5e-324]],
    "b1": [-inf],
    "W1.new": [[1.7976931348623157e308, 2.0**-1022]],
}


def golden_tape(dtype: str) -> Tape:
    """Row 7 in the batch, row 3 beside it; every kind of number. Nothing computed, so the same on every machine."""
    with np.errstate(over="ignore", under="ignore"):
        tensors = {name: np.array(values, dtype) for name, values in TENSORS.items()}
    tensors["C"] = np.array(0.0625, dtype)
    spec = Spec((LayerSpec(2), LayerSpec(1, "linear")), dtype=dtype)
    return Tape(spec, (7, 3), 1, tensors, frozenset({"a0", "z1", "own"}))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_golden_file_is_what_the_server_sends(dtype: str) -> None:
    """Where the format is to change, change its version, its readers and, by `encode`, these files."""
    assert encode(golden_tape(dtype), 12) == (GOLDEN / f"tape-{dtype}.bin").read_bytes()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_golden_file_holds_what_is_written_beside_it(dtype: str) -> None:
    wanted = json.loads((GOLDEN / f"tape-{dtype}.json").read_text(encoding="utf-8"))
    decoded = decode((GOLDEN / f"tape-{dtype}.bin").read_bytes())
    assert decoded.header == {name: wanted[name] for name in ("iteration", "dtype", "examples", "batch")}
    assert {"dtype": dtype, "examples": [7, 3], "batch": 1, "iteration": 12} == decoded.header
    assert set(wanted["tensors"]) == set(decoded.values)
    for name, tensor in wanted["tensors"].items():
        assert decoded.shapes[name] == tensor["shape"]
        numbers = [WORDS.get(value, value) for value in tensor["data"]]
        # As text: NaN equals itself there, and -0.0 differs from 0.0.
        assert list(map(str, decoded.values[name])) == list(map(str, map(float, numbers))), name


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.bin")), ids=lambda path: str(path.name))
def test_every_golden_file_is_tested(path: Path) -> None:
    assert path.stem in ("tape-float64", "tape-float32")


IRIS = {"preset": "iris"}
ORDERED = {"spec": {"layers": [{"units": 2}, {"units": 3}, {"units": 1}]}, "data": {"name": "xor"}}
FLOAT32 = {
    "spec": {"layers": [{"units": 2}, {"units": 3}, {"units": 1}], "dtype": "float32", "batch_size": 3, "l2": 0.5},
    "data": {"name": "xor"},
}


@pytest.mark.parametrize("body", [{"preset": "xor"}, IRIS, FLOAT32], ids=["xor", "iris", "float32"])
def test_a_tape_holds_the_numbers_that_the_state_shows_at_the_end(client: Client, body: object) -> None:
    session = client.session(body)
    client.post(f"{session}/train", {"iterations": 3}, view="step")
    last = client.get(session)["position"]["operations"]
    before = client.get(session)["tensors"]
    response = client.request("GET", f"{session}/tape/3")
    assert response.headers["content-type"] == MEDIA_TYPE
    decoded = decode(response.content)
    state = client.put(f"{session}/position", {"iteration": 3, "operation": last})
    assert decoded.header["iteration"] == 3
    assert decoded.header["dtype"] == state["spec"]["dtype"]
    assert decoded.header["examples"] == state["batch"]["examples"]
    assert decoded.header["batch"] == len(state["batch"]["examples"])
    parameters = {name for name in state["tensors"] if name[0] in "Wb"}
    assert {f"{name}.new" for name in parameters} <= set(decoded.values)
    for name, numbers in state["tensors"].items():
        there = f"{name}.new" if name in parameters else name
        assert decoded.values[there] == np.ravel(numbers).tolist(), name
        assert decoded.shapes[there] == list(np.shape(numbers)), name
    for name in parameters:
        assert decoded.values[name] == np.ravel(before[name]).tolist(), name


def test_a_row_outside_the_batch_is_appended_and_moves_nothing(client: Client) -> None:
    session = client.session(ORDERED)
    alone = decode(client.request("GET", f"{session}/tape/0").content)
    beside = decode(client.request("GET", f"{session}/tape/0?example=2").content)
    for path in ("tape/0", "tape/0?example=0"):
        assert decode(client.request("GET", f"{session}/{path}").content) == alone
    assert (beside.header["examples"], beside.header["batch"]) == ([0, 2], 1)
    assert beside.values["a0"] == [0, 0, 1, 0]
    assert beside.shapes["a0"] == [2, 2]
    for name in ("dW1", "db1", "dW2", "db2", "C", "W1.new", "b2.new"):
        assert beside.values[name] == alone.values[name]


def test_a_tape_that_the_page_already_has_is_not_sent_again(client: Client) -> None:
    session = client.session({"preset": "xor"})
    first = client.request("GET", f"{session}/tape/0")
    known = {"if-none-match": first.headers["etag"]}
    again = client.request("GET", f"{session}/tape/0", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    client.post(f"{session}/step", {}, view="step")
    assert client.request("GET", f"{session}/tape/0", headers=known).status_code == 304
    for other in ("tape/1", "tape/0?example=3"):
        assert client.request("GET", f"{session}/{other}", headers=known).status_code == 200


def test_a_tape_is_sent_anew_after_an_edit_and_after_taking_it_back(client: Client) -> None:
    session = client.session({"preset": "xor"})
    first = client.request("GET", f"{session}/tape/0")
    known = {"if-none-match": first.headers["etag"]}
    client.patch(f"{session}/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": 9}]}, view="step")
    edited = client.request("GET", f"{session}/tape/0", headers=known)
    assert (edited.status_code, decode(edited.content).values["W1"][0]) == (200, 9)
    client.post(f"{session}/undo", {}, view="step")
    undone = client.request("GET", f"{session}/tape/0", headers={"if-none-match": edited.headers["etag"]})
    assert (undone.status_code, undone.content) == (200, first.content)


def test_a_tape_that_nobody_has_trained_to_is_refused(client: Client) -> None:
    session = client.session({"preset": "xor"})
    error = client.refused(422, "GET", f"{session}/tape/50")
    assert (error["code"], error["where"]) == ("limit_exceeded", "iteration")
    assert "Step or train there first" in error["hint"]
