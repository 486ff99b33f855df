// @ts-nocheck: tests hand over half-made data on purpose.
import { editable, MOST_ROWS } from "/static/js/net/rows.js";
import { addColumn, addRow, block, dataOf, NAMES, pasted, put, removable, removeColumn, removeRow, sheetOf, wrongIn } from "/static/js/net/sheet.js";
import { equal, test } from "/tests/js/test.js";

const ROWS = {
  inputs: [[0, 1], [1, 0.5]], targets: [[1], [0]], features: ["p", "q"], target_names: ["r"], classes: ["no", "yes"],
  test_inputs: [[2, 2]], test_targets: [[1]], means: [], deviations: [], image: null,
};
const SHEET = sheetOf(ROWS);

test("a sheet that nobody changed asks for the same data, tests and classes included", () => {
  equal(SHEET, { names: ["p", "q", "r"], inputs: 2, rows: [["0", "1", "1"], ["1", "0.5", "0"]] });
  const { inputs, targets, features, target_names, classes, test_inputs, test_targets } = ROWS;
  equal(dataOf(SHEET, ROWS), { inputs, targets, features, target_names, classes, test_inputs, test_targets });
});

test("numbers are read as people write them, and what is none is found", () => {
  equal(dataOf(put(SHEET, 0, 0, "1/4"), ROWS).inputs[0], [0.25, 1]);
  equal(dataOf(put(SHEET, 0, 0, "0,5"), ROWS).inputs[0], [0.5, 1]);
  equal(wrongIn(put(SHEET, 1, 2, "yes")), [[1, 2]]);
  equal(put(SHEET, NAMES, 1, "width").names, ["p", "width", "r"]);
});

test("a pasted block is laid from its cell on, adds rows, leaves out what is wider, and may bring names", () => {
  equal(block("7"), null);
  equal(block("7\t8\r\n9\t10\r\n"), [["7", "8"], ["9", "10"]]);
  equal(pasted(SHEET, 1, 1, block("7\t8\t9\n10\t11\t12")).rows, [["0", "1", "1"], ["1", "7", "8"], ["1", "10", "11"]]);
  const named = pasted(SHEET, NAMES, 0, block("a\tb\n5\t6"));
  equal([named.names, named.rows[0]], [["a", "b", "r"], ["5", "6", "1"]]);
});

test("rows end at the most, columns come and go, an input and a target stay", () => {
  const full = { ...SHEET, rows: Array(MOST_ROWS).fill(["0", "0", "0"]) };
  equal(addRow(full).rows.length, MOST_ROWS);
  equal(pasted(full, MOST_ROWS - 1, 0, [["1", "1"], ["2", "2"]]).rows.at(-1), ["1", "1", "0"]);
  equal(removeRow(SHEET, 0).rows, [["1", "0.5", "0"]]);
  const wider = addColumn(addColumn(SHEET, "input"), "target");
  equal([wider.names, wider.inputs, wider.rows[1]], [["p", "q", "x3", "r", "y2"], 3, ["1", "0.5", "0", "0", "0"]]);
  equal(removeColumn(wider, 0).names, ["q", "x3", "r", "y2"]);
  equal([removable(SHEET, 0), removable(SHEET, 2), removable(wider, 3)], [true, false, true]);
  equal(dataOf(wider, ROWS).test_inputs, []);
});

test("large data and pictures are not edited by hand", () => {
  equal([ROWS, { ...ROWS, image: [8, 8] }, { ...ROWS, inputs: Array(MOST_ROWS + 1).fill([0, 0]) }].map(editable), [true, false, false]);
});
