// @ts-nocheck: imports by address, which the type checker does not follow.
import { slept, waitOf } from "/static/js/line.js";
import { equal, ok, test } from "/tests/js/test.js";

test("a first try comes after 0.2 to 1.5 seconds, later ones after up to 5, and no two pages alike", () => {
  equal([waitOf(1, 0), waitOf(1, 1), waitOf(1, 0.5)], [0.2, 1.5, 0.85]);
  ok(waitOf(2, 1) > waitOf(1, 1) && waitOf(3, 1) > waitOf(2, 1), "the bound grows");
  equal([waitOf(9, 0), waitOf(9, 1)], [0.2, 5]);
});

test("a page slept where seconds have passed that it has not lived through", () => {
  equal([slept(0, 1000), slept(0, 3000), slept(0, 3001), slept(0, 3600e3)], [false, false, true, true]);
});
