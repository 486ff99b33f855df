"""Languages over HTTP: sentences, titles and errors as they are asked for, English where there is nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.nn.activations import activations
from app.words import USUAL, Words, languages

from .client import Client


@pytest.fixture
def another() -> Iterator[str]:
    """A language whose file holds next to nothing."""
    messages = {"page": {"header": {"setup": "Xsetup"}}, "server": {"title": {"sum": "X {unit}"}}}
    languages["xx"] = Words("xx", {"language": "Xxish", **messages})
    yield "xx"
    del languages["xx"]


def test_a_language_that_is_added_is_offered_and_falls_back_to_english(client: Client, another: str) -> None:
    offered = client.get("/api/catalog", language=another)["languages"]
    assert offered[0] == {"name": USUAL, "title": "English"}
    assert {"name": another, "title": "Xxish"} in offered
    said = client.get(f"/words/{another}/page.json")
    assert said["header.setup"] == "Xsetup"
    assert said["header.view"] == client.get("/words/en/page.json")["header.view"]
    session = client.session({"preset": "xor"})
    titles = [
        client.get(f"{session}/explanations/{name}", index="0", language=another)["title"] for name in ("z1", "a1")
    ]
    assert titles == ["X hidden neuron 1", "Activation of hidden neuron 1"]


def test_an_entry_without_a_translation_is_told_in_its_own_words(client: Client) -> None:
    entry = activations.add(replace(activations.named("tanh"), name="another_tanh", title="Another tanh"))
    try:
        told = {one["name"]: one["title"] for one in client.get("/api/catalog", language="de")["activations"]}
        assert told["another_tanh"] == "Another tanh"
        assert told["step"] == "Stufe"
    finally:
        activations.remove(entry.name)


def test_the_page_is_in_the_first_of_the_browsers_languages(client: Client) -> None:
    german = client.request("GET", "/", headers={"Accept-Language": "fr, de-CH;q=0.7"})
    assert '<html lang="de">' in german.text
    assert 'href="words/de/page.json"' in german.text
    assert "Accept-Language" in german.headers["vary"]
    assert '<html lang="en">' in client.request("GET", "/").text


def test_a_ready_sets_columns_are_called_as_the_reader_does_and_the_data_keeps_its_own_names(client: Client) -> None:
    session = client.session({"preset": "iris"})
    german = client.get(session, language="de")["data"]
    assert german["features"] == ["Kelchlänge", "Kelchbreite", "Kronlänge", "Kronbreite"]
    assert german["classes"] == ["setosa", "versicolor", "virginica"]
    assert client.get(f"{session}/explanations/a0", index="0", language="de")["title"] == "Eingang Kelchlänge"
    own = {key: client.get(f"{session}/data")[key] for key in ("features", "target_names", "classes")}
    assert own["features"][0] == client.get(session)["data"]["features"][0] == "sepal length"
    rows = {"inputs": [[1, 2, 3, 4]], "targets": [[1, 0, 0]], **own}
    mine = client.session({"spec": client.get(session)["spec"], "data": rows})
    assert client.get(mine, language="de")["data"]["features"] == own["features"]


def test_an_unknown_language_is_refused(client: Client) -> None:
    refused = client.request("GET", "/api/catalog?language=tlh")
    assert refused.status_code == 422
    assert refused.json()["error"]["where"] == "language"


def test_errors_are_told_in_the_readers_language(client: Client) -> None:
    body = {"spec": {"layers": [{"units": 3}, {"units": 1, "activation": "sigmoid"}]}, "data": {"name": "xor"}}
    german = client.request("POST", "/api/sessions", body, headers={"Accept-Language": "de"}).json()["error"]
    assert german["message"] == "Schicht 0 hat 3 Einheiten; die Daten haben 2 in einer Zeile (inputs)."
    assert german["hint"] == "Schicht 0 2 Einheiten geben, oder andere Daten verwenden."
    assert client.request("POST", "/api/sessions", body).json()["error"]["message"].startswith("Layer 0 has 3 units")
