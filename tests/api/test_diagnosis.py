"""What goes wrong is found over the API, with where it began and what to try."""

from __future__ import annotations

from typing import Any

import pytest

from app.nn.diagnose import Failure, failures
from app.nn.look import Finding
from app.sessions import diagnosis
from app.sessions.presets import presets

from .client import Client


def findings(client: Client, session: str) -> dict[str, Any]:
    return {found["name"]: found for found in client.get(f"{session}/diagnosis")["findings"]}


@pytest.mark.parametrize("preset", ["xor", "or", "two_two_two", "iris"])
def test_nothing_is_found_in_a_preset_that_learns(client: Client, preset: str) -> None:
    session = client.session({"preset": preset})
    for iterations in (0, 1, 7, 40, 300, 600):
        if iterations:
            client.post(f"{session}/train", {"iterations": iterations})
        assert client.get(f"{session}/diagnosis")["findings"] == []


def test_a_preset_that_shows_a_bad_start_shows_it_and_says_so(client: Client) -> None:
    for preset, name, iterations in [
        ("dead_neurons", "dead_relu", 0),
        ("all_zeros", "symmetric", 0),
        ("too_fast", "rising_cost", 5),
    ]:
        session = client.session({"preset": preset})
        if iterations:
            client.post(f"{session}/train", {"iterations": iterations})
        assert list(findings(client, session)) == [name]
        assert presets.named(preset).title.startswith("A bad start: ")
    assert client.post(f"{session}/train", {"iterations": 99})["diverged"]["iteration"] + 1 == 12
    assert "in iteration 12 " in presets.named("too_fast").description


def living() -> dict[str, Any]:
    """A relu that is above 0 for both rows and hardly moves."""
    return {
        "spec": {
            "layers": [{"units": 1}, {"units": 1, "activation": "relu"}, {"units": 1, "activation": "linear"}],
            "optimizer": {"name": "sgd", "learning_rate": 0.001},
        },
        "data": {"inputs": [[1], [0.5]], "targets": [[0], [0]]},
        "parameters": [{"W": [[0.5]], "b": [0.5]}, {"W": [[1]], "b": [0]}],
    }


def kill(client: Client, session: str, iteration: int) -> None:
    client.put(f"{session}/position", {"iteration": iteration, "operation": 0})
    client.patch(f"{session}/parameters", {"changes": [{"tensor": "b1", "index": [0], "value": -7}]})


def test_where_a_finding_began_is_the_first_iteration_at_which_it_holds(client: Client) -> None:
    session = client.session(living())
    kill(client, session, 137)
    for iteration in (137, 138, 150, 2000):
        client.put(f"{session}/position", {"iteration": iteration, "operation": 2})
        found = findings(client, session)["dead_relu"]
        assert (found["began"], found["neurons"], found["layers"]) == (137, [{"layer": 1, "unit": 0}], [1])
    client.put(f"{session}/position", {"iteration": 136, "operation": 0})
    assert findings(client, session) == {}


def test_a_neuron_that_training_kills_began_to_be_dead_after_that_update(client: Client) -> None:
    """z = w + b = 1 becomes 1 − 2·lr·dz, with dz = a − y = 1 and lr = 3 at the first update."""
    body = living()
    body["data"] = {"inputs": [[1]], "targets": [[0]]}
    body["spec"]["optimizer"]["learning_rate"] = 3
    session = client.session(body)
    client.post(f"{session}/train", {"iterations": 1})
    assert client.get(session)["tensors"]["b1"] == [0.5 - 3]
    assert findings(client, session)["dead_relu"]["began"] == 1


def test_where_it_would_take_too_long_to_find_out_is_said_to_be_unknown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = client.session(living())
    kill(client, session, 700)
    client.put(f"{session}/position", {"iteration": 3000, "operation": 0})
    assert findings(client, session)["dead_relu"]["began"] == 700
    monkeypatch.setattr(diagnosis, "MOST_WORK", 2_000_000)
    assert findings(client, session)["dead_relu"]["began"] is None


def test_a_failure_that_is_registered_is_found_without_more(client: Client) -> None:
    entry = Failure(
        name="no_bias",
        title="A bias of 0",
        description="An output whose bias is 0.",
        glyph="0",
        says={"zero": "{units} has no bias."},
        remedies=("Give it a bias.",),
        recognise=lambda look: iter(
            [Finding("no_bias", "zero", (2,), ((2, 0),))] if not look.tensors["b2"].any() else []
        ),
    )
    failures.add(entry)
    try:
        session = client.session(living())
        assert findings(client, session)["no_bias"]["neurons"] == [{"layer": 2, "unit": 0}]
        client.post(f"{session}/train", {"iterations": 1})
        assert findings(client, session) == {}
    finally:
        failures.remove(entry.name)


def test_the_first_look_is_made_however_long_the_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    session = client.session({"preset": "dead_neurons"})
    client.post(f"{session}/train", {"iterations": 1500})
    monkeypatch.setattr(diagnosis, "MOST_WORK", 0)
    found = findings(client, session)["dead_relu"]
    assert (found["layers"], found["began"]) == ([1], None)


def test_a_diagnosis_changes_nothing(client: Client) -> None:
    session = client.session({"preset": "too_fast"})
    client.put(f"{session}/position", {"iteration": 8, "operation": 5})
    before = client.get(session)
    first = client.get(f"{session}/diagnosis")
    assert client.get(f"{session}/diagnosis") == first
    assert client.get(session) == before


def test_every_finding_says_what_to_try(client: Client) -> None:
    session = client.session({"preset": "dead_neurons"})
    found = findings(client, session)["dead_relu"]
    assert found["sentence"].startswith(
        "Hidden neurons 2 and 4: the weighted sums are 0 or less on all 4 training rows"
    )
    assert found["glyph"] == "✕"
    assert all(remedy.endswith(".") for remedy in found["try"])
    assert len(found["try"]) >= 2


def test_of_many_rows_a_sample_is_looked_at_and_the_sentence_says_so(client: Client) -> None:
    body = living()
    body["parameters"][0]["b"] = [-9]
    body["data"] = {"inputs": [[k / 3000] for k in range(3000)], "targets": [[0]] * 3000}
    session = client.session(body)
    answer = client.get(f"{session}/diagnosis")
    assert answer["rows"] == 1000
    assert "on all 1,000 training rows that were looked at, of 3,000" in answer["findings"][0]["sentence"]


def test_a_diverged_session_can_be_diagnosed(client: Client) -> None:
    session = client.session({"preset": "too_fast"})
    state = client.post(f"{session}/train", {"iterations": 50})
    answer = client.get(f"{session}/diagnosis")
    assert answer["iteration"] == state["diverged"]["iteration"]
    assert [found["name"] for found in answer["findings"]] == ["rising_cost"]
