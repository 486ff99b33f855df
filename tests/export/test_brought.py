"""Files of parameters are recognised by names and shapes, or refused with a sentence."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from app.errors import FileInvalid, LimitExceeded, SpecError
from app.export import brought as reading
from app.export import parameters, safetensors
from app.export.brought import BroughtLayer, check_fit, sized
from tests.networks import spec_of

from .sources import random_sessions, source

MOST = 1000


def brought(content: bytes) -> list[BroughtLayer]:
    """The layers of a file that may hold so many numbers."""
    return reading.brought(content, MOST)


def state_dict(*shapes: tuple[str, int, int]) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Weights and biases under names as PyTorch gives them, every number another one."""
    count, named = 0, {}
    for name, units, inputs in shapes:
        for kind, shape in (("weight", (units, inputs)), ("bias", (units,))):
            size = int(np.prod(shape))
            named[f"{name}.{kind}"] = np.arange(count, count + size, dtype=np.float64).reshape(shape)
            count += size
    return named


def as_json(named: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]) -> bytes:
    return json.dumps({name: values.tolist() for name, values in named.items()}).encode()


def refused(content: bytes) -> str:
    with pytest.raises(FileInvalid) as why:
        brought(content)
    assert why.value.where == "parameters"
    assert why.value.hint
    return f"{why.value.message} {why.value.hint}"


@pytest.mark.parametrize(
    "names",
    [
        ("0", "2", "4"),
        ("fc1", "fc2", "fc10"),
        ("module.encoder.fc1", "module.encoder.fc2", "module.head.fc3"),
        ("input", "hidden", "output"),
        ("zeta", "beta", "alpha"),
    ],
)
def test_a_state_dict_of_linear_layers_is_read_in_the_order_of_its_layers(names: tuple[str, str, str]) -> None:
    named = state_dict((names[0], 4, 3), (names[1], 5, 4), (names[2], 2, 5))
    shuffled = dict(sorted(named.items()))  # safetensors are written in the order of their names
    for content in (safetensors.encode(shuffled), as_json(shuffled)):
        layers = brought(content)
        assert [layer.name for layer in layers] == list(names)
        for layer, name in zip(layers, names, strict=True):
            np.testing.assert_array_equal(layer.W, named[f"{name}.weight"])
            np.testing.assert_array_equal(layer.b, named[f"{name}.bias"])


def test_ten_layers_of_one_size_are_ordered_by_number_and_not_by_letters() -> None:
    names = [f"fc{number}" for number in range(1, 12)]
    named = dict(sorted(state_dict(*((name, 4, 4) for name in names)).items()))
    assert [layer.name for layer in brought(safetensors.encode(named))] == names


def test_layers_without_biases_have_biases_of_zero() -> None:
    (layer,) = brought(as_json({"weight": np.ones((2, 3))}))
    np.testing.assert_array_equal(layer.b, [0, 0])


def test_what_was_taken_away_can_be_brought_again_bit_by_bit() -> None:
    for session in random_sessions(3):
        one = source(session)
        for content in (parameters.as_safetensors(one, {}), parameters.as_json(one, {}).encode()):
            layers = brought(content)
            check_fit(layers, one.spec)
            for number, layer in enumerate(layers, start=1):
                assert layer.W.tobytes() == one.parameters[f"W{number}"].tobytes()
                assert layer.b.tobytes() == one.parameters[f"b{number}"].tobytes()


@pytest.mark.parametrize("start", [b"\x80\x02}q\x00.....", b"PK\x03\x04....archive/data.pkl", b"\x80\x05\x95...."])
def test_a_pickle_is_never_read_and_the_line_that_converts_it_is_told(start: bytes) -> None:
    said = refused(start)
    assert "pickle" in said
    assert "torch.load('model.pt', weights_only=True)" in said


def test_an_npz_archive_is_refused_with_the_line_that_converts_it() -> None:
    (session,) = random_sessions(1)
    assert "numpy.load" in refused(parameters.as_npz(source(session), {}))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "neither safetensors nor JSON"),
        (b"{}", "no layers"),
        (b"[1]", "none of layers"),
        (b"3", "neither an object"),
        (b'{"parameters": 5}', "neither an object"),
        (b"{" * 20_000, "neither safetensors nor JSON"),
        (b'{"conv.weight": [[[[1]]]]}', "conv.weight is no table"),
        (b'{"bn.weight": [1, 2]}', "bn.weight has the shape 2; expected 2 axes"),
        (b'{"running_mean": [1]}', "running_mean is no name"),
        (b'{"fc.bias": [1]}', "fc has biases and no weights"),
        (b'{"fc.weight": [[1], [2]], "fc.bias": [1]}', "fc has 1 biases for 2 units"),
        (b'{"fc.weight": [[1], [2, 3]]}', "fc.weight is no table"),
        (b'{"fc.weight": [[1, null]]}', "The weights of fc are not all finite"),
        (b'{"fc.weight": [[NaN]]}', "not all finite"),
        (b'{"fc.weight": [[1e999]]}', "not all finite"),
        (b'{"fc.weight": [["x"]]}', "no table of numbers"),
        (b'{"fc.weight": [[]]}', "shape 1 × 0"),
        (b'{"W1": [[1]], "1.weight": [[1]]}', "there twice"),
        (b'{"a.weight": [[1]], "b.weight": [[1, 2, 3], [4, 5, 6]]}', "do not follow each other: a 1 × 1, b 2 × 3"),
        (b'{"\\ud800\\u0007.weight": [1]}', "??.weight has the shape"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_found(content: bytes, sentence: str) -> None:
    assert sentence in refused(content)


def test_more_numbers_than_a_network_may_have_are_refused_before_they_are_read() -> None:
    for named in ({"0.weight": np.zeros((10, 101))}, {f"{n}.weight": np.zeros((10, 51)) for n in range(2)}):
        for content in (safetensors.encode(named), as_json(named | {"x.bias": np.zeros(300)})):
            with pytest.raises(LimitExceeded, match="more numbers"):
                brought(content)


def test_what_does_not_fit_names_the_layer_and_both_shapes() -> None:
    layers = brought(as_json(state_dict(("0", 3, 2), ("2", 1, 3))))
    check_fit(layers, spec_of(2, 3, 1))
    with pytest.raises(SpecError, match=r"weights of 0 are 3 × 2; those of layer 1 of this network are 4 × 2"):
        check_fit(layers, spec_of(2, 4, 1))
    with pytest.raises(SpecError, match="2 layers of weights; this network has 3"):
        check_fit(layers, spec_of(2, 3, 3, 1))


def test_a_network_of_the_file_s_sizes_keeps_what_it_can() -> None:
    same = sized(spec_of(2, 3, 1, hidden="relu", frozen=("b1",)), [(5, 2), (1, 5)])
    assert [(layer.units, layer.activation) for layer in same.layers] == [(2, ""), (5, "relu"), (1, "sigmoid")]
    assert same.frozen == ()
    more = sized(spec_of(2, 3, 1), [(5, 2), (4, 5), (1, 4)])
    assert [layer.activation for layer in more.layers] == ["", "tanh", "tanh", "sigmoid"]


def test_damaged_files_are_read_or_refused_and_nothing_else(long: bool) -> None:
    """Any other exception would be a failure of the server."""
    choose, whole = random.Random(1), state_dict(("0", 4, 3), ("2", 2, 4))
    for content in (safetensors.encode(whole), as_json(whole)):
        for _ in range(4000 if long else 400):
            damaged = bytearray(content)
            for _ in range(choose.randint(1, 4)):
                at = choose.randrange(len(damaged))
                match choose.randrange(4):
                    case 0:
                        damaged[at] = choose.randrange(256)
                    case 1:
                        del damaged[at : at + choose.randint(1, 30)]
                    case 2:
                        damaged[at:at] = choose.choice([b"9" * 30, b"[", b"-", b"\0" * 9, b'"', b"1e999", b"null"])
                    case _:
                        damaged[: choose.randrange(12)] = bytes(choose.randrange(256) for _ in range(8))
                damaged = damaged or bytearray(b" ")
            try:
                layers = brought(bytes(damaged))
            except FileInvalid:
                continue
            assert all(np.isfinite(layer.W).all() and layer.W.ndim == 2 for layer in layers)
