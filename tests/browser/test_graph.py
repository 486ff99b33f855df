"""The computation graph in the browser: its numbers are the API's, there and back, and it can be walked and asked."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from app.steps.numbers import format_number

from .learner import Learner
from .test_stepping import GRANULARITIES, told

IRIS = {
    "spec": {
        "layers": [
            {"units": 4},
            {"units": 8, "activation": "tanh"},
            {"units": 8, "activation": "relu"},
            {"units": 3, "activation": "softmax"},
        ],
        "loss": "cross_entropy",
        "initializer": {"name": "he"},
        "batch_size": 10,
        "seed": 1,
    },
    "data": {"name": "iris"},
}


Place = tuple[str, tuple[int, ...]]


@pytest.fixture
def graph(learner: Learner) -> Learner:
    """A learner who looks at the graph of XOR."""
    learner.page.get_by_role("tab", name="Graph").click()
    settle(learner)
    return learner


def settle(learner: Learner) -> None:
    learner.page.wait_for_selector("[aria-label='Computation graph'][aria-busy=false] svg.graph")


def open_iris(learner: Learner) -> None:
    session = learner.api.post("/api/sessions", json=IRIS).json()["id"]
    learner.open(f"/#session={session}&view=graph")
    settle(learner)


def node(learner: Learner, name: str) -> Locator:
    return learner.page.locator(f"svg.graph [data-id='{name}']")


def told_graph(learner: Learner) -> Any:
    """What the API says of the graph that is shown."""
    centre = learner.page.get_by_label("Computation graph", exact=True).get_attribute("data-centre")
    answer = learner.get("/graph", around=centre or "C:")["graph"]
    assert (answer["centre"] is None) == (centre is None)
    return answer


def check(learner: Learner) -> Any:
    """The graph shows the API's nodes, of their numbers what is written, and of their edges what is reached."""
    settle(learner)
    answer, position = told_graph(learner), learner.position[1]
    places = [f"{one['tensor']}:{','.join(map(str, one['index']))}" for one in answer["nodes"]]
    drawn = learner.page.locator("svg.graph .node").evaluate_all("all => all.map((one) => one.dataset.id)")
    assert sorted(drawn) == sorted(places)
    gradients = [one["gradient"] for one in answer["nodes"]]
    reached = [gradient is not None and gradient["operation"] < position for gradient in gradients]
    check_numbers(learner, answer, reached)
    wanted = {
        f"{places[edge['source']]}>{places[edge['target']]}": edge["derivative"]["value"]
        for edge in answer["edges"]
        if edge["derivative"] and reached[edge["target"] if gradients[edge["target"]] else edge["source"]]
    }
    locals_ = learner.page.locator("svg.graph .local-value")
    shown = locals_.evaluate_all("all => all.map((one) => [one.dataset.edge, Number(one.dataset.value)])")
    assert dict(shown) == wanted
    return answer


def check_numbers(learner: Learner, answer: Any, reached: list[bool]) -> None:
    position = learner.position[1]
    wanted: Counter[Place] = Counter()
    seeds = 0
    for one, arrived in zip(answer["nodes"], reached, strict=True):
        gradient = one["gradient"]
        if one["operation"] is None or one["operation"] < position:
            wanted[one["tensor"], tuple(one["index"])] += 1
        if arrived and gradient["constant"] is None:
            wanted[gradient["tensor"], tuple(gradient["index"])] += 1
        seeds += arrived and gradient["constant"] is not None
    shown = learner.numbers("svg.graph")
    assert Counter((one.tensor, one.index) for one in shown) == wanted
    assert learner.page.locator("svg.graph .seed[data-value='1']").count() == seeds
    state = learner.state()
    for one in shown:
        assert one.value is not None
        assert float(one.value) == told(learner, state, one), one


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_through_an_iteration_and_back_the_graph_shows_what_the_api_says(
    graph: Learner, granularity: str, long: bool
) -> None:
    """At every step; of single operations only at every sixth, unless there is time for all."""
    for _ in range(GRANULARITIES.index(granularity)):
        graph.page.keyboard.press("]")
    assert len(check(graph)["nodes"]) == 36
    pictures = {graph.position: graph.picture()}
    while graph.position[0] == 0:
        if granularity == "operation" and not long:
            graph.skip(5)
        graph.press("ArrowRight")
        check(graph)
        pictures[graph.position] = graph.picture()
    while graph.position > (0, 0):
        graph.press("ArrowLeft")
        if graph.position in pictures:
            settle(graph)
            assert graph.picture() == pictures[graph.position]


def test_a_large_graph_shows_two_hops_around_the_step_or_the_selection(newcomer: Learner) -> None:
    open_iris(newcomer)
    newcomer.page.keyboard.press("]")
    for _ in range(14):
        newcomer.press("ArrowRight")
        answer = check(newcomer)
        assert answer["total"] == 311
        assert len(answer["nodes"]) <= 60
        step = newcomer.state()["step"]["explanation"]
        assert [step["tensor"], step["index"]] in [[one["tensor"], one["index"]] for one in answer["nodes"]]
    newcomer.page.get_by_role("tab", name="Network").click()
    newcomer.page.locator("svg.picture [data-id='l3.2.5']").dispatch_event("click")
    newcomer.page.get_by_role("tab", name="Graph").click()
    expect(node(newcomer, "W3:2,5")).to_have_attribute("aria-pressed", "true")
    assert 10 < len(check(newcomer)["nodes"]) <= 60


def test_what_is_clicked_is_explained_and_once_more_its_gradient(graph: Learner) -> None:
    graph.press("End")
    inspector = graph.page.locator("section.inspector")
    node(graph, "a1:1").click()
    expect(inspector).to_contain_text("Activation of hidden neuron 2")
    node(graph, "a1:1").click()
    expect(inspector).to_contain_text("How the cost changes with the activation of hidden neuron 2")
    graph.page.locator("svg.graph .number[data-tensor=dz1][data-index='0']").first.click()
    expect(inspector).to_contain_text("Delta of hidden neuron 1")
    expect(inspector).to_contain_text(graph.get("/explanations/dz1", index="0")["text"])


def test_the_backward_pass_comes_to_the_wires_step_by_step(graph: Learner) -> None:
    for _ in range(3):
        graph.page.keyboard.press("]")
    graph.press("ArrowRight")
    graph.press("ArrowRight")
    expect(graph.page.locator("svg.graph .gradient")).to_have_count(0)
    for _ in range(3):
        graph.page.keyboard.press("[")
    graph.press("ArrowRight")
    gradients = graph.page.locator("svg.graph .gradient")
    expect(gradients).to_have_count(3)  # of the output's activation, and 1 at its share and at the cost
    graph.press("ArrowRight")
    expect(gradients).to_have_count(3 + 1 + 3)  # its sum, and the products that went into that
    expect(node(graph, "z2:0")).to_have_class(re.compile("current"))


def test_an_edge_says_its_local_derivative_and_what_goes_back_over_it(graph: Learner) -> None:
    graph.press("End")
    tensors = graph.state()["tensors"]
    edge = node(graph, "a1:0>Wa2:0,0")
    edge.dispatch_event("pointerover")
    foot = graph.page.locator(".chain")
    expect(foot.locator("math")).to_be_visible()
    weight = graph.get("/explanations/W2", index="0,0")["value"]  # the update has made another of the state's
    expect(foot.locator(".local-now")).to_have_attribute("data-value", str(weight))
    delta, passed = tensors["dz2"][0][0], graph.get("/explanations/Wdz2", index="0,0")
    expect(foot).to_contain_text(format_number(delta, 3))
    expect(foot).to_contain_text(passed["text"])
    edge.dispatch_event("click")
    expect(graph.page.locator("section.inspector")).to_contain_text(
        "One term of the gradient that reaches hidden neuron 1"
    )


def test_the_graph_is_walked_and_asked_by_keyboard(graph: Learner) -> None:
    graph.press("End")
    start = node(graph, "W1:0,0")
    start.focus()
    expect(start).to_have_attribute(
        "aria-label", re.compile(r"weight from input x₁ to hidden neuron 1: 0\.\d+; gradient")
    )
    graph.page.keyboard.press("Shift+ArrowRight")
    graph.page.keyboard.press("Shift+ArrowRight")
    expect(graph.page.locator("svg.graph .node:focus")).to_have_attribute("data-id", "Wa1:0,0")
    expect(graph.page.locator(":focus")).to_have_attribute("aria-label", re.compile(r"times: .* × 1 = .*; gradient"))
    graph.page.keyboard.press("ArrowDown")
    expect(graph.page.locator(":focus")).to_have_attribute("data-id", "Wa1:0,1")
    graph.page.keyboard.press("Enter")
    expect(graph.page.locator("section.inspector")).to_contain_text("One term of the weighted sum of hidden neuron 1")
    graph.page.keyboard.press("Enter")
    expect(graph.page.locator("section.inspector")).to_contain_text("Delta of hidden neuron 1")


def test_a_batchs_gradients_are_named_as_means(newcomer: Learner) -> None:
    open_iris(newcomer)
    for _ in range(3):
        newcomer.page.keyboard.press("]")
    for _ in range(3):
        newcomer.press("ArrowRight")
    settle(newcomer)
    expect(node(newcomer, "W1:7,0")).to_have_attribute("aria-label", re.compile("mean over the batch"))
    expect(newcomer.page.locator(".graph-foot")).to_contain_text("the mean over the batch’s 10")


def test_another_network_has_another_graph(graph: Learner) -> None:
    graph.preset("or")
    settle(graph)
    assert len(check(graph)["nodes"]) == 13
