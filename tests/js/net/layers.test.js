// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { layerNumbers } from "/static/js/net/layers.js";
import { equal, ok, test } from "/tests/js/test.js";

const SPEC = { layers: [{ units: 2 }, { units: 2, activation: "tanh" }, { units: 1, activation: "sigmoid" }] };
const tensor = (shape, ...data) => ({ shape, data: Float64Array.from(data) });
/** Two examples of a batch, and one beside it. */
const TAPE = {
  iteration: 0, examples: [3, 1, 7], batch: 2,
  tensors: {
    a0: tensor([3, 2], 3, 4, 0, 0, 100, 100),
    a1: tensor([3, 2], 0.5, -0.25, 0.75, -1, 9, 9), dz1: tensor([3, 2], 1, 2, 3, 4, 9, 9),
    dW1: tensor([2, 2], 3, 0, 0, 4), db1: tensor([2], 0, 12),
    W1: tensor([2, 2], 0, 3, 4, 0), b1: tensor([2], 0, 0),
    "W1.new": tensor([2, 2], 0, 3.03, 4.04, 0), "b1.new": tensor([2], 0, 0),
    a2: tensor([3, 1], NaN, 0.5, 9), dz2: tensor([3, 1], 1, 1, 9), dW2: tensor([1, 2], 1, 1), db2: tensor([1], 1),
    W2: tensor([1, 2], 1, 1), b2: tensor([1], 1), "W2.new": tensor([1, 2], 1, 1), "b2.new": tensor([1], 1),
  },
};
const NOTHING = { a1: 0, dz1: 0, dW1: 0, db1: 0, "W1.new": 0, "b1.new": 0, a2: 0, dz2: 0, dW2: 0, db2: 0 };
const ALL = { a1: 2, dz1: 2, dW1: 4, db1: 2, "W1.new": 4, "b1.new": 2, a2: 1, dz2: 1, dW2: 2, db2: 1 };

test("norms are of the batch alone: the example beside it does not count", () => {
  const [inputs, hidden] = layerNumbers(TAPE, ALL, SPEC);
  equal([inputs.activations.norm, inputs.activations.rms, inputs.activations.count], [5, 2.5, 4]);
  equal([hidden.gradients.norm, hidden.gradients.count], [13, 6]);
  equal([hidden.parameters.norm, hidden.deltas.norm], [5, Math.sqrt(30)]);
});

test("what is not written is neither counted nor seen; inputs and parameters are there from the start", () => {
  const [inputs, hidden] = layerNumbers(TAPE, NOTHING, SPEC);
  equal([inputs.activations.count, hidden.activations.count, hidden.activations.of, hidden.parameters.count], [4, 0, 4, 6]);
  equal([hidden.activations.edges, hidden.activations.bars, hidden.ratio], [[], [], null]);
  const [, half] = layerNumbers(TAPE, { ...NOTHING, a1: 1 }, SPEC);
  equal([half.activations.count, half.activations.low, half.activations.high], [2, 0.5, 0.75]);
});

test("the ratio of update to parameters waits for the update to be done", () => {
  ok(Math.abs(layerNumbers(TAPE, ALL, SPEC)[1].ratio - 0.01) < 1e-12, "0.05 over 5 is not 0.01");
  equal(layerNumbers(TAPE, { ...ALL, "b1.new": 1 }, SPEC)[1].ratio, null);
});

test("what is frozen does not move", () => {
  equal(layerNumbers(TAPE, ALL, SPEC)[2].ratio, 0);
});

test("what is all the same stands at its distance from 0", () => {
  const { edges, bars } = layerNumbers(TAPE, ALL, SPEC)[2].deltas;
  equal([edges[0], edges.at(-1), bars.at(-1), bars.length], [0, 1, 2, 10]);
});

test("every finite number lies in one bar, on its side of 0; the others are counted apart", () => {
  const [, hidden, output] = layerNumbers(TAPE, ALL, SPEC);
  const { edges, bars } = hidden.activations;
  equal(bars.reduce((sum, count) => sum + count), 4);
  equal(bars.slice(0, edges.indexOf(0)).reduce((sum, count) => sum + count), 2);
  equal([output.activations.strange, output.activations.count, output.activations.norm], [1, 2, 0.5]);
});
