"""Exported programs are run, and print what the page shows."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from app.data.dataset import own_dataset
from app.errors import LimitExceeded, SpecError
from app.export.exporters import exporters
from app.export.numpycode import numpy_notebook, numpy_script
from app.export.torchcode import ACTIVATIONS, FUSED, LOSSES, OPTIMIZERS, torch_script
from app.nn.activations import Activation, activations
from app.nn.losses import losses
from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.sessions.session import Session
from app.sessions.start import begin
from tests.networks import data_for, name_of, spec_of

from .programs import assert_same, printed, shown
from .sources import SPECS, edited, moved, random_sessions, session_of, source


def sessions() -> list[Session]:
    """Over everything registered: in the midst of an iteration, at the end of one, before the first."""
    found = [moved(session_of(spec), 6, None if number % 3 else 4) for number, spec in enumerate(SPECS)]
    return [*found, moved(session_of(SPECS[0]), 0, 0), edited()]


def softsign() -> Activation:
    """One that is registered at run time, and that no library knows here."""
    return Activation(
        name="test_softsign",
        title="Softsign",
        description="Squashes any sum to a value between −1 and 1, slower than tanh.",
        rule="z/(1+abs(z))",
        derivative="1/(1+abs(z))^2",
        forward=lambda z, a, shared, k: [(np.abs, z, a), (np.add, a, k(1), a), (np.divide, z, a, a)],
        slope=lambda z, a, s, k: [(np.abs, z, s), (np.add, s, k(1), s), (np.multiply, s, s, s), (np.reciprocal, s, s)],
        low=-1,
        high=1,
    )


def test_a_numpy_script_prints_the_cost_and_the_parameters_of_the_page(tmp_path: Path) -> None:
    made = sessions()
    sources = [source(session) for session in made]
    found = printed([numpy_script(one, {}) for one in sources], tmp_path)
    for session, one, numbers in zip(made, sources, found, strict=True):
        assert_same(numbers, shown(session, one), name_of(one.spec))


def test_numpy_scripts_of_random_sessions_print_the_numbers_of_the_page(tmp_path: Path, long: bool) -> None:
    made = list(random_sessions(20 if long else 3))
    sources = [source(session) for session in made]
    found = printed([numpy_script(one, {}) for one in sources], tmp_path)
    for seed, (session, one, numbers) in enumerate(zip(made, sources, found, strict=True)):
        assert_same(numbers, shown(session, one), f"seed {seed}: {name_of(one.spec)}")


def test_the_cells_of_a_notebook_run_in_order_and_print_the_same(tmp_path: Path) -> None:
    session = moved(session_of(SPECS[-1]), 5)
    one = source(session)
    book = json.loads(numpy_notebook(one, {}))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    cells = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 4
    assert_same(printed(["\n".join(cells)], tmp_path)[0], shown(session, one), "notebook")


def test_what_is_registered_at_run_time_is_written_by_its_rule(tmp_path: Path) -> None:
    activations.add(softsign())
    try:
        session = moved(session_of(spec_of(2, 3, 1, hidden="test_softsign")), 4)
        one = source(session)
        assert "z1 / (1 + np.abs(z1))" in numpy_script(one, {})
        assert "z / (1 + torch.abs(z))" in torch_script(one, {})
        assert_same(printed([numpy_script(one, {})], tmp_path)[0], shown(session, one), "test_softsign")
    finally:
        activations.remove("test_softsign")


def test_a_program_begins_where_a_person_changed_something_last() -> None:
    text = numpy_script(source(edited()), {})
    assert "for iteration in range(4, 9):" in text
    assert "It begins at iteration 4" in text
    assert "m = {" in text  # what Adam remembered
    assert "t=iteration + 1)" in text


def test_long_data_is_packed_and_unpacked_to_the_same_numbers(tmp_path: Path) -> None:
    spec = spec_of(3, 2, 1, batch_size=50)
    inputs, targets = data_for(spec, 900)
    session = moved(Session("one", begin(spec, own_dataset(inputs.tolist(), targets.tolist()))), 3)
    one = source(session)
    text = numpy_script(one, {})
    assert max(map(len, text.splitlines())) <= 120
    assert_same(printed([text], tmp_path)[0], shown(session, one), "packed")


def test_single_precision_is_computed_in_single_precision(tmp_path: Path) -> None:
    made = [
        moved(session_of(spec_of(2, 3, 2, hidden=hidden.name, dtype="float32", optimizer=Choice("adam"))), 5)
        for hidden in activations
    ]
    sources = [source(session) for session in made]
    texts = [numpy_script(one, {}) for one in sources]
    texts = [f'{text}print("kind =", repr(str({{w.dtype for w in parameters.values()}})))\n' for text in texts]
    for session, one, numbers in zip(made, sources, printed(texts, tmp_path), strict=True):
        assert numbers.pop("kind") == "{dtype('float32')}"
        assert_same(numbers, shown(session, one), name_of(one.spec), share=1e-3)


def test_a_program_that_would_be_too_long_is_refused_with_how_long_it_would_be() -> None:
    spec = spec_of(100, 1)
    session = Session("one", begin(spec, own_dataset(np.zeros((10_001, 100)).tolist(), [[0.0]] * 10_001)))
    with pytest.raises(LimitExceeded, match="1,010,202 numbers"):
        numpy_script(source(session), {})


def test_where_everything_is_frozen_there_is_nothing_for_pytorch_to_train() -> None:
    one = source(moved(session_of(spec_of(2, 1, frozen=("layer 1",))), 1))
    with pytest.raises(SpecError, match="Everything is frozen"):
        torch_script(one, {})
    numpy_script(one, {})


def test_pytorch_s_own_words_are_about_what_is_registered() -> None:
    assert set(ACTIVATIONS) <= {entry.name for entry in activations}
    assert set(LOSSES) <= {entry.name for entry in losses}
    assert set(OPTIMIZERS) <= {entry.name for entry in optimizers}
    for loss, output in FUSED:
        assert output in losses.named(loss).fused


def test_a_pytorch_script_prints_the_numbers_of_the_page(
    tmp_path: Path, long: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where PyTorch is absent the programs are compiled, and it is said that they were not run."""
    made = [*sessions(), *random_sessions(20 if long else 3)]
    pairs = [(session, source(session)) for session in made]
    pairs = [(session, one) for session, one in pairs if "layer 1" not in one.spec.frozen or one.spec.depth > 1]
    texts = [torch_script(one, {}) for _, one in pairs]
    for text in texts:
        compile(text, "exported", "exec")
    if find_spec("torch") is None:
        with capsys.disabled():
            print(f"\nPyTorch is absent: {len(texts)} exported scripts were compiled, not run.")
        return
    for (session, one), numbers in zip(pairs, printed(texts, tmp_path), strict=True):
        assert_same(numbers, shown(session, one), name_of(one.spec))


def test_every_exporter_has_a_group_a_title_and_a_sentence() -> None:
    for entry in exporters:
        assert entry.title
        assert entry.description.endswith(".")
        assert entry.extension.isalnum()
