// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { idOf, numbersAt, placeOf, quantitiesOf, sign } from "/static/js/net/places.js";
import { equal, test } from "/tests/js/test.js";

test("every number has a place, and a place lists that number", () => {
  const refs = [["a0", [1]], ["W1", [2, 0]], ["dW2", [0, 1]], ["Wa1", [2, 0]], ["Wdz2", [1, 0]], ["b1.new", [2]], ["z2", [0]], ["y", [0]], ["C", []], ["penalty_l2", []], ["penalty_l1", []], ["max2", []], ["eta", []], ["norm", []], ["scale", []], ["t", []], ["clippedW1", [0, 1]], ["clippedb2", [0]]];
  for (const [tensor, index] of refs) {
    const there = numbersAt(placeOf({ tensor, index }), 2, quantitiesOf({ clip: 1, optimizer: {} }, []));
    equal(there.filter((ref) => ref.tensor === tensor).map((ref) => ref.index), [index], tensor);
  }
});

test("the terms of a sum on the way back lie on the link of their weight", () => {
  equal(idOf(placeOf({ tensor: "Wdz2", index: [1, 0] })), idOf(placeOf({ tensor: "W2", index: [0, 1] })));
});

test("a penalty lies with the cost and is called by its name", () => {
  equal(placeOf({ tensor: "penalty_l2", index: [] }), { kind: "cost" });
  equal(["penalty_l2", "penalty_l1"].map((tensor) => sign(tensor, {})), ["L2 penalty", "L1 penalty"]);
});

test("what has no word of its own is called as the notation writes it, new ones apart", () => {
  const signs = { a: "z", W: "w", "W.new": "w′", "velocityW.new": "v′", own: "E" };
  equal(["a2", "W1", "W1.new", "velocityW1.new", "own"].map((tensor) => sign(tensor, signs)), ["z", "w", "w′", "v′", "this example"]);
});
