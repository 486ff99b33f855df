"""What the ready tables are learned to with default choices, over the app, beside scikit-learn on the same rows."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from importlib import import_module
from time import perf_counter_ns
from typing import Any

import numpy as np

from tests.server import Server

from .client import Client
from .report import Line, Table, Target

WANTED = {"iris": 95.0, "wine": 97.0, "cancer": 95.0, "digits": 95.0}
EPOCHS = 100
MOST = 5000
"""Iterations in one request."""
MINUTE = 60e9
SEEDS = (6, 7, 8, 9)
NOTE = (
    f"{EPOCHS} epochs. The default seed decides which rows are kept for testing and where the parameters start; the "
    "other seeds show how much that is worth. scikit-learn: the same layers, optimizer, batches and rows."
)


def measure(quick: bool) -> Iterator[Table]:
    with Server(checked=False) as server, Client(server.url) as client:
        found = {entry["name"]: entry["suggested"] for entry in client.get("/api/catalog")["datasets"]}
        for name, wanted in list(WANTED.items())[: 1 if quick else None]:
            yield _table(client, name, found[name], wanted, SEEDS[:2] if quick else SEEDS)


def _table(client: Client, name: str, suggested: dict[str, Any], wanted: float, seeds: tuple[int, ...]) -> Table:
    begin = perf_counter_ns()
    session = _learned(client, suggested)
    took = perf_counter_ns() - begin
    own, theirs = [_accuracy(client, session)], [_scikit(client, session, suggested["spec"])]
    others = []
    for seed in seeds:
        body = {"spec": {**suggested["spec"], "seed": seed}, "data": {**suggested["data"], "seed": seed}}
        session = _learned(client, body)
        others.append(_accuracy(client, session))
        theirs.append(_scikit(client, session, body["spec"]))
    lines = [
        Line("right on test rows, default choices", own, "%", Target(wanted, at_least=True)),
        Line("from making the session to the last epoch", [float(took)], target=Target(MINUTE)),
        Line("right on test rows, other seeds", others, "%"),
    ]
    known = [accuracy for accuracy in theirs if accuracy is not None]
    if not known:
        return Table(name, lines, f"{NOTE} It is absent: python3 -m pip install scikit-learn.")
    ahead = [ours - other for ours, other in zip([*own, *others], known, strict=True)]
    lines += [
        Line("scikit-learn, the same seeds and rows", known, "%"),
        Line("ahead of scikit-learn, in points", ahead, "points", Target(-2, at_least=True)),
    ]
    return Table(name, lines, NOTE)


def _learned(client: Client, body: dict[str, Any]) -> str:
    """The path of a session that has learned for so many epochs."""
    session = client.session(body)
    state = client.get(f"{session}?view=step")
    rest = EPOCHS * state["batch"]["batches"]
    while rest:
        count = min(rest, MOST)
        client.ask("POST", f"{session}/train?view=step", {"iterations": count})
        rest -= count
    return session


def _accuracy(client: Client, session: str) -> float:
    return 100 * float(client.get(f"{session}/metrics")["points"][-1]["test_accuracy"])


def _scikit(client: Client, session: str, spec: dict[str, Any]) -> float | None:
    """The accuracy of scikit-learn's network of the same spec on the same rows; None where it is absent."""
    try:
        module: Any = import_module("sklearn.neural_network")
    except ImportError:
        return None
    data = client.get(f"{session}/data")
    rows = {name: np.array(data[name]) for name in ("inputs", "targets", "test_inputs", "test_targets")}
    model = module.MLPClassifier(
        hidden_layer_sizes=[layer["units"] for layer in spec["layers"][1:-1]],
        activation="tanh",
        solver="adam",
        alpha=0,
        batch_size=spec["batch_size"],
        learning_rate_init=spec["optimizer"]["learning_rate"],
        max_iter=EPOCHS,
        n_iter_no_change=EPOCHS,
        random_state=spec["seed"],
    )
    convergence: Any = import_module("sklearn.exceptions").ConvergenceWarning
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", convergence)  # so many epochs are wanted, no more
        model.fit(rows["inputs"], _classes(rows["targets"]))
    return 100 * float(model.score(rows["test_inputs"], _classes(rows["test_targets"])))


def _classes(targets: Any) -> Any:
    return targets.argmax(axis=1) if targets.shape[1] > 1 else targets[:, 0].round().astype(int)
