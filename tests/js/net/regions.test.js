// @ts-nocheck: tests hand over half-made data on purpose.
import { ramp } from "/static/js/net/colour.js";
import { insideOf, regionsOf, squaresOf } from "/static/js/net/regions.js";
import { equal, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 2, activation: "relu" }, { units: 1, activation: "sigmoid" }] };
const shades = { shape: [3, 2, 2], data: new Uint8Array(12) };

test("each neuron behind the inputs has a square of the image, and each shade its colour", () => {
  const regions = regionsOf(shades, squaresOf(spec), "light");
  equal([...regions.places], [["n1.0", 0], ["n1.1", 1], ["n2.0", 2]]);
  const colour = (shade) => [...new Uint8Array(regions.palette.slice(shade, shade + 1).buffer)];
  for (const [shade, t] of [[0, -1], [127, 0], [254, 1]]) equal(colour(shade), [...ramp(t, "activation", "light").map(Math.round), 255]);
  equal(colour(255), [0, 0, 0, 0]);
});

test("the shades of another network make no regions", () => {
  equal(regionsOf({ ...shades, shape: [2, 2, 2] }, squaresOf(spec), "light"), null);
});

test("what lies in a wide neuron is a square without its corners", () => {
  const inside = [...insideOf(8, { w: 27, r: 14 }, 2)];
  const rows = Array.from({ length: 8 }, (_, row) => inside.slice(8 * row, 8 * row + 8).join(""));
  equal(rows, rows.toReversed());
  equal(rows[0], "00000000");
  equal(rows[1], "01111110");
  equal(rows[3], "11111111");
});
