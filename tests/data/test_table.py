"""Tables of the kinds that people have: read right, or refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.columns import number_of
from app.data.decoding import decoded
from app.data.own import Use, guessed, own_table
from app.data.table import Layout, Most, Table, read_table
from app.errors import DataError

from .tables import CASES, NOISE, Case

MOST = Most(100_000, 450_000)
FOUND_OUT = Layout()


def read(content: bytes | str, layout: Layout = FOUND_OUT) -> Table:
    text = content if isinstance(content, str) else decoded(content)[0]
    return read_table(text, layout, MOST)


def test_there_are_two_hundred_tables() -> None:
    assert len(CASES) + len(NOISE) >= 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_table_is_read_right_or_refused_in_words(case: Case) -> None:
    if case.rows is None:
        with pytest.raises(DataError) as refusal:
            read(case.content)
        assert case.refusal in refusal.value.message
        assert refusal.value.hint
        assert len(refusal.value.message) < 300
        return
    table = read(case.content)
    assert (table.rows, len(table.columns)) == (case.rows, case.columns)
    if case.size is not None:
        assert [column.name for column in table.columns] == ["name", "size", "age", "buys"]
        assert [column.kind for column in table.columns] == ["text", "number", "number", "text"]
        assert table.columns[0].cells[2:4] == ("Zoë", "Élan")
        assert table.columns[1].numbers.sum() == case.size


@pytest.mark.parametrize("case", NOISE, ids=lambda case: case.name)
def test_noise_is_a_table_or_refused(case: Case) -> None:
    message = "."
    try:
        table = read(case.content)
        use = guessed(table)
        own_table(table, Use(use.inputs, use.targets, use.task, "drop"))
    except DataError as refusal:
        message = refusal.message
    assert message.endswith(".")
    assert len(message) < 300


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        *(
            ("1.5", ".", 1.5),
            ("-.5", ".", -0.5),
            ("5.", ".", 5),
            ("+7", ".", 7),
            ("1e3", ".", 1000),
            ("1,234.5", ".", 1234.5),
        ),
        *(("1,5", ",", 1.5), ("1.234,5", ",", 1234.5), ("1.234", ",", 1234), ("1 234,5", ",", 1234.5)),
    ],
)
def test_numbers_are_read_as_people_write_them(cell: str, decimal: str, number: float) -> None:
    assert number_of(cell, decimal) == number


@pytest.mark.parametrize(
    "cell", ["", ".", "-", "e5", "1.2.3", "12,34.5", "0x10", "1_000", "inf", "nan", "1e999", "٣", "1 2"]
)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert np.isnan(number_of(cell, "."))


FLOWERS = "size;colour;weight;kind\n" + "".join(
    f"{k},5;{'red' if k % 2 else 'blue'};{k * 2};{'ABC'[k % 3]}\n" for k in range(12)
)


def test_a_table_is_guessed_and_made_a_dataset() -> None:
    table = read(FLOWERS)
    use = guessed(table)
    assert use == Use(("size", "colour", "weight"), ("kind",), "classes")
    data = own_table(table, use)
    assert data.features == ("size", "colour = blue", "colour = red", "weight")
    assert data.classes == data.target_names == ("A", "B", "C")
    assert data.inputs[1].tolist() == [1.5, 0, 1, 2]
    assert data.targets[1].tolist() == [0, 1, 0]
    assert data.task == "Learn to tell kind (A, B, C) from size, colour, weight."


def test_two_classes_are_one_output_with_both_names() -> None:
    table = read("x,buys\n1,yes\n2,no\n3,yes\n")
    data = own_table(table, guessed(table))
    assert data.targets.tolist() == [[1], [0], [1]]
    assert data.classes == ("no", "yes")


def test_numbers_are_learned_from_numbers_and_of_several_columns_too() -> None:
    table = read("x,y,z\n1,2.5,3.5\n4,5.5,6.5\n7,8.5,9.5\n")
    assert guessed(table).task == "numbers"
    data = own_table(table, guessed(table, ["y", "z"]))
    assert (data.inputs.tolist(), data.targets.tolist()) == ([[1], [4], [7]], [[2.5, 3.5], [5.5, 6.5], [8.5, 9.5]])
    assert data.target_names == ("y", "z")


def test_the_column_whose_name_says_so_is_the_target() -> None:
    assert guessed(read("class,a,b\nu,1,2\nv,3,4\nu,5,6\n")).targets == ("class",)


def test_a_column_in_which_every_text_is_another_is_not_learned_from() -> None:
    assert guessed(read("id,x,y\nk1,1,2.5\nk2,2,3.5\nk3,3,5.5\n")).inputs == ("x",)


def test_rows_that_lack_a_value_are_refused_or_dropped() -> None:
    table = read("x,y\n1,2.5\n,3.5\n5,NA\n7,8.5\n")
    with pytest.raises(DataError) as refusal:
        own_table(table, guessed(table))
    assert refusal.value.message == "Row 3, column 'x': got '', expected a value. 2 of 4 rows lack one."
    assert "Drop" in refusal.value.hint
    assert own_table(table, Use(("x",), ("y",), "numbers", "drop")).inputs.tolist() == [[1], [7]]


def test_a_wrong_cell_is_named_with_row_column_and_what_stands_there() -> None:
    rows = "".join(f"{k},{k}.5\n" for k in range(9))
    table = read(f'x,y\n{rows}\n"twelve or so",3\n')
    with pytest.raises(DataError) as refusal:
        own_table(table, guessed(table))
    assert refusal.value.message == "Row 12, column 'x': got 'twelve or so', expected a number."


@pytest.mark.parametrize(
    ("use", "where", "words"),
    [
        (Use((), ("kind",), "classes"), "data.table.inputs", "No column"),
        (Use(("size",), (), "classes"), "data.table.targets", "No column"),
        (Use(("size", "size"), ("kind",), "classes"), "data.table.inputs", "used twice"),
        (Use(("kind",), ("kind",), "classes"), "data.table.inputs", "used twice"),
        (Use(("length",), ("kind",), "classes"), "data.table.inputs", "no column 'length'"),
        (Use(("size",), ("kind", "colour"), "classes"), "data.table.targets", "expected one"),
        (Use(("size",), ("kind",), "numbers"), "data.table", "Row 2, column 'kind': got 'A', expected a number"),
    ],
)
def test_columns_that_cannot_be_used_so_are_refused(use: Use, where: str, words: str) -> None:
    with pytest.raises(DataError) as refusal:
        own_table(read(FLOWERS), use)
    assert refusal.value.where == where
    assert words in refusal.value.message


def test_too_many_classes_or_one_are_refused() -> None:
    many = "x,y\n" + "".join(f"{k},t{k}\n" for k in range(60))
    same = "x,y\n1,a\n2,a\n3,a\n"
    for text, words in ((many, "60 different values"), (same, "the same class")):
        table = read(text)
        with pytest.raises(DataError, match=words):
            own_table(table, Use(("x",), ("y",), "classes"))


def test_what_is_told_of_the_layout_is_not_guessed() -> None:
    table = read("1;2\n3;4\n", Layout(header=True, delimiter=";"))
    assert [column.name for column in table.columns] == ["1", "2"]
    assert len(read("1;2\n3;4\n", Layout(delimiter=",")).columns) == 1
    assert read("a;b\n1,5;2\n", Layout(decimal=".")).columns[0].kind == "text"


def test_a_table_at_its_limits_is_read_and_one_beyond_is_refused() -> None:
    most = Most(rows=3, cells=6)
    assert read_table("a,b\n1,2\n3,4\n5,6\n", FOUND_OUT, most).rows == 3
    assert read_table("1\n2\n3\n", FOUND_OUT, most).rows == 3
    for text, words in (("1\n2\n3\n4\n", "more than 3 rows"), ('a,b,"c"\n1,2,3\n4,5,6\n7,8,9\n', "more than 6 cells")):
        with pytest.raises(DataError, match=words) as refusal:
            read_table(text, FOUND_OUT, most)
        assert "--max-" in refusal.value.hint


def test_columns_of_one_name_have_others() -> None:
    names = [column.name for column in read("a,a,a (2),b,a,b\n1,2,3,4,5,6\n").columns]
    assert names == ["a", "a (2)", "a (2) (2)", "b", "a (3)", "b (2)"]
