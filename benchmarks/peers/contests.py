"""The contests: which work is compared, with whom, and what is wanted of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import metadata
from typing import Protocol

import numpy as np
from playwright.sync_api import Page

from app.nn.optimizers import optimizers

from ..report import Line, Table, Target
from ..sample import Call, Timed, Times, in_turns, ratios
from .playground import Absent, Playground, playground
from .problem import Layer, Problem, check_agreement
from .products import Products
from .pytorch import KeepingPyTorch, PyTorch
from .scikit import ScikitLearn
from .stepgrad import Stepgrad
from .textbook import Textbook


class Peer(Protocol):
    """What trains a problem's network."""

    def train(self) -> None: ...
    def parameters(self) -> list[Layer]: ...


OURS, TEXTBOOK, PRODUCTS = "Stepgrad", "textbook NumPy", "its matrix products alone"
TORCH_1, TORCH_2, SCIKIT = "PyTorch, 1 thread", "PyTorch, 2 threads", "scikit-learn"
PLAYGROUND = "TensorFlow Playground"
PEERS: Mapping[str, Callable[[Problem], Peer]] = {
    TEXTBOOK: Textbook,
    TORCH_1: PyTorch,
    TORCH_2: partial(PyTorch, threads=2),
    SCIKIT: ScikitLearn,
}

DEEP = (2, 8, 8, 8, 8, 8, 8, 1)
LARGE = (784, 128, 64, 10)
# In each: how many times as fast as those named.
ITERATIONS: Sequence[tuple[Sequence[int], int, Mapping[str, float]]] = (
    ((2, 4, 2, 1), 10, {TEXTBOOK: 3, TORCH_1: 25, SCIKIT: 15}),
    (DEEP, 10, {TORCH_1: 20, SCIKIT: 12}),
    ((64, 32, 10), 32, {TORCH_1: 10, SCIKIT: 6}),
    (LARGE, 32, {TORCH_1: 2, SCIKIT: 2}),
    (LARGE, 128, {TORCH_1: 1.3, SCIKIT: 1.7, PRODUCTS: 0.72}),
)
EPOCHS = (((2, 4, 2, 1), 1.5), (DEEP, 5))
REGIONS = 15
KEEPING = (((2, 4, 2, 1), 15), (LARGE, 3))
OF_SGD = 2
ROWS, LINES = 250, 100
"""Of each half of the data in an epoch, and of the grid in both directions."""


def measure(quick: bool) -> Iterator[Table]:
    """Every contest; who is absent is left out and said to be."""
    rounds = 3 if quick else 51
    with ExitStack() as stack:
        page, why_not = None, ""
        try:
            page = stack.enter_context(playground())
        except Absent as absent:
            why_not = str(absent)
        yield Table("who takes part", [], who(page, why_not))
        for units, batch_size, wanted in ITERATIONS:
            yield _iterations(Problem(units, batch_size), wanted, rounds)
        for units, least in EPOCHS:
            yield _epochs(Problem(units, 10), least, page, rounds)
        yield _regions(Problem(DEEP, 10), page, rounds)
    for units, least in KEEPING:
        yield _keeping(Problem(units, 1), least, rounds)
    for batch_size in (32, 128):
        yield _optimizers(batch_size, rounds)


def who(page: Page | None, why_not: str) -> str:
    """Who is there, in which version; of those who are not, how to add them."""
    said = []
    for title, package in (("PyTorch", "torch"), ("scikit-learn", "scikit-learn")):
        try:
            said.append(f"{title} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            said.append(f"{title} is absent; to add it: python -m pip install {package}")
    browser = page.context.browser if page else None
    said.append(f"{PLAYGROUND} in Chromium {browser.version}" if browser else f"{PLAYGROUND} is absent; {why_not}")
    return ". ".join(said) + "."


def _iterations(problem: Problem, wanted: Mapping[str, float], rounds: int) -> Table:
    """Forward, backward and update on one batch; those that compute the same have to agree first."""
    ours, peers = Stepgrad(problem), _present(PEERS, problem)
    for _ in range(10):
        for each in (ours, *peers.values()):
            each.train()
    for name, peer in peers.items():
        if name != SCIKIT or problem.classifies:  # its regressor lacks the last tanh
            check_agreement(ours.parameters(), peer.parameters(), name)
    calls = {name: _call(peer) for name, peer in {OURS: ours, **peers}.items()}
    times = in_turns({**calls, PRODUCTS: Products(problem).train}, rounds)
    return Table(f"an iteration of {problem.title}", _compared(times, wanted))


def _epochs(problem: Problem, least: float, page: Page | None, rounds: int) -> Table:
    ours, halves = Stepgrad(problem), [problem.rows(ROWS, seed) for seed in (1, 2)]
    calls: dict[str, Call | Timed] = {OURS: partial(ours.epoch, *halves)}
    if page:
        peer = Playground(page, problem, halves, axis=np.zeros(0))
        np.testing.assert_allclose(ours.epoch(*halves), peer.epoch(), rtol=1e-9, err_msg="costs")
        check_agreement(ours.parameters(), peer.parameters(), PLAYGROUND)
        calls[PLAYGROUND] = peer.timed("epochs")
    title = f"an epoch of {ROWS} rows, and the cost of them and of {ROWS} others, {problem.title}"
    return Table(title, _compared(in_turns(calls, rounds), {PLAYGROUND: least}))


def _regions(problem: Problem, page: Page | None, rounds: int) -> Table:
    ours, axis = Stepgrad(problem), np.linspace(-6, 6, LINES)
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    calls: dict[str, Call | Timed] = {OURS: partial(ours.network.predict, grid)}
    if page:
        calls[PLAYGROUND] = Playground(page, problem, [], axis).timed("regions")
    title = f"the output of every neuron of {problem.shape} over a grid of {LINES}×{LINES} inputs"
    return Table(title, _compared(in_turns(calls, rounds), {PLAYGROUND: REGIONS}))


def _keeping(problem: Problem, least: float, rounds: int) -> Table:
    ours, name = Stepgrad(problem), "PyTorch with hooks"
    peers = _present({name: KeepingPyTorch}, problem)
    calls = {OURS: ours.gradients, **{name: _call(peer) for name, peer in peers.items()}}
    title = f"the gradients of one example, every number on the way kept, {problem.title}"
    return Table(title, _compared(in_turns(calls, rounds), {name: least}))


def _optimizers(batch_size: int, rounds: int) -> Table:
    problems = {optimizer.name: Problem(LARGE, batch_size, optimizer.name) for optimizer in optimizers}
    times = in_turns({name: Stepgrad(problem).train for name, problem in problems.items()}, rounds)
    lines = _times(times)
    for name in times:
        if name != "sgd":
            lines.append(_ratio(f"{name} takes, of sgd", times[name], times["sgd"], Target(OF_SGD)))
    return Table(f"an iteration by optimizer, {problems['sgd'].title}", lines)


def _present(makers: Mapping[str, Callable[[Problem], Peer]], problem: Problem) -> dict[str, Peer]:
    peers = {}
    for name, make in makers.items():
        try:
            peers[name] = make(problem)
        except ImportError:
            continue  # said at the beginning
    return peers


def _call(peer: Peer) -> Call | Timed:
    return peer if isinstance(peer, Timed) else peer.train


def _compared(times: Mapping[str, Times], wanted: Mapping[str, float]) -> list[Line]:
    """How long each takes, then how many times as fast this engine is as each of the others."""
    lines = _times(times)
    for name in times:
        if name != OURS:
            target = Target(wanted[name], at_least=True) if name in wanted else None
            lines.append(_ratio(f"rate over {name}", times[name], times[OURS], target))
    return lines


def _times(times: Mapping[str, Times]) -> list[Line]:
    return [Line(name, values, best=min(values)) for name, values in times.items()]


def _ratio(what: str, over: Times, under: Times, target: Target | None) -> Line:
    return Line(what, ratios(over, under), "×", target, best=min(over) / min(under))
