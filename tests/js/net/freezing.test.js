// @ts-nocheck: tests hand over half-made data on purpose.
import { freezeLayer, frozenBy, frozenOf, insertedAt, removedAt, stillFrozen } from "/static/js/net/freezing.js";
import { equal, test } from "/tests/js/test.js";

test("a weight is frozen by its own name, its tensor's or its layer's", () => {
  const by = (...frozen) => frozenBy({ frozen }, { tensor: "W2", index: [0, 1] });
  equal([by(), by("W1", "b2", "W2[1,0]"), by("W2[0,1]"), by("W2"), by("layer 2")], [null, null, "W2[0,1]", "W2", "layer 2"]);
});

test("of a layer its weights, its biases, both or nothing can be frozen, and single elements stay as they were", () => {
  for (const whole of ["", "W", "b", "layer"]) {
    const frozen = freezeLayer(["layer 1", "W2", "b2", "W2[0,1]"], 2, whole);
    equal(frozenOf({ frozen }, 2), whole);
    equal([frozen.includes("layer 1"), frozen.includes("W2[0,1]")], [true, true]);
  }
  equal(frozenOf({ frozen: ["W1", "b1"] }, 1), "layer");
});

test("in other layers what is still there stays frozen, by the number that its layer has now", () => {
  const sizes = (...units) => units.map((one) => ({ units: one }));
  const frozen = ["layer 1", "b2", "W1[2,0]", "W2[0,2]", "b3[0]"];
  equal(stillFrozen(frozen, sizes(2, 3, 2, 1)), frozen);
  equal(stillFrozen(frozen, sizes(2, 2, 2, 1)), ["layer 1", "b2", "b3[0]"]);
  equal(stillFrozen(frozen, sizes(2, 3, 3, 2, 1), insertedAt(2)), ["layer 1", "b3", "W1[2,0]", "W3[0,2]", "b4[0]"]);
  equal(stillFrozen(frozen, sizes(2, 2, 1), removedAt(1)), ["b1", "b2[0]"]);
});
