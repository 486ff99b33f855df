// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { stopName } from "/static/js/net/stops.js";
import { equal, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 3 }, { units: 1 }] };
const data = { features: ["x₁", "x₂"], targets: ["XOR"] };
const signs = { dz: "δ", dW: "∂C/∂w", db: "∂C/∂b" };

test("a stop is called by whose number it waits for, and what has to hold", () => {
  const name = (stop) => stopName({ phase: "", epoch: null, ...stop }, spec, data, signs);
  equal(name({ tensor: "dz2", index: [0], relation: "<", value: 0 }), "output XOR: δ < 0");
  equal(name({ tensor: "dW1", index: [2, 1], relation: "=", value: -0.5 }), "weight from input x₂ to hidden neuron 3: ∂C/∂w = −0.5");
  equal(name({ tensor: "db1", index: [0], relation: ">", value: 1 }), "bias of hidden neuron 1: ∂C/∂b > 1");
  equal(name({ tensor: "C", relation: "<", value: 0.1 }), "Cost: batch < 0.1");
  equal(name({ phase: "update" }), "the update begins");
  equal(name({ epoch: 4 }), "epoch 5 begins");
});
