// @ts-nocheck: tests hand over half-made data on purpose.
import { contrast, fillOf, inkOn, magnitude, strokeOf } from "/static/js/net/colour.js";
import { equal, ok, test } from "/tests/js/test.js";

const QUANTITIES = ["activation", "weight", "gradient"];
const VALUES = [-100, -1, -0.3, -0.01, -1e-6, 0, 1e-6, 0.01, 0.3, 1, 100];

test("text on every fill of either theme has AA contrast", () => {
  for (const theme of ["light", "dark"]) for (const quantity of QUANTITIES) for (const value of VALUES) {
    const fill = fillOf(value, quantity, theme);
    const got = contrast(fill, inkOn(fill, theme));
    ok(got >= 4.5, `${value} as ${quantity} in ${theme}: ${got.toFixed(2)}`);
  }
});

test("size is logarithmic on a fixed scale, clamped at both ends", () => {
  equal([magnitude(0, "weight"), magnitude(1e-9, "weight"), magnitude(1e9, "weight"), magnitude(-Infinity, "weight")], [0, 0, 1, 1]);
  ok(Math.abs(magnitude(0.1, "weight") + magnitude(0.1, "weight") - magnitude(1, "weight")) < 1e-12, "a tenth is not half way to one");
});

test("opposite signs never share a colour, nor do different quantities", () => {
  for (const theme of ["light", "dark"]) {
    const colours = QUANTITIES.flatMap((quantity) => [strokeOf(-1, quantity, theme), strokeOf(1, quantity, theme)]);
    equal(new Set(colours).size, colours.length);
  }
});
