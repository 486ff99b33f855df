// @ts-nocheck: imports by address, which the type checker does not follow.
import { slept, waitOf } from "/static/js/line.js";
import { equal, ok, test } from "/tests/js/test.js";

test("a first try comes after 0.2 to 1.5 seconds, later ones after up to 3, and no two pages alike", () => {
  equal([0, 0.5, 1].map((chance) => Number(waitOf(1, chance).toFixed(6))), [0.2, 0.85, 1.5]);
  ok(waitOf(2, 1) > waitOf(1, 1) && waitOf(3, 1) > waitOf(2, 1), "the bound grows");
  equal([0, 1].map((chance) => Number(waitOf(9, chance).toFixed(6))), [0.2, 3]);
});

test("a page slept where seconds have passed that it has not lived through", () => {
  equal([slept(0, 1000), slept(0, 3000), slept(0, 3001), slept(0, 3600e3)], [false, false, true, true]);
});
