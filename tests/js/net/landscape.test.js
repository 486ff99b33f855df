// @ts-nocheck: tests hand over half-made data on purpose.
import { exists, heightsOf, levelsOf, nearestWithin, parametersOf, steepest } from "/static/js/net/landscape.js";
import { equal, ok, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 2 }, { units: 1 }] };

test("costs that differ by factors are compared by their logarithm, others as they are", () => {
  const far = heightsOf([1, 10, 1000, NaN, Infinity]);
  equal([far.low, far.high, ...far.heights.slice(0, 3)], [0, 3, 0, 1, 3]);
  ok(Number.isNaN(far.heights[3]) && Number.isNaN(far.heights[4]), "what is not finite has no height");
  ok(Math.abs(far.cost(far.of(42)) - 42) < 1e-9, "there and back");
  const near = heightsOf([2, 3]);
  equal([near.low, near.high, near.cost(2.5)], [2, 3, 2.5]);
  equal([heightsOf([0, 5]).low, heightsOf([0, 5]).high], [0, 5]);
});

test("levels of costs that differ by factors are factors apart", () => {
  const scale = heightsOf([1, 10000]);
  equal(levelsOf(scale, 3).map((level) => Math.round(scale.cost(level))), [10, 100, 1000]);
  equal(levelsOf(heightsOf([1, 1]), 3), []);
});

test("every weight and bias can be an axis, and nothing else", () => {
  const all = parametersOf(spec).map(({ tensor, index }) => `${tensor}:${index}`);
  equal(all, ["W1:0,0", "W1:0,1", "b1:0", "W1:1,0", "W1:1,1", "b1:1", "W2:0,0", "W2:0,1", "b2:0"]);
  ok(parametersOf(spec).every((ref) => exists(spec, ref)), "those that there are");
  for (const [tensor, index] of [["W1", [2, 0]], ["W1", [0, 2]], ["b3", [0]], ["a1", [0]], ["W0", [0, 0]]]) ok(!exists(spec, { tensor, index }), tensor);
});

test("the steepest two have the largest gradients, once all are known", () => {
  const refs = parametersOf(spec);
  const sizes = [1, -7, 2, 3, 0, 5, 1, 1, 1];
  const reading = (tensor, ...index) => sizes[refs.findIndex((ref) => `d${ref.tensor}` === tensor && `${ref.index}` === `${index}`)];
  equal(steepest(reading, refs).map(({ tensor, index }) => `${tensor}:${index}`), ["W1:0,1", "b1:1"]);
  equal(steepest((tensor, ...index) => (tensor === "db2" ? null : reading(tensor, ...index)), refs), null);
});

test("a click far from the path goes nowhere", () => {
  const path = [{ x: 0, y: 0 }, { x: 10, y: 0 }];
  equal(nearestWithin(path, { x: 8, y: 1 }, 5), 1);
  equal(nearestWithin(path, { x: 8, y: 9 }, 5), -1);
});
