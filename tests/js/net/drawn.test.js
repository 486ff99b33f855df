// @ts-nocheck: tests hand over half-made data on purpose.
import { drawnOn, MOST_ROWS, rubbedFrom, withoutNearest } from "/static/js/net/drawn.js";
import { equal, test } from "/tests/js/test.js";

const data = {
  inputs: [[0, 0, 7], [1, 1, 8]], targets: [[1, 0, 0], [0, 1, 0]], features: ["a", "b", "c"], target_names: ["p", "q", "r"],
  classes: ["p", "q", "r"], test_inputs: [[5, 5, 5]], test_targets: [[0, 0, 1]],
};
const span = { low: 0, high: 1 };
const sheet = { data, across: 1, up: 0, unit: 0, shown: 1, wide: span, tall: span };

test("a point becomes a row of its class, with the other inputs of the example shown", () => {
  const { inputs, targets, test_inputs, classes } = drawnOn(sheet, [{ x: 0.25, y: 0.5 }], { kind: "class", value: 2 });
  equal(inputs, [[0, 0, 7], [1, 1, 8], [0.5, 0.25, 8]]);
  equal(targets, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  equal([test_inputs, classes], [[[5, 5, 5]], ["p", "q", "r"]]);
});

test("one output has 0 or 1 as its class, or the number that was chosen", () => {
  const one = { ...sheet, data: { ...data, targets: [[1], [0]], classes: ["no", "yes"] } };
  equal(drawnOn(one, [{ x: 0, y: 0 }], { kind: "class", value: 1 }).targets.at(-1), [1]);
  equal(drawnOn(one, [{ x: 0, y: 0 }], { kind: "number", value: 0.3 }).targets.at(-1), [0.3]);
});

test("over one input a point's height is its target", () => {
  const line = { ...sheet, data: { ...data, inputs: [[0], [1]], targets: [[5, 6], [7, 8]], classes: null }, across: 0, up: null, unit: 1 };
  const drawn = drawnOn(line, [{ x: 0.5, y: 0.25 }], { kind: "number", value: 9 });
  equal([drawn.inputs.at(-1), drawn.targets.at(-1), drawn.classes], [[0.5], [7, 0.25], []]);
});

test("the eraser takes what it touches, and leaves one row at least", () => {
  equal(rubbedFrom(sheet, [{ x: 0.02, y: 0.02 }]).inputs, [[1, 1, 8]]);
  equal(rubbedFrom(sheet, [{ x: 0.5, y: 0.5 }]), null);
  equal(rubbedFrom(sheet, [{ x: 0, y: 0 }, { x: 1, y: 1 }]).inputs, [[0, 0, 7]]);
  equal(withoutNearest(sheet, { x: 0.6, y: 0.6 }).targets, [[1, 0, 0]]);
  equal(withoutNearest({ ...sheet, data: { ...data, inputs: [[0, 0, 7]] } }, { x: 1, y: 1 }), null);
});

test("no more rows are drawn than can be", () => {
  const points = Array.from({ length: MOST_ROWS + 5 }, () => ({ x: 0, y: 0 }));
  equal(drawnOn(sheet, points, { kind: "class", value: 0 }).inputs.length, MOST_ROWS);
});
