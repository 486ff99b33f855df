"""A state shows what lies before the cursor and nothing else, complete or light, the way the viewer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from .client import Client

XOR: dict[str, Any] = {
    "spec": {
        "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
        "initializer": {"name": "uniform", "low": -1, "high": 1},
    },
    "data": {"name": "xor"},
}
IRIS = {"preset": "iris"}
GIVEN = ("a0", "y")
OF_EXAMPLES = re.compile(r"(z|a|da|dz|max|sum|inner)\d+|y|share|own")
"""Tensors that have a row for each example."""


def flat(numbers: Any) -> Iterator[Any]:
    """Every number of nested lists, in row-major order."""
    if isinstance(numbers, list):
        for part in numbers:
            yield from flat(part)
    else:
        yield numbers


def steps(client: Client, session: str, **query: Any) -> Iterator[dict[str, Any]]:
    """The states of an iteration, operation by operation."""
    state = client.get(session, **query)
    yield state
    for _ in range(state["position"]["operations"]):
        state = client.post(f"{session}/step", {"granularity": "operation"}, **query)
        yield state


def test_a_new_session_shows_inputs_targets_and_parameters_and_nothing_computed(client: Client) -> None:
    state = client.post("/api/sessions", XOR)
    assert state["revision"] == 0
    assert state["position"] == {"iteration": 0, "operation": 0, "operations": state["position"]["operations"]}
    assert (state["phase"], state["due"], state["step"], state["cost"]) == ("forward", "forward", None, None)
    assert state["can"] == {"undo": False, "redo": False}
    assert state["written"] is None
    for name, numbers in state["tensors"].items():
        known = name in GIVEN or name[0] in "Wb"
        assert all((number is not None) == known for number in flat(numbers)), name


def test_the_spec_comes_back_with_every_default_written_out(client: Client) -> None:
    state = client.post("/api/sessions", XOR)
    assert state["spec"] == {
        "layers": [
            {"units": 2, "kind": "dense"},
            {"units": 3, "activation": "tanh", "kind": "dense"},
            {"units": 1, "activation": "sigmoid", "kind": "dense"},
        ],
        "loss": "half_squared_error",
        "initializer": {"name": "uniform", "low": -1, "high": 1},
        "optimizer": {"name": "sgd", "learning_rate": state["spec"]["optimizer"]["learning_rate"]},
        "schedule": {"name": "constant"},
        "batch_size": 1,
        "shuffle": False,
        "l2": 0,
        "l1": 0,
        "clip": 0,
        "frozen": [],
        "seed": 0,
        "dtype": "float64",
    }


def test_a_spec_that_came_back_makes_the_same_session_again(client: Client) -> None:
    first = client.post("/api/sessions", IRIS)
    again = client.post("/api/sessions", {"spec": first["spec"], "data": {"name": "iris"}})
    assert again["tensors"] == first["tensors"]
    assert again["spec"] == first["spec"]


@pytest.mark.parametrize("body", [XOR, IRIS], ids=["xor", "iris"])
def test_each_operation_writes_one_number_more_and_both_views_say_the_same(client: Client, body: object) -> None:
    light_session, full_session = client.session(body), client.session(body)
    rows = len(client.get(full_session)["batch"]["examples"])
    pairs = zip(steps(client, light_session, view="step"), steps(client, full_session), strict=True)
    before: dict[str, int] = {}
    for number, (light, full) in enumerate(pairs):
        assert light["tensors"] is None
        assert light["position"]["operation"] == number
        if before:
            grown = {name: count - before[name] for name, count in light["written"].items() if count != before[name]}
            assert grown == {light["step"]["explanation"]["tensor"]: 1}
        before = light["written"]
        for name, numbers in full["tensors"].items():
            if name in light["written"]:
                axis = rows if OF_EXAMPLES.fullmatch(name) else 1
                written = sum(value is not None for value in flat(numbers))
                assert written == light["written"][name] * axis, (number, name)


def test_what_is_written_is_the_first_in_row_major_order(client: Client) -> None:
    for state in steps(client, client.session(XOR)):
        for name, numbers in state["tensors"].items():
            known = [value is not None for value in flat(numbers)]
            assert known == sorted(known, reverse=True), name


def test_every_step_is_explained_by_the_operation_just_done(client: Client) -> None:
    for state in steps(client, client.session(XOR)):
        step = state["step"]
        if step is None:
            continue
        assert step["operation"] == step["first"] == state["position"]["operation"] - 1
        explanation = step["explanation"]
        assert explanation["written"] is True
        assert explanation["operation"] == step["operation"]
        for operand in explanation["operands"]:
            assert operand["value"] is not None
            assert operand["operation"] is None or operand["operation"] < step["operation"]
        numbers = state["tensors"].get(explanation["tensor"].removesuffix(".new"))
        if numbers is None:
            assert explanation["kind"] in ("product", "back_product")
            continue
        shown = [0] if OF_EXAMPLES.fullmatch(explanation["tensor"]) else []
        for place in [*shown, *explanation["index"]]:
            numbers = numbers[place]
        assert explanation["value"] == numbers


def test_segments_cut_the_whole_iteration_without_gap_or_overlap(client: Client) -> None:
    state = client.post("/api/sessions", IRIS, view="step")
    ends = [0, *(segment["end"] for segment in state["segments"])]
    assert [segment["first"] for segment in state["segments"]] == ends[:-1]
    assert ends[-1] == state["position"]["operations"]
    phases = list(dict.fromkeys(segment["phase"] for segment in state["segments"]))
    assert phases == ["forward", "loss", "backward", "update"]


def test_the_cost_is_there_from_the_loss_on_and_that_after_the_update_at_the_end(client: Client) -> None:
    for state in steps(client, client.session(IRIS)):
        written = state["tensors"]["C"] is not None
        assert (state["cost"] is not None) == written
        if state["cost"] is None:
            continue
        at_end = state["position"]["operation"] == state["position"]["operations"]
        assert (state["cost"]["after"] is not None) == at_end
        assert state["cost"]["total"] == state["tensors"]["C"]
        assert state["cost"]["own"] == state["tensors"]["own"][0]
        assert state["cost"]["data"] == pytest.approx(sum(state["tensors"]["own"]) / 10)
    assert state["cost"]["after"]["total"] < state["cost"]["total"]


def test_any_row_can_be_shown_and_moves_nothing(client: Client) -> None:
    session = client.session(XOR)
    client.post(f"{session}/forward", {"granularity": "pass"})
    client.post(f"{session}/forward", {"granularity": "pass"})
    plain = client.get(session)
    shown = client.get(session, example=3)
    assert (plain["batch"]["examples"], plain["batch"]["shown"]) == ([0], 0)
    assert (shown["batch"]["examples"], shown["batch"]["shown"]) == ([0], 3)
    assert len(shown["tensors"]["z1"]) == 2
    assert shown["tensors"]["a0"][1] == [1, 1]
    assert shown["tensors"]["C"] == plain["tensors"]["C"]
    assert shown["cost"]["own"] == shown["tensors"]["own"][1] != plain["cost"]["own"]
    assert shown["revision"] == plain["revision"]
    assert client.get(session) == plain, "what was shown before leaves no trace"


def test_digits_change_what_is_printed_and_never_a_value(client: Client) -> None:
    session = client.session(XOR)
    client.put(f"{session}/position", {"iteration": 0, "operation": 3})
    values, texts = set(), []
    for digits in (2, 3, 12):
        explanation = client.get(session, digits=digits)["step"]["explanation"]
        values.add(explanation["value"])
        texts.append(explanation["text"])
    assert len(values) == 1
    assert [len(text.split(".")[1]) if "." in text else 0 for text in texts] == [2, 3, 12]


def test_notation_changes_symbols_and_nothing_else(client: Client) -> None:
    session = client.session(XOR)
    client.put(f"{session}/position", {"iteration": 0, "operation": 3})
    symbols = set()
    kept = set()
    for notation in client.get("/api/catalog")["notations"]:
        explanation = client.get(f"{session}/explanations/z1", index="0", notation=notation["name"])
        symbols.add(str(explanation["symbol"]))
        kept.add((explanation["value"], explanation["sentence"], explanation["operation"]))
    assert len(symbols) == len(client.get("/api/catalog")["notations"]) > 1
    assert len(kept) == 1


@pytest.mark.parametrize("body", [XOR, IRIS], ids=["xor", "iris"])
def test_every_number_of_every_tensor_explains_itself_before_and_after_it_is_written(
    client: Client, body: object
) -> None:
    session = client.session(body)
    last = client.get(session)["position"]["operations"]
    client.put(f"{session}/position", {"iteration": 0, "operation": last})
    tensors = client.get(session)["tensors"]
    examples = len(client.get(session)["batch"]["examples"])
    client.put(f"{session}/position", {"iteration": 0, "operation": 0})
    early = {}
    places = [
        (name, ",".join(map(str, index)))
        for name, numbers in tensors.items()
        for index in _indices(numbers, bool(OF_EXAMPLES.fullmatch(name)))
    ]
    assert len(places) > examples
    for name, index in places:
        early[name, index] = client.get(f"{session}/explanations/{name}", index=index)
        assert early[name, index]["written"] == (name in GIVEN or name[0] in "Wb")
        assert (early[name, index]["value"] is not None) == early[name, index]["written"]
        assert early[name, index]["sentence"].endswith(".")
    client.put(f"{session}/position", {"iteration": 0, "operation": last})
    for name, index in places:
        explanation = client.get(f"{session}/explanations/{name}", index=index)
        assert explanation["written"] is True
        assert explanation["title"] == early[name, index]["title"]
        assert explanation["operation"] == early[name, index]["operation"]


def _indices(numbers: Any, of_examples: bool) -> Iterator[list[int]]:
    """Every index into nested lists, without the examples' axis."""
    if of_examples:
        numbers = numbers[0]
    if not isinstance(numbers, list):
        yield []
        return
    for place, part in enumerate(numbers):
        for rest in _indices(part, False):
            yield [place, *rest]
