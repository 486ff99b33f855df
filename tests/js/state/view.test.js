// @ts-nocheck: imports by address, which the type checker does not follow.
import { readHash, selection } from "/static/js/state/view.js";
import { equal, test } from "/tests/js/test.js";

test("an address names any number", () => {
  for (const [written, tensor, index] of [["W1:0,1", "W1", [0, 1]], ["b2.new:0", "b2.new", [0]], ["penalty_l2:", "penalty_l2", []]]) {
    readHash(`#number=${written}`);
    equal(selection.value, { tensor, index }, written);
  }
  readHash("#number=<b>:0");
  equal(selection.value, null);
});
