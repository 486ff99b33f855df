// @ts-nocheck: tests hand over half-made data on purpose.
import { contributionsOf } from "/static/js/net/contributions.js";
import { equal, test } from "/tests/js/test.js";

// Three rows, of which two are the batch; two inputs, two neurons.
const tape = {
  batch: 2, examples: [7, 4, 9],
  tensors: {
    a0: { shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 100, 100) },
    dz1: { shape: [3, 2], data: Float64Array.of(0.5, -1, 0.25, 2, 100, 100) },
  },
};

test("each example adds its own delta times the activation, divided by their number", () => {
  const { contributions, mean, low, high } = contributionsOf(tape, { tensor: "W1", index: [1, 0] });
  equal(contributions, [{ row: 7, value: -1, from: 0, to: -0.5 }, { row: 4, value: 6, from: -0.5, to: 2.5 }]);
  equal([mean, low, high], [2.5, -0.5, 2.5]);
});

test("a bias sees nothing but 1", () => {
  const { contributions, mean } = contributionsOf(tape, { tensor: "b1", index: [0] });
  equal(contributions.map(({ value }) => value), [0.5, 0.25]);
  equal(mean, 0.375);
});

test("a weight sees what dropout kept", () => {
  const kept = { shape: [3, 2], data: Float64Array.of(0, 4, 6, 8, 0, 0) };
  const { mean } = contributionsOf({ ...tape, tensors: { ...tape.tensors, kept0: kept } }, { tensor: "W1", index: [0, 0] });
  equal(mean, 0.75);
});

test("a tape without these numbers has none", () => {
  equal(contributionsOf(tape, { tensor: "W2", index: [0, 0] }), null);
});
