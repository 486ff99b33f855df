// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { decimals, kinkName, parameterName, rise, verdict } from "/static/js/net/nudge.js";
import { equal, ok, test } from "/tests/js/test.js";

const SPEC = { layers: [{ units: 2 }, { units: 3 }, { units: 1 }] };
const DATA = { features: ["x₁", "x₂"], targets: ["XOR"] };
const NUDGE = {
  tensor: "W1", index: [0, 1], epsilon: 0.001, below: 0.5, above: 0.4998, quotient: -0.1, gradient: -0.1, resolution: 1e-11, error: 0, tolerance: 1e-6, agrees: true, kinks: [],
};

test("a rise says how far, how much and what slope", () => {
  equal(rise(NUDGE, 4), "Raising this weight by 0.002, from ε below to ε above, lowers the cost by 0.0002: the slope is −0.1.");
  equal(rise({ ...NUDGE, tensor: "b1", above: 0.5, quotient: 0 }, 3), "Raising this bias by 0.002, from ε below to ε above, leaves the cost as it is: the slope is 0.");
  ok(rise({ ...NUDGE, above: "Infinity" }, 3).includes("from 0.5 to ∞"), "infinity is not told");
});

test("a gradient that is not written is not told", () => {
  ok(!verdict({ ...NUDGE, gradient: -0.1234 }, false, 4).includes("0.1234"), "the gradient is told");
  ok(!verdict({ ...NUDGE, gradient: -0.1234, agrees: false, error: 1 }, false, 4).includes("0.1234"), "the gradient is told");
});

test("a gradient that agrees, one that does not, and one at a kink are told apart", () => {
  ok(verdict(NUDGE, true, 3).includes("the same, as far as rounding"), "equal");
  ok(verdict({ ...NUDGE, gradient: -0.1000000002, error: 2e-9 }, true, 3).includes("the same up to 2·10⁻⁹"), "nearly equal");
  ok(verdict({ ...NUDGE, error: 0.5, agrees: false }, true, 3).includes("apart"), "different");
  ok(verdict({ ...NUDGE, error: 0.5, agrees: false, kinks: [{ tensor: "z1", index: [0] }] }, true, 3).includes("kink"), "kinked");
});

test("two costs are written with the decimals that tell them apart", () => {
  equal([decimals(0.5, 0.4998, 3), decimals(0.5, 0.5, 3), decimals(1, 1 - 2e-11, 3), decimals(5, 1, 3)], [6, 3, 12, 3]);
});

test("kinks and parameters are named after their neurons", () => {
  equal(kinkName({ tensor: "z1", index: [1] }, SPEC, DATA), "the weighted sum of hidden neuron 2 changes its sign");
  equal(kinkName({ tensor: "a2", index: [0] }, SPEC, DATA), "output XOR passes its target");
  equal(parameterName({ tensor: "W1", index: [0, 1] }, SPEC, DATA), "weight from input x₂ to hidden neuron 1");
  equal(parameterName({ tensor: "b2", index: [0] }, SPEC, DATA), "bias of output XOR");
});
