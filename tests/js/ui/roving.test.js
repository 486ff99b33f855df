// @ts-nocheck: tests hand over half-made data on purpose.
import { walk } from "/static/js/ui/roving.js";
import { equal, test } from "/tests/js/test.js";

const ORDER = [["a", "b"], ["ab1", "ab2", "ab3"], ["c"]];
const go = (id, key, shiftKey = false) => walk(ORDER, id, { key, shiftKey });

test("up and down walk through a column and on into the next", () => {
  equal([go("a", "ArrowDown"), go("b", "ArrowDown"), go("ab1", "ArrowUp"), go("a", "ArrowUp"), go("c", "ArrowDown")], ["b", "ab1", "b", "a", "c"]);
});

test("shift walks across, and plain left and right are left for stepping", () => {
  equal([go("b", "ArrowRight", true), go("c", "ArrowLeft", true), go("c", "ArrowRight", true)], ["ab3", "ab2", "c"]);
  equal([go("a", "ArrowRight"), go("a", "Enter")], [null, null]);
});
