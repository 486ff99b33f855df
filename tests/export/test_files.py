"""Numbers and parameters as files, read back by someone else's reader."""

from __future__ import annotations

import csv
import io
import json
import struct

import numpy as np
import pytest

from app.errors import FileInvalid, LimitExceeded, SpecError
from app.export import numbers, parameters, safetensors
from app.export.exporters import exporters
from app.export.source import Source
from app.nn.registry import Choice
from app.steps.notation import notations
from tests.networks import spec_of

from .sources import SPECS, moved, random_sessions, session_of, source

MOST = 1000


@pytest.fixture(scope="module")
def half() -> Source:
    """In the midst of the backward pass, of an optimizer that remembers."""
    spec = spec_of(2, 3, 2, optimizer=Choice("adam"), batch_size=2, dropout=0.3)
    return source(moved(session_of(spec), 3, 40))


def read_table(source: Source) -> dict[tuple[str, ...], str]:
    rows = list(csv.reader(io.StringIO(numbers.as_csv(source, {}))))
    assert rows[0] == ["tensor", "row", "i", "j", "value"]
    return {tuple(row[:4]): row[4] for row in rows[1:]}


def test_a_table_and_json_hold_every_number_that_is_written_and_nothing_else(half: Source) -> None:
    table, listed = read_table(half), json.loads(numbers.as_json(half, {}))
    assert (listed["iteration"], listed["position"]) == (3, 40)
    seen = 0
    for name, values in half.tape.tensors.items():
        of_examples = name in half.tape.of_examples
        nested = np.asarray(listed["tensors"][name], dtype=object)
        assert nested.shape == values.shape
        for index in np.ndindex(values.shape):
            own = index[1:] if of_examples else index
            row = str(half.tape.rows[index[0]]) if of_examples else ""
            cell = table[(name, row, *map(str, own), *("", "")[len(own) :])]
            writer = half.operations.writer(name, own)
            if writer is not None and writer >= 40:
                assert cell == ""
                assert nested[index] is None
            elif not name.endswith(".new"):
                assert float(cell) == nested[index] == values[index]
            seen += 1
    assert seen == len(table)


def test_at_the_end_of_an_iteration_nothing_is_blank() -> None:
    for spec in SPECS[::4]:
        assert "" not in read_table(source(moved(session_of(spec), 1))).values()


def test_what_is_not_finite_is_a_word() -> None:
    one = source(moved(session_of(spec_of(1, 1, output="linear")), 0))
    one.tape.tensors["C"][...] = np.inf
    one.tape.tensors["own"][...] = -np.inf
    one.tape.tensors["z1"][...] = np.nan
    told = json.loads(numbers.as_json(one, {}))["tensors"]
    assert (told["C"], told["own"], told["z1"]) == ("Infinity", ["-Infinity"], [["NaN"]])


def test_parameters_come_back_bit_by_bit_from_every_format() -> None:
    for session in random_sessions(3):
        one = source(session)
        wanted = {name: values.tobytes() for name, values in one.parameters.items()}
        with np.load(io.BytesIO(parameters.as_npz(one, {})), allow_pickle=False) as found:
            assert {name: found[name].tobytes() for name in found.files} == wanted
        layers = json.loads(parameters.as_json(one, {}))
        named = {f"{letter}{n}": layer[letter] for n, layer in enumerate(layers, start=1) for letter in "Wb"}
        assert {name: np.array(values).tobytes() for name, values in named.items()} == wanted
        read = safetensors.decode(parameters.as_safetensors(one, {}), MOST)
        assert [values.tobytes() for values in read.values()] == list(wanted.values())


def test_safetensors_are_laid_out_as_the_format_says() -> None:
    content = safetensors.encode({"0.weight": np.array([[1.5, -2.0]]), "0.bias": np.array([0.25])})
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    assert length % 8 == 0
    assert header["0.weight"] == {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]}
    assert header["0.bias"]["data_offsets"] == [16, 24]
    assert struct.unpack("<3d", content[8 + length :]) == (1.5, -2.0, 0.25)


def test_the_names_are_those_of_a_pytorch_module_with_activations_and_dropout_between() -> None:
    one = source(moved(session_of(spec_of(2, 3, 4, 1, dropout=0.2)), 0))
    names = list(safetensors.decode(parameters.as_safetensors(one, {}), MOST))
    assert names == ["0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"]


def test_every_floating_dtype_is_read() -> None:
    halves = np.array([1.5, -0.25], "<f2").tobytes()
    brains = struct.pack("<HH", 0x3FC0, 0xBE80)  # the upper halves of 1.5 and -0.25
    for dtype, raw in {"F16": halves, "BF16": brains, "F32": np.array([1.5, -0.25], "<f4").tobytes()}.items():
        header = json.dumps({"x": {"dtype": dtype, "shape": [2], "data_offsets": [0, len(raw)]}}).encode()
        read = safetensors.decode(struct.pack("<Q", len(header)) + header + raw, MOST)
        np.testing.assert_array_equal(read["x"], [1.5, -0.25])


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ('{"x": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}', 8),
        ('{"x": {"dtype": "F64", "shape": [1], "data_offsets": [0, 16]}}', 16),
        ('{"x": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}}', 4),
        ('{"x": {"dtype": "F64", "shape": [-1], "data_offsets": [0, 8]}}', 8),
        ('{"x": {"dtype": "F64", "shape": [true], "data_offsets": [0, 8]}}', 8),
        ('{"x": {"dtype": "F64", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]}}', 8),
        ('{"x": {"dtype": "F64", "data_offsets": [0, 8]}}', 8),
        ('{"x": 1}', 8),
        ("[]", 8),
        ("[" * 50_000, 8),
        ("9" * 5000, 8),
        ('{"x": {', 8),
    ],
)
def test_a_damaged_file_is_refused_with_a_sentence(header: str, body: int) -> None:
    with pytest.raises(FileInvalid) as refused:
        safetensors.decode(struct.pack("<Q", len(header)) + header.encode() + bytes(body), MOST)
    assert refused.value.hint
    with pytest.raises(FileInvalid):
        safetensors.decode(b"\xff" * 20, MOST)


def test_whatever_is_taken_away_of_any_session_is_a_file_or_refused_with_a_sentence(long: bool) -> None:
    names = [notation.name for notation in notations]
    for number, session in enumerate(random_sessions(200 if long else 8)):
        one = source(session, digits=number % 7, notation=names[number % len(names)])
        for entry in exporters:
            try:
                content = entry.write(one, entry.chosen({}))
            except (SpecError, LimitExceeded):
                continue
            assert content, entry.name
