"""Catalog, schema and sessions follow the registries: what is registered in one place is offered everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.main import create_app
from app.nn.activations import Activation, activations
from app.nn.diagnose import failures
from app.nn.initializers import initializers
from app.nn.layers import layers
from app.nn.losses import losses
from app.nn.optimizers import optimizers
from app.nn.penalties import penalties
from app.nn.registry import Registry
from app.nn.schedules import schedules
from app.settings import Settings

from .client import Client

REGISTRIES: dict[str, Registry[Any]] = {
    "layers": layers,
    "activations": activations,
    "losses": losses,
    "initializers": initializers,
    "optimizers": optimizers,
    "schedules": schedules,
    "penalties": penalties,
}
SCHEMAS = {
    "activations": ("LayerBody", "activation"),
    "layers": ("LayerBody", "kind"),
    "losses": ("SpecBody", "loss"),
    "initializers": ("InitializerBody", "name"),
    "optimizers": ("OptimizerBody", "name"),
    "schedules": ("ScheduleBody", "name"),
}


def names_in_schema(client: Client, model: str, field: str) -> list[str]:
    schema = client.get("/openapi.json")["components"]["schemas"][model]["properties"][field]
    found: list[str] = (schema["anyOf"][0] if "anyOf" in schema else schema)["enum"]
    return found


@pytest.mark.parametrize("kind", REGISTRIES)
def test_the_catalog_has_every_entry_with_its_words_and_its_rule(client: Client, kind: str) -> None:
    listed = client.get("/api/catalog")[kind]
    assert [entry["name"] for entry in listed] == [entry.name for entry in REGISTRIES[kind]]
    for entry in listed:
        assert entry["title"]
        assert entry["description"].endswith(".")
        assert entry["rule"][0].startswith("m")
        if kind in ("activations", "losses", "penalties"):
            assert entry["derivative"][0].startswith("m")


def test_the_catalog_has_every_failure_with_its_sign(client: Client) -> None:
    listed = [(entry["name"], entry["title"], entry["glyph"]) for entry in client.get("/api/catalog")["failures"]]
    assert listed == [(failure.name, failure.title, failure.glyph) for failure in failures]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_lists_the_names_of_every_registry(client: Client, kind: str) -> None:
    assert names_in_schema(client, *SCHEMAS[kind]) == [entry.name for entry in REGISTRIES[kind]]


def test_every_option_of_the_catalog_can_be_sent_with_its_default(client: Client) -> None:
    catalog = client.get("/api/catalog")
    for kind, field in (("initializers", "initializer"), ("optimizers", "optimizer"), ("schedules", "schedule")):
        for entry in catalog[kind]:
            chosen = {"name": entry["name"], **{option["name"]: option["default"] for option in entry["options"]}}
            spec = {"layers": [{"units": 2}, {"units": 1}], field: chosen}
            assert client.post("/api/sessions", {"spec": spec, "data": {"name": "or"}})["spec"][field] == chosen


def test_every_preset_makes_a_session_by_name_and_by_its_body(client: Client) -> None:
    for preset in client.get("/api/catalog")["presets"]:
        by_name = client.post("/api/sessions", {"preset": preset["name"]})
        by_body = client.post("/api/sessions", preset["body"])
        assert by_name["tensors"] == by_body["tensors"]
        assert by_name["spec"] == by_body["spec"]


def test_every_dataset_is_as_large_as_the_catalog_says(client: Client) -> None:
    for entry in client.get("/api/catalog")["datasets"]:
        spec = {"layers": [{"units": entry["inputs"]}, {"units": entry["outputs"]}]}
        session = client.session({"spec": spec, "data": {"name": entry["name"]}})
        data = client.get(session)["data"]
        assert (data["title"], data["task"], data["rows"]) == (entry["title"], entry["task"], entry["rows"])
        rows = client.get(f"{session}/data")
        assert len(rows["inputs"]) == len(rows["targets"]) == entry["rows"]
        assert {len(row) for row in rows["inputs"]} == {entry["inputs"]}
        assert {len(row) for row in rows["targets"]} == {entry["outputs"]}


def test_what_is_suggested_for_a_dataset_makes_a_session_with_rows_to_test_on(client: Client) -> None:
    for entry in client.get("/api/catalog")["datasets"]:
        made = client.post("/api/sessions", entry["suggested"], view="step")
        wanted = round(entry["suggested"]["data"]["test_share"] * entry["rows"])
        assert made["data"]["tests"] == pytest.approx(wanted, abs=3)
        assert made["data"]["rows"] + made["data"]["tests"] == entry["rows"]


def test_every_option_of_a_dataset_can_be_sent_with_its_default(client: Client) -> None:
    for entry in client.get("/api/catalog")["datasets"]:
        options = {option["name"]: option["default"] for option in entry["options"]}
        body = {**entry["suggested"], "data": {"name": entry["name"], "options": options, "seed": 4}}
        made = client.post("/api/sessions", body, view="step")["data"]
        assert made["choice"]["options"] == options
        assert made["choice"]["seed"] == 4


def test_the_limits_are_those_of_this_server() -> None:
    with Client(create_app(Settings(max_units=77))) as client:
        limits = client.get("/api/catalog")["limits"]
    assert limits["max_units"] == 77
    assert set(limits) == {name for name in vars(Settings()) if name.startswith("max_")}


def test_every_granularity_of_the_catalog_is_a_step(client: Client) -> None:
    session = client.session({"preset": "or"})
    for granularity in client.get("/api/catalog")["granularities"]:
        assert client.post(f"{session}/step", {"granularity": granularity})["step"]["granularity"] == granularity


@pytest.fixture
def softsign() -> Iterator[Activation]:
    """An activation that Stepgrad does not have, registered while the test runs."""
    entry = activations.add(
        Activation(
            name="test_softsign",
            title="Softsign",
            description="Squashes gently.",
            rule="z/(1+abs(z))",
            derivative="1/(1+abs(z))^2",
            forward=lambda z, a, shared, k: [(np.abs, z, a), (np.add, a, k(1), a), (np.divide, z, a, a)],
            slope=lambda z, a, s, k: [
                (np.abs, z, s),
                (np.add, s, k(1), s),
                (np.multiply, s, s, s),
                (np.reciprocal, s, s),
            ],
            low=-1,
            high=1,
        )
    )
    yield entry
    activations.remove(entry.name)


@pytest.fixture
def own_client(softsign: Activation) -> Iterator[Client]:
    with Client(create_app(Settings())) as client:
        yield client


def test_an_activation_registered_at_run_time_is_in_catalog_and_schema(
    own_client: Client, softsign: Activation
) -> None:
    entry = own_client.get("/api/catalog")["activations"][-1]
    assert (entry["name"], entry["title"]) == (softsign.name, "Softsign")
    assert entry["rule"]
    assert names_in_schema(own_client, "LayerBody", "activation")[-1] == softsign.name
    assert softsign.name in own_client.request("GET", "/docs").text


W1, B1, W2, B2 = [[0.5, -1.0], [2.0, 0.25]], [0.1, -0.2], [[1.5, -0.75]], [0.3]
X, Y, RATE = [0.8, -0.6], 0.9, 0.5


def squash(z: float) -> float:
    return z / (1 + abs(z))


def slope(z: float) -> float:
    return 1 / (1 + abs(z)) ** 2


def by_hand() -> dict[str, Any]:
    """Every number of one iteration of 2-2-1 with softsign and half squared error, in plain Python."""
    two = (0, 1)
    known: dict[str, Any] = {}
    known["Wa1"] = [[W1[j][i] * X[i] for i in two] for j in two]
    known["z1"] = [sum(known["Wa1"][j]) + B1[j] for j in two]
    known["a1"] = [squash(z) for z in known["z1"]]
    known["Wa2"] = [[W2[0][i] * known["a1"][i] for i in two]]
    known["z2"] = [sum(known["Wa2"][0]) + B2[0]]
    known["a2"] = [squash(known["z2"][0])]
    known["share"] = [(Y - known["a2"][0]) ** 2 / 2]
    known["own"] = known["C"] = known["share"][0]
    known["da2"] = [known["a2"][0] - Y]
    known["dz2"] = [known["da2"][0] * slope(known["z2"][0])]
    known["dW2"] = [[known["dz2"][0] * known["a1"][i] for i in two]]
    known["db2"] = known["dz2"]
    known["Wdz2"] = [[W2[0][i] * known["dz2"][0]] for i in two]
    known["da1"] = [known["Wdz2"][i][0] for i in two]
    known["dz1"] = [known["da1"][i] * slope(known["z1"][i]) for i in two]
    known["dW1"] = [[known["dz1"][j] * X[i] for i in two] for j in two]
    known["db1"] = known["dz1"]
    known["W1.new"] = [[W1[j][i] - RATE * known["dW1"][j][i] for i in two] for j in two]
    known["b1.new"] = [B1[j] - RATE * known["db1"][j] for j in two]
    known["W2.new"] = [[W2[0][i] - RATE * known["dW2"][0][i] for i in two]]
    known["b2.new"] = [B2[0] - RATE * known["db2"][0]]
    return known


def test_an_activation_registered_at_run_time_is_stepped_operation_by_operation(
    own_client: Client, softsign: Activation
) -> None:
    body = {
        "spec": {
            "layers": [{"units": 2}, *({"units": units, "activation": softsign.name} for units in (2, 1))],
            "optimizer": {"name": "sgd", "learning_rate": RATE},
        },
        "data": {"inputs": [X], "targets": [[Y]]},
        "parameters": [{"W": W1, "b": B1}, {"W": W2, "b": B2}],
    }
    session = own_client.session(body)
    known, seen = by_hand(), set()
    for _ in range(own_client.get(session)["position"]["operations"]):
        explanation = own_client.post(f"{session}/step", {}, view="step")["step"]["explanation"]
        wanted = known[explanation["tensor"]]
        for place in explanation["index"]:
            wanted = wanted[place]
        assert explanation["value"] == pytest.approx(wanted, rel=1e-14), explanation["title"]
        assert explanation["formula"]["numbers"]
        seen.add((explanation["tensor"], *explanation["index"]))
    sizes = {name: np.size(numbers) for name, numbers in known.items()}
    assert len(seen) == sum(sizes.values()), "every number by hand was a step"


def test_an_activation_that_is_taken_out_is_gone(client: Client, softsign: Activation) -> None:
    passing = activations.add(replace(softsign, name="test_passing"))
    body = {"spec": {"layers": [{"units": 2}, {"units": 1, "activation": passing.name}]}, "data": {"name": "or"}}
    client.session(body)
    activations.remove(passing.name)
    error = client.refused(422, "POST", "/api/sessions", body)
    assert error["message"] == "'test_passing' is not an activation that Stepgrad knows."
    assert passing.name not in str(client.get("/api/catalog"))
