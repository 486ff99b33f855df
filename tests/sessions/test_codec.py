"""A saved session is the same session, and what is none is refused with a sentence."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from app.bootstrap import ROOT
from app.data.dataset import own_dataset
from app.errors import FileInvalid, StepgradError
from app.nn.optimizers import optimizers
from app.nn.registry import Array, Choice
from app.nn.spec import Spec
from app.sessions import codec
from app.sessions.codec import pack, parts
from app.sessions.headers import Position
from app.sessions.restoring import restored
from app.sessions.saving import file_of
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import data_for, every_spec, name_of, spec_of

from .saved import copied, elsewhere, filed, lived, told
from .sessions import numbers, session_of

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("seed", range(20))
def test_a_session_comes_back_as_it_was(seed: int) -> None:
    session = lived(seed)
    copy = copied(filed(session))
    assert told(copy) == told(session)
    assert elsewhere(copy) == elsewhere(session)


def _specs() -> list[Spec]:
    optimizing = (spec_of(2, 3, 2, optimizer=Choice(one.name), clip=0.1) for one in optimizers)
    return list(chain(optimizing, islice(every_spec(2, 3, 2), 0, None, 5)))


@pytest.mark.parametrize("spec", _specs(), ids=name_of)
def test_whatever_is_registered_is_saved(spec: Spec) -> None:
    inputs, targets = data_for(spec, 4)
    session = Session("s", begin(spec, own_dataset(inputs.tolist(), targets.tolist())))
    session.seek(Cursor(9, 5))
    copy = copied(filed(session))
    assert told(copy) == told(session)
    assert elsewhere(copy) == elsewhere(session)


def test_the_numbers_are_those_that_were_saved_and_not_computed_again() -> None:
    """As if they came from a processor that rounds otherwise."""
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("adam")))
    session.seek(Cursor(500, 7))
    session.iteration.tape()
    at, everything = session.timeline.checkpoints.before(500)
    assert at == 500
    everything *= 1 + 1e-12
    copy = copied(filed(session))
    assert numbers(copy) != numbers(session)
    assert copy.iteration.tape().tensors["W1"].tobytes() == _weights(copy, everything)
    for iteration in range(501, 600, 7):
        copy.seek(Cursor(iteration))
        copy.iteration.tape()
    copy.seek(Cursor(500, 7))
    assert copy.iteration.tape().tensors["W1"].tobytes() == _weights(copy, everything)


def _weights(session: Session, everything: Array) -> bytes:
    units, inputs = next(session.iteration.spec.shapes())
    return np.ascontiguousarray(everything[: units * (inputs + 1)].reshape(units, inputs + 1)[:, :-1]).tobytes()


def test_a_session_that_diverged_still_says_where() -> None:
    spec = spec_of(2, 3, 1, output="linear", optimizer=Choice("sgd", {"learning_rate": 1e9}))
    session = session_of(spec)
    with pytest.raises(StepgradError):
        session.train(50, 60)
    last = session.timeline.checkpoints.last
    assert last is not None
    session.seek(Cursor(last, 3))
    session.iteration.tape()
    copy = copied(filed(session))
    assert copy.divergence is not None
    assert repr(copy.divergence) == repr(session.divergence)
    with pytest.raises(StepgradError):
        copy.seek(Cursor(last + 1))


def test_infinite_start_parameters_are_saved_too() -> None:
    session = session_of(spec_of(2, 1, dtype="float32"), "or")
    with np.errstate(over="ignore"):
        session.edit_parameters([Change("W1", (0, 0), 1e300)])
    assert copied(filed(session)).timeline.edits == session.timeline.edits


def test_of_a_session_that_is_too_large_with_its_edits_the_last_ones_can_be_taken_back() -> None:
    session = session_of()
    for value in range(40):
        session.edit_parameters([Change("W1", (0, 0), float(value))])
    whole = len(filed(session))
    copy = copied(file_of(session, whole // 2))
    assert 0 < len(copy.edits.past) < 40
    copy.undo()
    assert copy.iteration.tape().tensors["W1"][0, 0] == 38
    with pytest.raises(FileInvalid):
        file_of(session, 1000)


def test_a_place_that_would_take_for_ever_to_go_back_to_is_forgotten() -> None:
    session = session_of()
    for value in range(3):
        session.edit_parameters([Change("W1", (0, 0), float(value))])
    far = session.edits.past[1]
    session.edits.past[1] = replace(far, here=replace(far.here, cursor=Cursor(10**12)))
    copy = copied(filed(session))
    assert [place.cursor for place in copy.edits.past] == [Cursor()]


def golden() -> Session:
    """A session whose numbers are few and computed without any function that might round otherwise elsewhere."""
    spec = spec_of(2, 2, 1, hidden="relu", output="linear", initializer=Choice("constant", {"value": 0.5}))
    session = session_of(spec)
    session.called, session.made = "Sunday’s", 1_700_000_000.5
    session.seek(Cursor(3, 5))
    session.edit_parameters([Change("W1", (0, 1), 0.25), Change("b2", (0,), -1.0)])
    session.edit_spec(spec_of(2, 2, 1, hidden="relu", output="linear", l2=0.125, initializer=spec.initializer))
    session.undo()
    session.iteration.tape()
    return session


def golden_with_branches() -> Session:
    """The same, with a branch that a change in the past began, and one that was made on purpose."""
    session = golden()
    session.seek(Cursor(1))
    session.edit_parameters([Change("b2", (0,), 0.5)])
    session.go_to(session.place.branched("Monday’s"))
    session.seek(Cursor(2, 5))
    session.iteration.tape()
    session.go_to(session.place.on(0))
    session.iteration.tape()
    return session


@pytest.mark.parametrize(("version", "undo"), [(1, (1, 1)), (2, (4, 0))])
def test_files_of_every_version_stay_readable(version: int, undo: tuple[int, int]) -> None:
    """A golden file is never written anew: a later version has another one beside it."""
    content = (GOLDEN / f"session-{version}.stepgrad").read_bytes()
    expected = json.loads((GOLDEN / f"session-{version}.json").read_text(encoding="utf-8"))
    session = copied(content)
    assert [session.cursor.iteration, session.cursor.operation] == expected["position"]
    assert (len(session.edits.past), len(session.edits.future)) == undo
    tensors = session.iteration.tape().tensors
    assert {name: tensors[name].tolist() for name in expected["tensors"]} == expected["tensors"]
    assert content[:5] == b"SGSN" + bytes([version])


def test_the_golden_files_are_still_the_sessions_that_they_were_made_of() -> None:
    assert told(copied((GOLDEN / "session-1.stepgrad").read_bytes())) == told(golden())
    assert told(copied((GOLDEN / "session-2.stepgrad").read_bytes())) == told(golden_with_branches())


def test_a_file_of_a_newer_version_is_refused_by_a_sentence_that_says_so() -> None:
    content = bytearray(filed(session_of()))
    content[4] = 3
    with pytest.raises(FileInvalid, match="The file is of version 3; this Stepgrad reads up to version 2"):
        copied(content)


@pytest.mark.parametrize("content", [b"", b"SGSN", b"SGSN\x01", b"PK\x03\x04" + bytes(200), b"{}", bytes(10_000)])
def test_what_was_never_a_session_is_refused(content: bytes) -> None:
    with pytest.raises(FileInvalid):
        copied(content)


def test_every_beginning_of_a_file_is_refused() -> None:
    content = filed(lived(1, 5))
    for length in range(0, len(content), 7):
        with pytest.raises(FileInvalid):
            copied(content[:length])
    with pytest.raises(FileInvalid):
        copied(content + b"\0")


def damage(content: bytes, draw: random.Random) -> bytearray:
    """A file in which some bytes are others. The checksums are right again mostly, so that more is looked at."""
    wrong = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 8])):
        at = draw.randrange(len(wrong))
        match draw.randrange(4):
            case 0:
                wrong[at] = draw.randrange(256)
            case 1:
                wrong[at] = draw.choice(b'0123456789{}[]",:-.einf')
            case 2:
                wrong[at : at + 8] = struct.pack("<d", draw.choice([np.nan, np.inf, 1e300, 0.0]))
            case 3:
                length = draw.randrange(1, 40)
                wrong[at : at + length] = wrong[max(at - length, 0) : at]
    return mended(wrong) if draw.random() < 0.9 else wrong


def mended(content: bytearray) -> bytearray:
    """The file with checksums that fit, as far as its parts can still be found."""
    at = 0
    while at + 24 <= len(content):
        header, arrays = (int.from_bytes(content[at + start : at + start + 4], "little") for start in (8, 12))
        end = at + 24 + header + arrays
        content[at + 16 : at + 20] = crc32(content[at + 24 : end]).to_bytes(4, "little")
        at = end
    return content


def test_damaged_files_are_refused_or_make_a_session_that_can_be_stepped(long: bool) -> None:
    draw = random.Random(7)
    files = [filed(lived(seed)) for seed in range(5)]
    refused = 0
    for _ in range(2000 if long else 300):
        try:
            with np.errstate(all="ignore"):
                session = copied(damage(draw.choice(files), draw))
                if session.cursor.iteration < 1000:
                    session.iteration.tape()
                    session.step("operation", "previous")
        except StepgradError:
            refused += 1
    assert refused > 100


def test_a_file_is_read_within_twice_its_size() -> None:
    generator = np.random.default_rng(1)
    data = own_dataset(generator.random((20_000, 20)).tolist(), generator.random((20_000, 2)).tolist())
    session = Session("s", begin(spec_of(20, 50, 2), data))
    content = filed(session)
    del session, data
    tracemalloc.start()
    try:
        copied(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(content)


def test_a_header_that_would_fill_the_memory_is_not_read() -> None:
    text = b'{"specs":[' + b"[]," * 2**20 + b"[]]}"
    text += b" " * (-len(text) % 8)
    head = codec._HEAD.pack(b"SGSN", 1, 0, len(text), 0, crc32(text))
    tracemalloc.start()
    try:
        with pytest.raises(FileInvalid):
            copied(head + text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * len(text)


@pytest.mark.parametrize("seed", [3, 4])
def test_another_process_reads_the_same_numbers(seed: int, tmp_path: Path) -> None:
    session = lived(seed)
    session.seek(Cursor(300, 4))
    file = tmp_path / "session"
    file.write_bytes(filed(session))
    code = (
        "import sys; from hashlib import sha256; from tests.sessions.saved import *;"
        "print(sha256(repr(numbers(copied(open(sys.argv[1], 'rb').read()))).encode()).hexdigest())"
    )
    answer = subprocess.run([sys.executable, "-c", code, file], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == sha256(repr(numbers(session)).encode()).hexdigest()


def test_a_file_without_the_parameters_of_where_it_stands_is_refused() -> None:
    """To compute them would keep a server busy for as long as whoever made the file likes."""
    session = session_of()
    near, far = (Position(iteration=iteration, operation=0) for iteration in (60, 10**12))
    content, numbers, data = (parts(filed(session))[kind] for kind in ("content", "numbers", "data"))
    assert copied(b"".join([content, numbers, pack("position", near, {}), data])).cursor == Cursor(60)
    with pytest.raises(FileInvalid, match="its parameters are missing"):
        copied(b"".join([content, numbers, pack("position", far, {}), data]))


def test_a_session_with_edits_of_many_parameters_is_small_and_comes_back() -> None:
    session = session_of(spec_of(2, 50, 1))
    changes = [Change("W1", (unit, i), unit / 7 + i) for unit in range(50) for i in range(2)]
    for _ in range(3):
        session.edit_parameters(changes)
    content = filed(session)
    assert copied(content).timeline.edits == session.timeline.edits
    assert len(content) < 3 * 100 * 24 + 20_000


def test_too_much_is_refused_by_the_check_of_whoever_reads() -> None:
    def check(*_: object) -> None:
        raise StepgradError("Too large.")

    with pytest.raises(StepgradError):
        restored("s", parts(filed(session_of())), check)
