"""Stepgrad from Python: its documentation is executed, and its numbers are those of the page."""

from __future__ import annotations

import asyncio
import doctest
import json
import pydoc
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest

import app
from app.bootstrap import ROOT
from app.errors import IndexInvalid, SpecError
from app.python import Session
from app.showing import background, show


def test_every_example_of_the_documentation_says_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stepgrad", app)
    failed, count = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert count > 10
    assert failed == 0


def test_numbers_before_the_cursor_are_told_and_none_behind_it() -> None:
    session = Session(preset="xor")
    assert np.isnan(session.numbers()["a2"]).all()
    before = session.cost
    session.step("pass")
    session.step("pass")
    assert (before, session.cost) == (None, session.inner.iteration.cost.total)
    numbers = session.numbers()
    assert np.isfinite(numbers["a2"]).all()
    assert np.isnan(numbers["dW1"]).all()


def test_the_step_before_the_first_is_none_and_the_one_after_the_last_begins_the_next_iteration() -> None:
    session = Session(preset="xor")
    assert session.back() is None
    session.go(0, session.operations)
    assert session.step().explanation.tensor == "Wa1"
    assert session.position == (1, 1)


def test_arrays_stand_for_lists_and_a_name_for_ready_data() -> None:
    layers = ({"units": 2}, {"units": np.int64(1)})
    arrays = Session({"layers": layers}, {"inputs": np.eye(2), "targets": np.array([[0], [1]])})
    assert arrays.numbers()["a0"].tolist() == [[1, 0]]
    assert Session({"layers": layers}, "xor").inner.timeline.data.rows == 4


def test_what_fits_no_request_is_refused_in_a_sentence_that_says_where() -> None:
    with pytest.raises(SpecError, match="got a text") as refused:
        Session({"layers": [{"units": "two"}]}, "xor")
    assert refused.value.where == "spec.layers[0].units"


def test_its_parts_are_found_by_who_looks_for_them() -> None:
    assert {"Session", "show", "Explained"} <= set(dir(app))
    said = pydoc.plain(pydoc.render_doc(app))
    assert "class Session" in said
    assert "show(session" in said


def test_what_does_not_exist_is_refused_in_the_same_words_as_over_http() -> None:
    session = Session(preset="xor")
    with pytest.raises(IndexInvalid, match="no tensor"):
        session.explain("W9", 0)
    with pytest.raises(SpecError, match="not an export"):
        session.export("cake")
    with pytest.raises(SpecError, match="not a notation"):
        session.explain("W1", 0, 0, notation="runes")


def test_parameters_are_brought_from_a_file(tmp_path: Path) -> None:
    session, file = Session(preset="xor"), tmp_path / "model.json"
    file.write_text(json.dumps({"0.weight": [[1, 2], [3, 4]], "1.weight": [[5, 6]]}))
    with pytest.raises(SpecError, match="2 × 2; those of layer 1 of this network are 3 × 2"):
        session.bring(file)
    session.bring(file, replace=True)
    np.testing.assert_array_equal(session.parameters["W2"], [[5, 6]])


def test_what_is_shown_is_a_copy_with_the_same_numbers_and_may_stand_in_a_notebook() -> None:
    session = Session(preset="xor")
    session.train(7)
    shown = show(session, height=500)
    name = shown.url.partition("#session=")[2]
    with httpx.Client(base_url=background().url) as client:
        state = client.get(f"/api/sessions/{name}").raise_for_status().json()
        assert state["position"]["iteration"] == 7
        assert state["tensors"]["W1"] == session.parameters["W1"].tolist()
        client.post(f"/api/sessions/{name}/step", json={}).raise_for_status()
        page = client.get("/").headers
    assert session.position == (7, 0)
    assert "frame-ancestors http://localhost:*" in page["content-security-policy"]
    assert "x-frame-options" not in page
    assert f'src="{shown.url}"' in shown._repr_html_()


def test_it_works_where_an_event_loop_runs_already_as_in_a_notebook() -> None:
    async def cell() -> str | bytes:
        session = Session(preset="xor")
        session.train(3)
        show(session)
        return session.export("numpy")

    assert "import numpy" in str(asyncio.run(cell()))
